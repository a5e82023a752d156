import { commandIds } from '../common/ids';
import type { CommandParts } from './commands';
import type { CommandHandlers } from './register';

/** Commands that show core modules as text. */
export function watCommands({ targets, wat }: CommandParts): CommandHandlers<'openAsWat' | 'goToFunction'> {
  return {
    [commandIds.openAsWat]: async (target) => {
      if (target.type === 'core-module') await wat.show(target);
      else await wat.open((await targets.component(target)).path);
    },
    [commandIds.goToFunction]: async (target) => {
      await wat.goToFunction(async () => (await targets.component(target)).path);
    },
  };
}
