import { exampleArguments } from '../../component/wave/example';
import { shortestName, type Callable } from '../../component/wave/export-lookup';
import type { CallSession, MadeCall } from '../../calls/call-session';
import { CallReader } from '../../calls/call-reader';
import { callText, resultText } from '../../calls/call-text';
import {
  describeOutcome,
  isRunRef,
  type Call,
  type ExportRef,
  trapSource,
  isSameExport,
} from '../../instance/call';
import { placeWords } from '../../calls/explain-trap';
import { acceptsCalls } from '../../instance/life';
import { currentInstance, type Instance, type InstanceRegistry } from '../../instance/registry';
import { UserError } from '../common/user-error';
import type { KnownComponent } from '../components/known-component';
import { instanceTitle, type InstanceStarter } from '../run/instance-starter';
import type { RepeatedTraps } from '../../calls/repeated-traps';
import type { RunService } from '../run/run-service';
import { mayRun } from '../common/trust';
import type { TerminalRegistry } from '../terminal/terminal-registry';
import type { TextPages } from '../pages/text-pages';
import { openSourceOf } from '../common/open-source';
import { askCall, type EditCall } from './ask-call';
import type { ExportCache } from '../components/export-cache';
import type { CallSessions } from '../engine/call-sessions';
import { notify } from '../common/notify';

/** What helps after a trap, and before one. */
const inFreshInstance = 'Call in Fresh Instance';

/** How much of a call's text a notification shows. */
const longestInMessage = 60;

/** What is called: an export of a component, on one of its instances or a fresh one. */
export interface CallRequest {
  readonly component: KnownComponent;
  /** The export to begin with; absent if the user is to choose. */
  readonly export?: ExportRef;
  /** The instance; absent for the current one, or a fresh one where there is none that takes calls. */
  readonly instance?: Instance;
  /** Whether a fresh instance is made in any case. */
  readonly fresh?: boolean;
  /** The call's text to begin with. */
  readonly text?: string;
  /** Whether the text is called as it is, without asking. */
  readonly unasked?: boolean;
}

/** A call that was made, and where. */
export interface CallOnInstance {
  readonly instance: Instance;
  readonly made: MadeCall;
}

/** What {@link CallService} works with. */
export interface CallServiceParts {
  readonly sessions: CallSessions;
  readonly repeatedTraps: RepeatedTraps;
  readonly registry: InstanceRegistry;
  readonly exports: ExportCache;
  readonly starter: InstanceStarter;
  readonly runs: RunService;
  readonly terminals: TerminalRegistry;
  readonly pages: TextPages;
  readonly editCall: EditCall;
}

/** Calls exports for the user: asks for the call, makes it, shows its result, and keeps what later calls may refer to. */
export class CallService {
  readonly #parts: CallServiceParts;

  constructor(parts: CallServiceParts) {
    this.#parts = parts;
  }

  /** The session of an instance: its exports, and the handles that its calls returned. */
  async session(component: KnownComponent, instance: Instance): Promise<CallSession> {
    return (
      this.#parts.sessions.get(instance.id) ??
      this.#parts.sessions.of(instance.id, await this.#parts.exports.of(component))
    );
  }

  /** Reads calls for the instance on which they would be made now, or for a fresh one where none takes calls. */
  async reader(component: KnownComponent): Promise<{ reader: CallReader; instance?: Instance }> {
    const instance = callableInstance(this.#parts.registry, component);
    if (instance === undefined) return { reader: new CallReader(await this.#parts.exports.of(component)) };
    return { reader: await this.session(component, instance), instance };
  }

  /** Opens what a call of the history returned, in full. */
  async showResult(component: KnownComponent, instance: Instance, call: Call): Promise<void> {
    const session = await this.session(component, instance);
    const callee = find(call.export, session.exports);
    const outcome = call.ended?.outcome;
    if (outcome !== undefined && 'forgotten' in outcome) {
      throw new UserError(
        `What ${call.export.func} returned is not kept any more, since later results needed the memory.`,
        'Call it again.',
      );
    }
    const text = callee && outcome ? resultText(callee, outcome, session.handles) : null;
    if (text !== null) await this.#parts.pages.show(`${call.export.func} result.wave`, text);
  }

  /**
   * Asks for a call, makes it, and shows its result. Resolves with the call; undefined if the user cancels or goes on in an editor, if the
   * instance does not come up, and for a run.
   */
  async call(request: CallRequest): Promise<CallOnInstance | undefined> {
    const { component } = request;
    const exports = await this.#parts.exports.of(component);
    if (exports.length === 0)
      throw new UserError(`${component.name} exports no function.`, 'There is nothing to call.');
    if (!(await mayRun(component.name))) return undefined;
    const instance = await this.#instanceFor(request);
    if (instance === undefined) return undefined;
    const session = await this.session(component, instance);
    const asked =
      request.unasked === true && request.text !== undefined
        ? ({ type: 'call', text: request.text } as const)
        : await askCall(
            `Call on ${instanceTitle(component.name, instance)}`,
            session,
            request.text ?? exampleCall(request.export, exports),
          );
    if (asked === undefined) return undefined;
    const { text } = asked;
    if (asked.type === 'edit') {
      await this.#parts.editCall(component, text);
      return undefined;
    }
    const checked = session.check(text);
    if (checked.ok && isRunRef(checked.value.callee)) {
      // Whichever way a run is asked for, what would trap is said before the call.
      await this.#parts.runs.runAgain(
        component,
        this.#parts.registry.get(instance.id) ?? instance,
        checked.value.callee,
      );
      return undefined;
    }
    if (checked.ok) {
      const choice = await this.#warn(component.name, instance, checked.value.callee, text);
      if (choice === 'cancel') return undefined;
      if (choice === 'fresh') return await this.call({ component, text, fresh: true, unasked: true });
    }
    return { instance, made: await this.#make(component, instance, session, text) };
  }

  /** A call of an export to begin with; nothing where none is given. Rejects with a UserError as {@link ExportCache.of}. */
  async example(component: KnownComponent, ref: ExportRef | undefined): Promise<string> {
    return exampleCall(ref, await this.#parts.exports.of(component));
  }

  /** A call of the history as text, to make it again or to copy it. */
  async textOf(component: KnownComponent, call: Call): Promise<string> {
    const exports = await this.#parts.exports.of(component);
    const callee = find(call.export, exports);
    if (callee === undefined) {
      throw new UserError(
        `${component.name} does not export ${call.export.func} any more.`,
        'Call another export.',
      );
    }
    return callText(callee, isRunRef(call.export) ? '' : call.arguments, exports);
  }

  async #instanceFor({ component, instance, fresh }: CallRequest): Promise<Instance | undefined> {
    if (component.content.type !== 'component') return undefined;
    const current = instance ?? callableInstance(this.#parts.registry, component);
    if (fresh !== true && current !== undefined && acceptsCalls(current.state)) return current;
    return await this.#parts.starter.start(component.name, component.content.build);
  }

  /** Warns, as before a run, of a call that would trap since its export was called on this instance before. */
  async #warn(
    name: string,
    { id }: Instance,
    callee: Callable,
    text: string,
  ): Promise<'fresh' | 'anyway' | 'cancel'> {
    const instance = this.#parts.registry.get(id);
    const reason = instance && this.#parts.repeatedTraps.reason(instance, callee);
    if (instance === undefined || reason === undefined) return 'anyway';
    const anyway = 'Call Anyway';
    const again = `Calling ${shortened(text)} of ${name} again on instance #${String(instance.number)}`;
    const choice = await notify.warn(`${again} would trap: ${reason}.`, inFreshInstance, anyway);
    if (choice === inFreshInstance) return 'fresh';
    return choice === anyway ? 'anyway' : 'cancel';
  }

  async #make(
    component: KnownComponent,
    instance: Instance,
    session: CallSession,
    text: string,
  ): Promise<MadeCall> {
    const { name } = component;
    const made = await session.call(text);
    if (!made.ok) {
      throw new UserError(
        `${name}: the call was not made. Column ${String(made.error.column)}: ${made.error.message}`,
        'Correct it and call again.',
      );
    }
    const { call, result } = made.value;
    const terminal = this.#parts.terminals.open(instance.id, instanceTitle(name, instance));
    const outcome = call.ended?.outcome;
    const said = result ?? (outcome === undefined ? 'it goes on' : describeOutcome(outcome));
    terminal.note(`${made.value.text} → ${said}`);
    const title = instanceTitle(name, instance);
    if (outcome?.type === 'trapped') {
      this.#parts.repeatedTraps.learnFrom(
        this.#parts.registry.get(instance.id) ?? instance,
        made.value.callee,
      );
      void this.#announceTrap(component, title, made.value);
      return made.value;
    }
    const message = `${shortened(made.value.text)} on ${title}: ${made.value.folded ?? said}`;
    const show = outcome?.type === 'ok' ? 'info' : 'warn';
    const showAll = 'Show Result';
    void notify[show](message, ...(result === null ? [] : [showAll])).then((chosen) =>
      chosen === showAll ? this.#parts.pages.show('result.wave', result ?? '') : undefined,
    );
    return made.value;
  }

  /** Says what a trap means and offers what helps, as for run. */
  async #announceTrap(component: KnownComponent, title: string, { call, text }: MadeCall): Promise<void> {
    const line = 'Show Line';
    const source = trapSource(call);
    const outcome = call.ended === undefined ? 'trapped' : describeOutcome(call.ended.outcome);
    const choice = await notify.warn(
      `${shortened(text)} on ${title} ${outcome}${placeWords(call)}. A trapped instance cannot be entered again.`,
      ...(source === undefined ? [] : [line]),
      inFreshInstance,
    );
    if (choice === line && source !== undefined) await openSourceOf(component.path, source);
    if (choice === inFreshInstance) await this.call({ component, text, fresh: true, unasked: true });
  }
}

/** The beginning of a call, where all of it is no use. */
function shortened(text: string): string {
  return text.length <= longestInMessage ? text : `${text.slice(0, longestInMessage)}…`;
}

/** The instance that takes a component's next call; undefined where a fresh one would. */
function callableInstance(registry: InstanceRegistry, { path }: KnownComponent): Instance | undefined {
  const current = currentInstance(registry.of(path));
  return current !== undefined && acceptsCalls(current.state) ? current : undefined;
}

/** A call to begin with, with arguments that are valid; nothing where no export is given. */
function exampleCall(ref: ExportRef | undefined, exports: readonly Callable[]): string {
  const callee = ref === undefined ? undefined : find(ref, exports);
  if (callee === undefined) return '';
  return `${shortestName(callee, exports)}(${exampleArguments(callee.type.params, () => []) ?? ''})`;
}

function find(ref: ExportRef, exports: readonly Callable[]): Callable | undefined {
  return exports.find((callee) => isSameExport(callee, ref));
}
