import { compareReuse } from '../../calls/compare-reuse';
import { abilitiesOf } from '../../engine/backend';
import type { Engine } from '../../engine/engine';
import { engineOf } from '../../instance/profile';
import type { Callable } from '../../component/wave/export-lookup';
import { CallReader } from '../../calls/call-reader';
import { isRunRef, type ExportRef } from '../../instance/call';
import { refusal } from '../../words/refusal';
import type { Build, Instance, InstanceRegistry } from '../../instance/registry';
import { callTitles, callErrors } from '../../words/calls';
import { buttons } from '../../words/notifications';
import { runText } from '../../words/run';
import { otherGrants } from '../../words/plan';
import { withCancellable } from '../common/cancellable-progress';
import { UserError } from '../common/user-error';
import type { KnownComponent } from '../components/known-component';
import { instanceTitle, type InstanceStarter } from '../run/instance-starter';
import type { CallPlanner } from '../engine/call-planner';
import type { ProfileStore } from '../engine/profile-store';
import { mayRun } from '../common/trust';
import type { TextPages } from '../pages/text-pages';
import { askCallOrEdit, type EditCall } from './ask-call';
import { openConsole } from './console-terminal';
import type { ExportCache } from '../components/export-cache';
import type { CallSessions } from '../engine/call-sessions';
import { notify } from '../common/notify';
import { reusePage, reuseSummary } from '../../words/reuse-report';
import { waveErrorText } from '../../words/wave-error';

/** Makes a call on a fresh instance, without asking. */
export type CallFresh = (component: KnownComponent, text: string) => Promise<unknown>;

/** How often an export is called for a report, on one instance and on fresh ones. */
const reportedCalls = 5;

/** What {@link ConsoleService} works with. */
export interface ConsoleServiceParts {
  readonly engine: Engine;
  readonly sessions: CallSessions;
  readonly registry: InstanceRegistry;
  readonly exports: ExportCache;
  readonly planner: CallPlanner;
  readonly starter: InstanceStarter;
  readonly profiles: ProfileStore;
  readonly pages: TextPages;
  readonly callFresh: CallFresh;
  readonly editCall: EditCall;
}

/** Calls in numbers: a console on one instance, and the report of what calling again does. */
export class ConsoleService {
  readonly #parts: ConsoleServiceParts;

  constructor(parts: ConsoleServiceParts) {
    this.#parts = parts;
  }

  /** Opens a console on the instance that the user picked, else on the current one or a fresh one. */
  async open(component: KnownComponent, picked?: Instance): Promise<void> {
    const { exports: cache, planner, registry, sessions, starter } = this.#parts;
    const { name, path, content } = component;
    const exports = await cache.of(component);
    if (content.type !== 'component' || !(await mayRun(name))) return;
    const first = await this.#first(component, content.build, picked);
    if (first === undefined) return;
    let instance = first;
    const titleOf = (on: Instance) => callTitles.consoleTitle(instanceTitle(name, on));
    const opened = openConsole(titleOf(first), {
      session: () => sessions.of(instance.id, exports),
      instance: () => registry.get(instance.id) ?? { ...instance, state: { type: 'disposed' } },
      plan: (ref) => planner.plan(path, { export: ref, picked: instance }),
      fresh: async () => {
        instance = (await starter.start(name, content.build)) ?? instance;
        opened.rename(titleOf(instance));
        return registry.get(instance.id) ?? instance;
      },
    });
  }

  async #first(
    { name, path }: KnownComponent,
    build: Build,
    picked: Instance | undefined,
  ): Promise<Instance | undefined> {
    const { planner, starter } = this.#parts;
    const plan = planner.preview(path, { picked });
    if (plan.type === 'refuse') {
      throw new UserError(
        ...callErrors.takesNoCalls(instanceTitle(name, plan.instance), refusal(plan.instance.state) ?? ''),
      );
    }
    const { profile } = plan.type === 'fresh' ? { profile: this.#parts.profiles.get(path) } : plan.instance;
    const engine = engineOf(profile);
    if (!abilitiesOf[engine].keepsInstances) throw new UserError(...callErrors.engineKeepsNone(name, engine));
    if (plan.type !== 'fresh') return plan.instance;
    const instance = await starter.start(name, build);
    if (picked !== undefined && plan.insteadOf !== undefined && instance !== undefined)
      void notify.info(otherGrants(name, plan.insteadOf, instance));
    return instance;
  }

  /** Asks for a call, makes it several times on one instance and on fresh ones, and shows what differs. */
  async report(component: KnownComponent, text: string | undefined): Promise<void> {
    const { name, content } = component;
    const exports = await this.#parts.exports.of(component);
    if (content.type !== 'component' || !(await mayRun(name))) return;
    const call = text ?? (await this.#askReported(component, exports));
    if (call === undefined) return;
    const compared = await this.#compare(component, content.build, exports, call);
    if (compared.ok) {
      const { findings } = compared.value;
      const read = new CallReader(exports).check(call);
      if (findings.includes('traps') && read.ok) {
        void this.#offerFresh(component, read.value.callee, call, reuseSummary(compared.value));
      }
      await this.#parts.pages.show(`${name} reuse.md`, reusePage(name, reportedCalls, compared.value));
      return;
    }
    switch (compared.error.type) {
      case 'interrupted':
        return;
      case 'text':
        throw new UserError(...callErrors.notComparable(call, waveErrorText(compared.error.error)));
      case 'not-started':
        throw new UserError(...callErrors.notStarted(name));
    }
  }

  /** The call to compare; undefined if the user cancels or continues in an editor. */
  async #askReported(component: KnownComponent, exports: readonly Callable[]): Promise<string | undefined> {
    const title = callTitles.titleCompare(component.name, reportedCalls);
    const question = { title, component, reader: new CallReader(exports), prefilled: '' };
    return await askCallOrEdit(question, this.#parts.editCall);
  }

  /** Compares with a progress notification, which can cancel it. */
  async #compare(
    { name, path }: KnownComponent,
    build: Build,
    exports: readonly Callable[],
    call: string,
  ): ReturnType<typeof compareReuse> {
    const { engine, registry, profiles } = this.#parts;
    return await withCancellable(callTitles.comparing(call, name), async (signal) => {
      const target = { engine, registry, build, profile: profiles.get(path), exports, signal };
      return await compareReuse(target, call, reportedCalls);
    });
  }

  /** The quick action for an export that traps when it is repeated, the same for run and for others. */
  async #offerFresh(
    component: KnownComponent,
    callee: ExportRef,
    text: string,
    summary: string,
  ): Promise<void> {
    const fresh = isRunRef(callee) ? buttons.runFresh() : buttons.callFresh();
    const choice = await notify.warn(runText.trapped(component.name, summary), fresh);
    if (choice === fresh) await this.#parts.callFresh(component, text);
  }
}
