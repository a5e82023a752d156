import type { ModuleForm } from '../component/module-facts';
import type { StateType } from '../instance/life';
import { t } from './t';

/** Texts of a component's row. */
export const componentRowText = {
  label: (name: string, description: string) => t('Component {0}, {1}', name, description),
  reading: () => t('reading…'),
  library: () => t('library'),
  running: (count: number) => t('{0} running', count),
  engine: (name: string) => t('on {0}', name),
  unsupported: () => t('cannot run here'),
  needs: (imports: readonly string[]) => t('needs {0}', imports.join(', ')),
  needsHint: (imports: readonly string[]) =>
    t(
      'It imports {0}, which WASI does not provide. Name a JavaScript module that provides it in the setting freshInstance.imports.',
      imports.join(', '),
    ),
  runExports: (names: readonly string[]) =>
    t('It exports {0}. Run calls the highest version.', names.join(', ')),
  adaptedHint: (form: ModuleForm) =>
    form === 'plain'
      ? t('A core module. A component is made of it when it is called.')
      : t('A module for WASI preview 1. A component is made of it, with an adapter, when it is run.'),
  gone: () => [t('gone from the workspace'), t('its instances remain')].join(' · '),
  goneHint: () => t('The file was deleted or is excluded now. Its instances remain until you dispose them.'),
};

/** Texts of an instance's row. */
export const instanceRowText = {
  label: (number: number, description: string) => t('Instance {0}, {1}', number, description),
  heading: (number: number, state: string) => [t('Instance #{0}', number), state].join(' · '),
  outdated: () => t('outdated'),
  outdatedHint: () => t('The component has been rebuilt. Run starts a fresh instance of the new build.'),
  state: (state: Exclude<StateType, 'running' | 'trapped' | 'exited' | 'stopped' | 'failed'>) => {
    switch (state) {
      case 'starting':
        return t('starting');
      case 'ready':
        return t('ready');
      case 'spent':
        return t('spent');
      case 'disposed':
        return t('disposed');
    }
  },
  processEnded: () => [t('spent'), t('its process has ended')].join(' · '),
  running: (duration: string) => t('running for {0}', duration),
  trapped: (trap: string, place: string | undefined) =>
    [t('trapped'), place === undefined ? trap : t('{0} at {1}', trap, place)].join(' · '),
  exited: (code: number) => t('exited with {0}', code),
  failed: (reason: string) => [t('failed'), reason].join(' · '),
  calls: (count: number) => (count === 1 ? t('1 call') : t('{0} calls', count.toLocaleString())),
  debugged: (alive: boolean) => (alive ? t('debugging') : t('debugged')),
  standby: (time: string) => t('standby of build {0}', time),
  justNow: () => t('just now'),
  age: (duration: string) => t('{0} old', duration),
  engine: (engine: string) => t('Engine: {0}', engine),
  madeFrom: (time: string, build: string) => t('Made {0} from build {1}', time, build),
};

/** What a state means, as a sentence for the tooltip. */
export const stateHint = {
  starting: () => t('starting: its modules are being compiled and its imports connected.'),
  ready: () => t('ready: it can be called.'),
  running: () => t('running: a call is in progress.'),
  spent: (why: string) => t('spent: it has run, and a repeated call would trap. {0}', why),
  processEnded: () =>
    t('spent: its process has ended with its call. The engine keeps no instance; Run starts a fresh one.'),
  trapped: (trap: string) =>
    t('trapped: {0}. A trapped instance cannot be called again. Run in a fresh instance.', trap),
  exited: (code: number) => t('exited: the guest called exit({0}), which ends the instance.', code),
  stopped: (reason: string) => t('{0}.', reason),
  failed: (reason: string) => t('failed to start: {0}', reason),
  disposed: () => t('disposed.'),
};

/** Texts of a call's row. */
export const callRowText = {
  label: (number: number, name: string, description: string) =>
    t('Call {0}, {1}, {2}', number, name, description),
  heading: (number: number, name: string) => t('Call {0}: {1}', number, name),
  drop: (resource: string) => t('drop {0}', resource),
  read: (type: string) => t('read {0}', type),
  frame: (name: string, place: string) => t('at {0} ({1})', name, place),
  unnamedFunction: (index: number) => t('function {0}', index),
  showTrap: () => t('Show Trap Location'),
};

/** Texts of the rows for exports and handles, and of rows that fold others. */
export const otherRowText = {
  export: (name: string, signature: string) => t('Export {0}, {1}', name, signature),
  exports: () => t('Exports'),
  exportsOf: (name: string) => t('Exports of {0}', name),
  handles: (count: number) => t('Handles ({0})', count.toLocaleString()),
  handlesHint: () => t('Resources that calls returned. Calls on this instance use them by these names.'),
  handle: (name: string, description: string) => t('Handle {0}, {1}', name, description),
  handleFrom: (type: string, call: string) => [type, t('from {0}', call)].join(' · '),
  handleMeaning: (name: string, type: string) =>
    t('{0} stands for this {1} in calls on this instance.', name, type),
  handleOrigin: (call: string) => t('Returned by {0}', call),
  earlierHandles: (count: number) => t('{0} earlier handles', count.toLocaleString()),
  earlierCalls: (count: number) => t('{0} earlier calls', count.toLocaleString()),
  earlierCallsKept: (count: number) => t('the last {0} are kept', count),
  showTerminal: () => t('Show Terminal'),
  restricted: () => t('Restricted mode: components are listed but not run until you trust this workspace.'),
};
