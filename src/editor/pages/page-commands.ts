import { defined } from '../../base/defined';
import type { LiveAction, PageAction, PageRequest } from '../../page/messages';
import { commandIds, type CommandId } from '../common/ids';

/** A command of this extension with what it is about, or a place in the settings. */
export interface PageCommand {
  readonly command: CommandId | 'workbench.action.openSettings';
  readonly argument: unknown;
}

const fileCommands: Readonly<Record<Exclude<PageAction, 'imports'>, CommandId>> = {
  run: commandIds.run,
  debug: commandIds.debug,
  call: commandIds.callExport,
  explain: commandIds.explainVerdict,
  probe: commandIds.probeReuse,
  interface: commandIds.showInterface,
  console: commandIds.openConsole,
  'compare-engines': commandIds.compareEngines,
  save: commandIds.saveAsComponent,
};

const liveCommands: Readonly<Record<LiveAction, CommandId>> = {
  'run-again': commandIds.runAgain,
  stop: commandIds.stop,
  terminal: commandIds.showTerminal,
  dispose: commandIds.dispose,
  repeat: commandIds.repeatCall,
  result: commandIds.showResult,
  trap: commandIds.showTrap,
};

/**
 * The command that a button of a page stands for. The page itself names no command: it runs what the extension knows its buttons to mean.
 * @param path of the page's file
 */
export function pageCommand(request: Exclude<PageRequest, { type: 'ready' }>, path: string): PageCommand {
  switch (request.type) {
    case 'action':
      return request.action === 'imports'
        ? { command: 'workbench.action.openSettings', argument: 'freshInstance.imports' }
        : { command: fileCommands[request.action], argument: { path } };
    case 'call':
      return { command: commandIds.callExport, argument: { path, export: request.export } };
    case 'open-text': {
      const { module, func } = request;
      return {
        command: commandIds.openAsWat,
        argument: { path, module, ...defined({ func }) },
      };
    }
    case 'live': {
      const { action, id, number } = request;
      return {
        command: liveCommands[action],
        argument: { path, id, ...defined({ number }) },
      };
    }
  }
}
