import { commandIds } from '../common/ids';
import { chooseEngine } from '../run/choose-engine';
import { editArguments, editGrants } from '../run/edit-profile';
import type { CommandParts } from './commands';
import type { CommandHandlers } from './register';

/** Commands that change what components are run with, and run them. */
export function profileCommands({
  targets,
  core: { engine, profiles },
  run: { runs },
}: CommandParts): CommandHandlers<'runWithArguments' | 'runWithGrants' | 'chooseEngine'> {
  return {
    [commandIds.runWithArguments]: async (target) => {
      const component = await targets.component(target, 'run');
      const profile = await editArguments(component.name, profiles.get(component.path));
      if (profile === undefined) return;
      await profiles.set(component.path, profile);
      await runs.run(component);
    },
    [commandIds.chooseEngine]: () => chooseEngine(engine),
    [commandIds.runWithGrants]: async (target) => {
      const component = await targets.component(target, 'run');
      const { name, path } = component;
      const edited = await editGrants(name, profiles.get(path), profiles.draft(path));
      if (edited.type === 'left') {
        if (edited.draft === undefined) profiles.dropDraft(path);
        else profiles.keepDraft(path, edited.draft);
        return;
      }
      await profiles.set(path, edited.profile);
      await runs.run(component);
    },
  };
}
