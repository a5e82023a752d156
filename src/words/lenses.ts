import { t } from './t';

/** Lenses over entry points. Icons are put before the titles by the editor. */
export const entryLensText = {
  choose: () => t('Choose the component of this source…'),
  chooseHint: () => t('Choose the .wasm file that this source makes. It is remembered.'),
  others: (name: string, count: number) => t('{0} and {1} more', name, count),
  othersHint: () => t('Choose another component that this source makes.'),
  lowerRun: (entry: string) => t('Run calls {0}, the higher version', entry),
  lowerRunHint: () =>
    t('A host takes the highest version of run that it knows. "Call Export…" can call this one.'),
  untrusted: (name: string, headline: string) => t('{0}: {1}', name, headline),
  untrustedHint: () => t('Nothing is run until you trust this workspace.'),
  runFresh: () => t('Run in Fresh Instance'),
  runFreshHint: (name: string) => t('Run {0} in a fresh instance', name),
  why: () => t('Why?'),
  whyHint: (name: string) => t('What is known about repeated calls of {0}', name),
  running: (number: number) => t('Running on #{0}', number),
  runningHint: () => t('Show its terminal'),
  stop: () => t('Stop'),
  stopHint: (name: string, number: number) => t('Stop instance #{0} of {1}', number, name),
  spent: (number: number) => t('instance #{0} has run; calling run again would trap', number),
  spentHint: (why: string) => t('{0}. Click to run in a fresh instance.', why),
  run: () => t('Run'),
  runOnHint: (name: string, number: number) => t('Run {0} on instance #{1}', name, number),
  debug: () => t('Debug'),
  debugHint: (name: string) => t('Debug {0} in a fresh instance', name),
};

/** Lenses over the exports in a component's interface. */
export const exportLensText = {
  call: (name: string) => t('Call {0}…', name),
  callFresh: (name: string) => t('Call {0} in Fresh Instance…', name),
  more: (count: number) => t('{0} more…', count),
  moreHint: (name: string) => t('Choose a function of {0} to call', name),
};

/** The hover over an entry point. */
export const hoverText = {
  basis: (basis: string) => t('Basis: {0}', basis),
  why: () => t('Why?'),
  runFresh: () => t('Run in Fresh Instance'),
  upstream: () => 'wasmtime #10219',
};
