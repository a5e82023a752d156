import { t } from './t';

/** What went wrong, and what to do about it: two sentences. */
export type UserErrorText = readonly [message: string, nextStep: string];

const selectInView = (): string => t('Select one in the Instances view.');

/** Errors of commands. */
export const commandErrors = {
  unknownTrapPlace: (): UserErrorText => [
    t('It is not known where this call trapped.'),
    t('Build the component with debug information (-g).'),
  ],
  sourceNotFound: (file: string): UserErrorText => [
    t('{0} is not in this workspace.', file),
    t('Open the folder that contains it.'),
  ],
  noCall: (): UserErrorText => [t('No call is selected.'), selectInView()],
  noInstanceSelected: (): UserErrorText => [t('No instance is selected.'), selectInView()],
  noInterface: (name: string, why: string, advice: string): UserErrorText => [
    t('{0} has no interface to show: {1}.', name, why),
    advice,
  ],
  noComponentOf: (name: string, why: string, advice: string): UserErrorText => [
    t('No component can be made of {0}: {1}.', name, why),
    advice,
  ],
  isComponent: (name: string): UserErrorText => [
    t('{0} is a component already.', name),
    t('Only core modules are saved as components.'),
  ],
  noVerdict: (name: string, why: string, advice: string): UserErrorText => [
    t('There is no verdict on {0}: {1}.', name, why),
    advice,
  ],
  noCallEditor: (): UserErrorText => [
    t('No editor with a call is open.'),
    t('Choose "Write Call in Editor" first.'),
  ],
  nothingRuns: (): UserErrorText => [t('Nothing is running.'), t('Run a component first.')],
  noInstance: (): UserErrorText => [t('There is no instance.'), t('Run a component first.')],
  noTerminal: (): UserErrorText => [t('No instance has a terminal.'), t('Run a component first.')],
  terminalClosed: (number: number): UserErrorText => [
    t('The terminal of instance #{0} was closed.', number),
    t('Run again to open a new one.'),
  ],
  nothingLeftOut: (): UserErrorText => [
    t('No output of any instance was left out.'),
    t('The terminals show everything.'),
  ],
  noHandle: (): UserErrorText => [
    t('There is no handle to drop: no live instance has a resource that a call returned.'),
    t('Run a component first.'),
  ],
  noRun: (name: string): UserErrorText => [
    t('{0} has nothing to run: it does not export wasi:cli/run.', name),
    t('It is a library. "Show Component Interface" lists what it exports.'),
  ],
  noRunToProbe: (name: string): UserErrorText => [
    t('{0} has no run to probe: it does not export wasi:cli/run.', name),
    t('It is a library. "Show Component Interface" lists what it exports.'),
  ],
  stillReading: (name: string): UserErrorText => [
    t('{0} is still being read.', name),
    t('Try again in a moment.'),
  ],
  instanceGone: (number: number): UserErrorText => [
    t('Instance #{0} is gone.', number),
    t('Run in a fresh instance.'),
  ],
};

/** Reports an error that nothing can be done about. */
export function unexpectedErrorText(message: string): string {
  return t('Fresh Instance failed: {0}', message);
}

/** Says what cannot be done with a file that is no component, and why, as a sentence. */
export type RefusalText = (name: string, why: string) => string;

/** What is refused of files that are no components. */
export const readRefusals = {
  run: (name: string, why: string) => t('{0} cannot be run: {1}.', name, why),
  call: (name: string, why: string) => t('{0} cannot be called: {1}.', name, why),
  debug: (name: string, why: string) => t('{0} cannot be debugged: {1}.', name, why),
  probe: (name: string, why: string) => t('{0} cannot be probed: {1}.', name, why),
  readExports: (name: string, why: string) => t('{0} has no exports to call: {1}.', name, why),
};
