import { t } from './t';

/** What is wrong with the arguments of the command line, one sentence each. */
export const usageText = {
  noCommand: (name: string) => t('There is no command "{0}".', name),
  noOption: (option: string) => t('There is no option {0}.', option),
  noOptionOfRun: (option: string) =>
    t('There is no option {0}. Arguments for the guest come after "--", behind the component.', option),
  noValue: (option: string) => t('{0} takes no value.', option),
  needsValue: (option: string) => t('{0} needs a value.', option),
  optionAsValue: (option: string, value: string) =>
    t('{0} needs a value, and {1} is an option. To give it as the value: {0}={1}', option, value),
  noCount: (option: string, text: string) => t('{0} takes a number of times, not "{1}".', option, text),
  wouldOverwrite: (file: string) => t('--json would overwrite the component {0}. Choose another file.', file),
  cannotWrite: (path: string, words: string) => t('--json cannot write to {0}: {1}.', path, words),
  runNeedsFile: () => t('run needs the component to run.'),
  runNeedsFileBefore: () => t('run needs the component to run, before "--".'),
  runTakesOne: (more: string) =>
    t('run takes one component; arguments for the guest come after "--": -- {0}', more),
  callNeedsFile: () => t('call needs the component to call.'),
  callsFromBoth: () => t('Give the calls as arguments or with --calls, not both.'),
  comparisonHasNoRecord: () => t('--json cannot be combined with --compare, which has no record.'),
  comparisonNeedsTwo: () => t('--compare needs --repeat 2 or more.'),
  sameNeedsInstance: () =>
    t('--same needs an engine that keeps an instance after a run: --engine jco. wasmtime keeps none.'),
  callsNeedInstance: () =>
    t(
      'wasmtime keeps no instance after a call. Give one call, or use --engine jco to make several on one instance.',
    ),
  comparisonNeedsInstance: () =>
    t('--compare needs an engine that keeps an instance after a call: --engine jco. wasmtime keeps none.'),
  bothTakesOne: () =>
    t(
      '--engine both compares the engines on one run or one call, which is an argument. Leave out --repeat, --same, --compare and --calls.',
    ),
  consoleNeedsInstance: () =>
    t(
      'A console needs an engine that keeps an instance after a call: --engine jco. With wasmtime, give the call as an argument.',
    ),
  callsUnreadable: (words: string) => t('The calls cannot be read: {0}.', words),
  checkNeedsFiles: () => t('check needs the files to check.'),
  grantsWithoutProbe: () =>
    t('Grants, limits and arguments are for --probe: without it nothing is executed.'),
  serveNeedsFile: () => t('serve needs the component to serve.'),
  serveTakesOne: (more: string) => t('serve takes one component, not {0} as well.', more),
  noAddress: (text: string) =>
    t('--addr takes an address and a port, such as 127.0.0.1:8080 or [::1]:0, not "{0}".', text),
  oneAtATime: () =>
    t(
      '--max-instance-concurrent-reuse-count is for components of WASI 0.3. Those of 0.2 answer one request at a time on an instance.',
    ),
  inspectTakesOne: () => t('inspect takes one component.'),
};
