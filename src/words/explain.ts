import type { LiftChain } from '../component/lift-chain';
import type { Basis, Repeat } from '../reuse/verdict';
import { t } from './t';

/** The verdict as the page's first sentence. */
export function pageVerdictText(repeat: Repeat, reason: string): string {
  switch (repeat) {
    case 'traps':
      return t('A second run on the same instance traps: {0}.', reason);
    case 'likely-traps':
      return t('A second run on the same instance probably traps: {0}.', reason);
    case 'reruns':
      return t('It can be run again on the same instance: {0}.', reason);
    case 'unknown':
      return t('It is not known what a second run on the same instance does: {0}.', reason);
    case 'no-run':
      return t('It has no run to repeat: {0}.', reason);
  }
}

/** What the verdict rests on. */
export function basisText(basis: Basis): string {
  switch (basis) {
    case 'observed':
      return t('This rests on calls observed on your instances.');
    case 'probe':
      return t('This rests on a probe: an isolated trial.');
    case 'static':
      return t('This rests on the binary alone; nothing was executed.');
    case 'none':
      return t('This rests on nothing yet.');
  }
}

/** Headings of the page, the titles of its buttons, and its links. */
export const pageText = {
  title: (name: string) => t('Why? {0}', name),
  whatToDo: () => t('What to do'),
  forAuthors: () => t('If you make this component'),
  fromExport: () => t('From the export to the code'),
  code: () => t('The code'),
  probe: () => t('The probe'),
  evidence: () => t('Evidence'),
  about: () => t('About the component'),
  readMore: () => t('Read more'),
  observed: () => t('Observed on your instances'),
  probed: () => t('Seen in a probe'),
  static: () => t('Read from the binary'),
  noEvidence: () => t('There is none yet.'),
  untrusted: () => t('Nothing is run until you trust this workspace.'),
  linkWasmtime: () => t('wasmtime #10219: calling run twice traps'),
  linkLibc: () => t('wasi-libc #329: the once-only guard in _start'),
  linkModel: () => t('component-model #307: whether an export may be called again'),
  callExport: () => t('Call Export…'),
  runFresh: () => t('Run in Fresh Instance'),
  probeFirst: () => t('Probe Reuse'),
  probeAgain: () => t('Probe Again'),
};

/** What the page says about the component. Backquotes mark code. */
export const aboutText = {
  entry: (entry: string) => t('Run calls `{0}`.', entry),
  otherRun: (run: string) => t('It also exports `{0}`. Run calls the highest version.', run),
  producers: (names: readonly string[]) => t('Made by {0}.', names.join(', ')),
};

/** What the page advises. Backquotes mark code. */
export const adviceText = {
  missing: (names: readonly string[]) =>
    t(
      'It cannot be started yet: it imports {0}, which WASI does not provide.',
      names.map((name) => `\`${name}\``).join(', '),
    ),
  nameModule: () => t('Name a JavaScript module that provides it in the setting `freshInstance.imports`.'),
  library: () => t('It is a library. You can call its exports.'),
  fresh: () => t('Run it in a fresh instance each time. That costs a few milliseconds.'),
  unknown: () => t('No guard was found, but a second run may still trap. A probe tries it in isolation.'),
  sharedMemory: () =>
    t('Calls on one instance share its memory: each call finds what the calls before it left behind.'),
  freshMemory: () =>
    t('A fresh instance starts empty. Use one if a run must not depend on the runs before it.'),
};

/** How an author makes a component that can be called again. Backquotes mark code. */
export const authorText = {
  once: () =>
    t(
      'A command’s `main` is made to run once. A second `main`, or calling `_start` yourself, does not change that.',
    ),
  ownExport: () =>
    t(
      'Give it its own export beside `run`, or make it a library: a world that exports an interface, and no `main`.',
    ),
  inC: () => t('In C, built with `-mexec-model=reactor` and the reactor adapter (`samples/src/greeter.c`):'),
  inJavaScript: () => t('In JavaScript, built with `jco componentize` (`samples/src/tally.js`):'),
  guide: () => t('Components that can be called again: the worlds, the commands, how to verify it'),
};

/** The way from the export to the code that decides. Backquotes mark code. */
export const codeText = {
  calledExport: (name: string) => t('Run calls the export `{0}`.', name),
  lifted: (lift: LiftChain['lift'], coreExport: string | null) => {
    const how = liftTexts[lift];
    return coreExport === null
      ? t('{0} makes it.', how())
      : t('{0} makes it from the core export `{1}`.', how(), coreExport);
  },
  adapter: (step: string) => t('Adapter, which passes the call on: {0}', step),
  step: (name: string, offset: string) => t('{0} at {1}', name, offset),
  calls: (name: string) => t('calls {0}', name),
  function: (index: number, module: number) => t('function {0} of core module {1}', index, module),
  namedFunction: (name: string, index: number, module: number) =>
    t('`{0}`, function {1} of core module {2}', name, index, module),
  offsets: (name: string) => t('{0}; offsets count from the module’s first byte.', name),
  textLabel: () => t('WebAssembly text of the function'),
  before: (count: number) =>
    count === 1 ? t('1 instruction before') : t('{0} instructions before', count.toLocaleString('en-US')),
  after: (count: number) =>
    count === 1 ? t('1 instruction after') : t('{0} instructions after', count.toLocaleString('en-US')),
  trapAt: (place: string) => t('The trap is at {0}.', place),
  markSetAt: (place: string) => t('The mark is set at {0}.', place),
  trapsHere: () => t('a call that finds the mark traps here'),
  marksHere: () => t('the first call sets the mark here'),
  firstTrapsHere: () => t('the first call traps here'),
  releasedHere: () => t('the mark is removed here'),
};

const liftTexts: Readonly<Record<LiftChain['lift'], () => string>> = {
  sync: () => '`canon lift`',
  'async-callback': () => t('{0} with a callback', '`canon lift async`'),
  'async-stackful': () => '`canon lift async`',
};

/** What a probe saw, in the page's table and list. */
export const probeTableText = {
  caption: (granted: boolean) =>
    granted
      ? t('Calls on one instance, isolated, with the grants of its runs')
      : t('Calls on one instance, isolated, with nothing granted'),
  heads: () => [t('Call'), t('Outcome'), t('Host calls'), t('Output'), t('Memory after'), t('Time')],
  nothing: () => t('nothing'),
  sameOutput: (size: string) => t('{0}, same as call 1', size),
  otherOutput: (size: string) => t('{0}, unlike call 1', size),
  memoryUnknown: () => t('not known'),
  noState: () => t('No state was seen: every call printed the same.'),
  state: () => t('State was kept: later calls printed something different from the first.'),
  stateUnknown: () =>
    t('The output does not show whether state was kept: it differs on fresh instances too.'),
  memoryGrew: (size: string) => t('Memory grew by {0} with every call.', size),
  memorySame: () => t('Memory did not grow from call to call.'),
};
