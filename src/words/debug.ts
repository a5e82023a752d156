import type { EngineName } from '../instance/profile';
import { t } from './t';

/** What a debug session says in the debug console, and why it fails. */
export const debugText = {
  truncated: () => t('Output truncated here. The setting freshInstance.output.capMiB sets the limit.'),
  noCurrentInstance: () =>
    t('No debug session of this component has an instance that can be called again, so this is a fresh one.'),
  otherGrants: (number: number) =>
    t(
      'The launch configuration now grants something else than instance #{0} was made with, so this is a fresh one.',
      number,
    ),
  started: (name: string, number: number, how: 'debugged' | EngineName) => {
    if (how === 'debugged') return t('Debugging {0} on fresh instance #{1}.', name, number);
    return how === 'jco'
      ? t('Running {0} on fresh instance #{1}.', name, number)
      : t('Running {0} on fresh instance #{1}, on {2}.', name, number, how);
  },
  stopped: (name: string, why: string) => t('{0} was stopped: {1}', name, why),
  inputTitle: (name: string, number: number) => t('{0} #{1} input', name, number),
  input: (name: string, number: number) =>
    t('Standard input of {0} #{1}. Its output is in the debug console.', name, number),
  repeatedCall: (call: number, number: number) =>
    t('Call {0} on instance #{1}, in the same process.', call, number),
  keptSpent: (number: number) =>
    t(
      'Instance #{0} is kept. "Run Again on This Instance" shows how a second run traps, Restart starts a fresh instance, Stop ends it.',
      number,
    ),
  kept: (number: number) =>
    t(
      'Instance #{0} is kept, with its state. "Run Again on This Instance" calls it again, Restart starts a fresh instance, Stop ends it.',
      number,
    ),
  notExported: (name: string, wanted: string, known: readonly string[]) =>
    t('{0} does not export {1}. Its run exports: {2}.', name, wanted, known.join(', ')),
  noRunExport: (name: string, wanted: string) => t('{0} does not export {1}. It has no run.', name, wanted),
  library: (name: string) =>
    t('{0} has nothing to run: it does not export wasi:cli/run. It is a library.', name),
  notEnded: () => t('did not end'),
  configuration: (name: string) => t('Debug {0}', name),
  engineCannot: (name: string, engine: string) =>
    t(
      '{0} cannot be debugged on {1}: debugging works on the engine jco. Remove "engine" from the launch configuration to debug there.',
      name,
      engine,
    ),
  guestNotPaused: (request: string) => t('{0} needs a guest that is paused.', request),
};

/** What goes wrong while js-debug attaches. Times are in seconds. */
export const attachText = {
  late: (seconds: number) => t('The debugger did not attach to the guest within {0} s.', seconds),
  failed: () => t('The debugger could not attach to the guest.'),
  infoLate: (seconds: number) =>
    t(
      'The debug information was not read within {0} s. The guest runs anyway; breakpoints may take effect too late.',
      seconds,
    ),
  noMain: () => t('There is no stop on entry: the debug information does not say where main is.'),
  entryLate: (seconds: number) => t('The stop on entry was not set within {0} s.', seconds),
};

/** Why a component cannot be debugged in its source, and what helps. */
export function noSourcesText(name: string, hasDebugInfo: boolean): string {
  return hasDebugInfo
    ? t(
        '{0} has debug information, but the extension that reads it (WebAssembly DWARF Debugging) is not installed, so breakpoints in its source cannot be hit.',
        name,
      )
    : t(
        '{0} has no debug information (DWARF), so breakpoints in its source cannot be hit. Build it with -g (in Rust: with the dev profile, or debug = true).',
        name,
      );
}

/** Buttons below {@link noSourcesText}. */
export const noSourcesButtons = {
  install: () => t('Install Reader'),
  asText: () => t('Debug as WAT'),
  run: () => t('Run Without Debugging'),
};
