import { CallReader } from '../../calls/call-reader';
import type { MadeCall } from '../../calls/call-session';
import type { WaveError } from '../../component/wave/error';
import { isRunRef, refOf, type ExportRef } from '../../instance/call';
import type { Instance, InstanceRegistry } from '../../instance/registry';
import { trapFacts, type TrapFacts } from '../../calls/explain-trap';
import type { Knowledge } from '../../calls/knowledge';
import { otherGrants } from '../../words/plan';
import { notify } from '../common/notify';
import type { TextPages } from '../pages/text-pages';
import { mayRun } from '../common/trust';
import { UserError } from '../common/user-error';
import type { ExportCache } from '../components/export-cache';
import type { KnownComponent } from '../components/known-component';
import { readOrRefuse } from '../components/read-or-refuse';
import type { CallPlanner, PlannedCall } from '../engine/call-planner';
import { instanceTitle, type InstanceStarter } from '../run/instance-starter';
import type { RunService } from '../run/run-service';
import type { TerminalRegistry } from '../terminal/terminal-registry';
import { announceResult, announceTrap, askRepeatedCall, resultWords } from './announce-call';
import { askCallOrEdit, type EditCall } from './ask-call';
import type { CallHistory } from './call-history';
import type { CallReaders } from './call-readers';
import { callTitles, callErrors } from '../../words/calls';
import { readRefusals } from '../../words/user-errors';
import { waveErrorText } from '../../words/wave-error';

/** On which instance a call is made; by default on the component's current one. */
interface Where extends Pick<PlannedCall, 'picked' | 'insists'> {
  /** Whether a fresh instance is made in any case. */
  readonly fresh?: boolean;
}

/** What is called: an export of a component, on one of its instances or a fresh one. */
export interface CallRequest extends Where {
  readonly component: KnownComponent;
  /** The export to begin with; absent if the user is to choose. */
  readonly export?: ExportRef;
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
  readonly registry: InstanceRegistry;
  readonly knowledge: Knowledge;
  readonly exports: ExportCache;
  readonly planner: CallPlanner;
  readonly readers: CallReaders;
  readonly history: CallHistory;
  readonly starter: InstanceStarter;
  readonly runs: RunService;
  readonly terminals: TerminalRegistry;
  readonly pages: TextPages;
  readonly editCall: EditCall;
}

/** Calls exports for the user: asks for the call, makes it and shows its result. */
export class CallService {
  readonly #parts: CallServiceParts;

  constructor(parts: CallServiceParts) {
    this.#parts = parts;
  }

  /**
   * Asks for a call, makes it, and shows its result. Resolves with the call; undefined if the user cancels or continues
   * in an editor, if the instance does not start, and for a run.
   */
  async call(request: CallRequest): Promise<CallOnInstance | undefined> {
    const { component, fresh = false } = request;
    const exports = await this.#parts.exports.of(component);
    if (exports.length === 0) throw new UserError(...callErrors.noFunctions(component.name));
    if (!(await mayRun(component.name))) return undefined;
    const { reader, instance } = fresh
      ? { reader: new CallReader(exports), instance: undefined }
      : await this.#parts.readers.next(component, request.picked);
    const text = await this.#textOf(request, reader, instance);
    if (text === undefined) return undefined;
    const checked = reader.check(text);
    if (!checked.ok) throw notMade(component.name, checked.error);
    const { callee } = checked.value;
    if (isRunRef(callee)) {
      await this.#parts.runs.run(component, { ...request, export: refOf(callee) });
      return undefined;
    }
    return await this.#callOn(component, refOf(callee), text, request);
  }

  /** The text of the call; undefined if the user cancels or continues in an editor. */
  async #textOf(
    request: CallRequest,
    reader: CallReader,
    instance: Instance | undefined,
  ): Promise<string | undefined> {
    const { component } = request;
    if (request.unasked === true && request.text !== undefined) return request.text;
    const title =
      instance === undefined
        ? callTitles.titleFresh(component.name)
        : callTitles.title(instanceTitle(component.name, instance));
    const prefilled = request.text ?? (await this.#parts.history.example(component, request.export));
    return await askCallOrEdit({ title, component, reader, prefilled }, this.#parts.editCall);
  }

  async #callOn(
    component: KnownComponent,
    ref: ExportRef,
    text: string,
    where: Where,
  ): Promise<CallOnInstance | undefined> {
    if (where.fresh === true) return await this.#callFresh(component, text);
    const plan = this.#parts.planner.plan(component.path, { ...where, export: ref });
    switch (plan.type) {
      case 'fresh':
        return await this.#callFresh(component, text, where.picked && plan.insteadOf);
      case 'call':
      // The engine refuses a call that the state does not allow, and says why.
      case 'refuse':
        return await this.#make(component, plan.instance, text);
      case 'ask':
        switch (await askRepeatedCall(instanceTitle(component.name, plan.instance), text, plan.why)) {
          case 'fresh':
            return await this.#callFresh(component, text);
          case 'anyway':
            // The grants may have changed while the question was open.
            return await this.#callOn(component, ref, text, { picked: plan.instance, insists: true });
          case 'cancel':
            return undefined;
        }
    }
  }

  /** @param insteadOf the instance that the user picked, where it has other grants */
  async #callFresh(
    component: KnownComponent,
    text: string,
    insteadOf?: Instance,
  ): Promise<CallOnInstance | undefined> {
    const { exports, starter } = this.#parts;
    const { build } = readOrRefuse(component, readRefusals.call);
    // A handle of another instance is found to be none before an instance is made for nothing.
    const checked = new CallReader(await exports.of(component)).check(text);
    if (!checked.ok) throw notMade(component.name, checked.error);
    const instance = await starter.start(component.name, build);
    if (instance === undefined) return undefined;
    if (insteadOf !== undefined) void notify.info(otherGrants(component.name, insteadOf, instance));
    return await this.#make(component, instance, text);
  }

  async #make(component: KnownComponent, instance: Instance, text: string): Promise<CallOnInstance> {
    const { readers, terminals, pages, registry, knowledge } = this.#parts;
    const { name } = component;
    const called = await (await readers.session(component, instance)).call(text);
    if (!called.ok) throw notMade(name, called.error);
    const made = called.value;
    const title = instanceTitle(name, instance);
    terminals.open(instance.id, title).note(`${made.text} → ${resultWords(made)}`);
    const after = registry.get(instance.id) ?? instance;
    const facts = trapFacts(after, made.call, knowledge.verdict(instance.build.sha256, refOf(made.callee)));
    if (facts === null) announceResult(title, made, pages);
    else void this.#offerFresh(component, title, made.text, facts);
    return { instance, made };
  }

  async #offerFresh(component: KnownComponent, title: string, text: string, facts: TrapFacts): Promise<void> {
    if (await announceTrap(title, text, facts, component.path)) await this.#callFresh(component, text);
  }
}

function notMade(name: string, error: WaveError): UserError {
  return new UserError(...callErrors.notMade(name, error.column, waveErrorText(error)));
}
