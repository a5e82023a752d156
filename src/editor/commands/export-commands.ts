import { defined } from '../../base/defined';
import type { CallRequest } from '../calls/call-service';
import type { CallsModule } from '../calls/calls-module';
import type { CommandTarget } from '../common/command-target';
import { commandIds } from '../common/ids';
import type { CommandParts } from './commands';
import type { CommandHandlers } from './register';
import type { TargetResolver } from './target';

/** Commands that call an export. */
export function exportCommands({
  targets,
  calls: module,
}: CommandParts): CommandHandlers<
  'callExport' | 'callExportFresh' | 'writeCall' | 'openConsole' | 'compareReuse' | 'compareEngines'
> {
  const { calls, history, editor, consoles } = module;
  return {
    [commandIds.compareEngines]: (target) => compare(module, targets, target),
    [commandIds.callExport]: async (target) => {
      await calls.call(await callRequest(targets, target));
    },
    [commandIds.callExportFresh]: async (target) => {
      await calls.call({ ...(await callRequest(targets, target)), fresh: true });
    },
    [commandIds.writeCall]: async (target) => {
      const found = targets.callIn(target);
      const { component, export: ref } = await callRequest(targets, target);
      await editor.open(
        component,
        found === undefined
          ? await history.example(component, ref)
          : await history.textOf(component, found.call),
      );
    },
    [commandIds.openConsole]: async (target) => {
      const { component, picked } = await callRequest(targets, target);
      await consoles.open(component, picked);
    },
    [commandIds.compareReuse]: async (target) => {
      const found = targets.callIn(target);
      if (found === undefined) {
        const text = target.type === 'call-text' ? target.text : undefined;
        await consoles.report(await targets.component(target), text);
        return;
      }
      const component = await targets.component({ type: 'component', path: found.instance.build.path });
      await consoles.report(component, await history.textOf(component, found.call));
    },
  };
}

/** What a row, a page or the palette asks to be compared: a call of the history, a call as text, an export, or a component. */
async function compare({ engines, history }: CallsModule, targets: TargetResolver, given: CommandTarget) {
  const target = targets.pointed(given);
  const found = targets.callIn(target);
  if (found !== undefined) {
    const component = await targets.component({ type: 'component', path: found.instance.build.path });
    await engines.compare(component, { text: await history.textOf(component, found.call) });
    return;
  }
  await engines.compare(await targets.component(target), {
    ...(target.type === 'call-text' ? { text: target.text } : {}),
    ...(target.type === 'export' ? { export: target.export } : {}),
  });
}

/** What a row, a lens or the palette asks to be called. */
async function callRequest(targets: TargetResolver, given: CommandTarget): Promise<CallRequest> {
  const target = targets.pointed(given);
  const instance = targets.instanceIn(target);
  const component = await targets.component(
    instance === undefined ? target : { type: 'component', path: instance.build.path },
  );
  return {
    component,
    ...defined({ picked: instance }),
    ...(target.type === 'export' ? { export: target.export } : {}),
  };
}
