import { basename } from 'node:path';
import { isBusy } from '../../instance/life';
import { commandIds } from '../common/ids';
import { notify } from '../common/notify';
import { UserError } from '../common/user-error';
import type { CommandParts } from './commands';
import type { CommandHandler, CommandHandlers } from './register';
import { nothingLeftOutText } from '../../words/notifications';
import { commandErrors } from '../../words/user-errors';

/** Commands about an instance. */
export function instanceCommands(
  parts: CommandParts,
): CommandHandlers<
  | 'runAgain'
  | 'stop'
  | 'dispose'
  | 'disposeFinished'
  | 'disposeAll'
  | 'showTerminal'
  | 'showAllOutput'
  | 'dropHandle'
> {
  const { targets } = parts;
  const { ender } = parts.run;
  return {
    [commandIds.runAgain]: runAgain(parts),
    [commandIds.stop]: async (target) => {
      await ender.stop(
        await targets.chooseInstance(target, ({ state }) => isBusy(state), commandErrors.nothingRuns()),
      );
    },
    [commandIds.dispose]: async (target) => {
      await ender.dispose(await targets.chooseInstance(target, () => true, commandErrors.noInstance()));
    },
    [commandIds.disposeFinished]: () => ender.disposeFinished(),
    [commandIds.disposeAll]: () => ender.disposeAll(),
    [commandIds.showTerminal]: showTerminal(parts),
    [commandIds.showAllOutput]: showAllOutput(parts),
    [commandIds.dropHandle]: dropHandle(parts),
  };
}

function runAgain({ targets, run: { runs }, debug: { debugs } }: CommandParts): CommandHandler {
  return async (target) => {
    // The toolbar of a debug session passes no argument.
    const debugged = target.type === 'none' ? debugs.active : debugs.ofInstance(targets.instance(target).id);
    if (debugged?.canRunAgain === true) {
      // The call may stay at a breakpoint: the command does not wait for it.
      void debugged.runAgain();
      return;
    }
    const instance = targets.instance(target);
    const { path } = instance.build;
    await runs.run(await targets.component({ type: 'component', path }), { picked: instance });
  };
}

function showTerminal({ targets, terminals: { terminals } }: CommandParts): CommandHandler {
  return async (target) => {
    const instance = await targets.chooseInstance(
      target,
      ({ id }) => terminals.has(id),
      commandErrors.noTerminal(),
    );
    const terminal = terminals.get(instance.id);
    if (terminal === undefined) {
      throw new UserError(...commandErrors.terminalClosed(instance.number));
    }
    terminal.show();
  };
}

function showAllOutput({ targets, terminals: { terminals } }: CommandParts): CommandHandler {
  return async (target) => {
    const instance = await targets.chooseInstance(
      target,
      ({ id }) => terminals.state(id) === 'cut',
      commandErrors.nothingLeftOut(),
    );
    if (!terminals.liftCap(instance.id)) {
      const name = basename(instance.build.path);
      void notify.info(nothingLeftOutText(name, instance.number));
    }
  };
}

function dropHandle({ targets, calls: { handles }, components }: CommandParts): CommandHandler {
  return async (target) => {
    const instance = await targets.chooseInstance(
      target,
      (each) => handles.droppable(each).length > 0,
      commandErrors.noHandle(),
    );
    const { path } = instance.build;
    const handle = targets.handleIn(target, instance);
    const name = components.library.get(path)?.name ?? basename(path);
    await handles.drop(name, instance, handle === undefined ? undefined : [handle]);
  };
}
