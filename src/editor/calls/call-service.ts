import * as vscode from 'vscode';
import { exampleArguments } from '../../component/wave/example';
import { shortestName, type Callable } from '../../component/wave/callee';
import { CallSession } from '../../engine/call-session';
import type { Engine } from '../../engine/engine';
import { callText, resultText } from '../../instance/call-text';
import { describeOutcome, isRunRef, type Call, type ExportRef } from '../../instance/call';
import { acceptsCalls } from '../../instance/life';
import {
  currentInstance,
  type Instance,
  type InstanceId,
  type InstanceRegistry,
} from '../../instance/registry';
import { UserError } from '../commands/register';
import type { KnownComponent } from '../components/known-component';
import { instanceTitle, type InstanceStarter } from '../run/instance-starter';
import type { RunService } from '../run/run-service';
import { mayRun } from '../run/trust';
import type { TerminalBook } from '../terminal/terminal-book';
import type { TextPages } from '../text-pages';
import { askCall } from './ask-call';
import type { ExportBook } from './exports';

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

/** Calls exports for the user: asks for the call, makes it, shows its result, and keeps what later calls may refer to. */
export class CallService {
  readonly #engine: Engine;
  readonly #registry: InstanceRegistry;
  readonly #exports: ExportBook;
  readonly #starter: InstanceStarter;
  readonly #runs: RunService;
  readonly #terminals: TerminalBook;
  readonly #pages: TextPages;
  readonly #sessions = new Map<InstanceId, CallSession>();

  constructor(parts: {
    engine: Engine;
    registry: InstanceRegistry;
    exports: ExportBook;
    starter: InstanceStarter;
    runs: RunService;
    terminals: TerminalBook;
    pages: TextPages;
  }) {
    this.#engine = parts.engine;
    this.#registry = parts.registry;
    this.#exports = parts.exports;
    this.#starter = parts.starter;
    this.#runs = parts.runs;
    this.#terminals = parts.terminals;
    this.#pages = parts.pages;
    parts.registry.onDidChange((change) => {
      if (change.type === 'removed') this.#sessions.delete(change.instance.id);
    });
  }

  /** The session of an instance: its exports, and the handles that its calls returned. */
  async session(component: KnownComponent, instance: Instance): Promise<CallSession> {
    const known = this.#sessions.get(instance.id);
    if (known !== undefined) return known;
    const session = new CallSession(this.#engine, instance.id, await this.#exports.of(component));
    this.#sessions.set(instance.id, session);
    return session;
  }

  /** Opens what a call of the history returned, in full. */
  async showResult(component: KnownComponent, instance: Instance, call: Call): Promise<void> {
    const session = await this.session(component, instance);
    const callee = find(call.export, session.exports);
    const outcome = call.ended?.outcome;
    const text = callee && outcome ? resultText(callee, outcome, session.handles) : null;
    if (text !== null) await this.#pages.show(`${call.export.func} result.wave`, text);
  }

  /** Asks for a call, makes it, and shows its result. Nothing happens if the user cancels or the instance does not come up. */
  async call(request: CallRequest): Promise<void> {
    const { component } = request;
    const exports = await this.#exports.of(component);
    if (exports.length === 0)
      throw new UserError(`${component.name} exports no function.`, 'There is nothing to call.');
    if (!(await mayRun(component.name))) return;
    const instance = await this.#instanceFor(request);
    if (instance === undefined) return;
    const session = await this.session(component, instance);
    const text =
      request.unasked === true && request.text !== undefined
        ? request.text
        : await askCall(
            `Call on ${instanceTitle(component.name, instance)}`,
            session,
            request.text ?? example(request.export, exports),
          );
    if (text === undefined) return;
    const checked = session.check(text);
    if (checked.ok && isRunRef(checked.value.callee)) {
      // Whichever way a run is asked for, what would trap is said before the call.
      await this.#runs.runAgain(component, this.#registry.get(instance.id) ?? instance, checked.value.callee);
      return;
    }
    await this.#make(component.name, instance, session, text);
  }

  /** A call of the history as text, to make it again or to copy it. */
  async textOf(component: KnownComponent, call: Call): Promise<string> {
    const exports = await this.#exports.of(component);
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
    const current = instance ?? currentInstance(this.#registry.of(component.path));
    if (fresh !== true && current !== undefined && acceptsCalls(current.state)) return current;
    return await this.#starter.start(component.name, component.content.build);
  }

  async #make(name: string, instance: Instance, session: CallSession, text: string): Promise<void> {
    const made = await session.call(text);
    if (!made.ok) {
      throw new UserError(
        `${name}: the call was not made. Column ${String(made.error.column)}: ${made.error.message}`,
        'Correct it and call again.',
      );
    }
    const { call, result } = made.value;
    const terminal = this.#terminals.open(instance.id, instanceTitle(name, instance));
    const outcome = call.ended?.outcome;
    const said = result ?? (outcome === undefined ? 'it goes on' : describeOutcome(outcome));
    terminal.note(`${made.value.text} → ${said}`);
    const showAll = 'Show Result';
    const message = `${made.value.text} on ${instanceTitle(name, instance)}: ${made.value.folded ?? said}`;
    const choice =
      outcome?.type === 'ok'
        ? vscode.window.showInformationMessage(message, ...(result === null ? [] : [showAll]))
        : vscode.window.showWarningMessage(message, ...(result === null ? [] : [showAll]));
    void choice.then((chosen) =>
      chosen === showAll ? this.#pages.show('result.wave', result ?? '') : undefined,
    );
  }
}

function example(ref: ExportRef | undefined, exports: readonly Callable[]): string {
  const callee = ref === undefined ? undefined : find(ref, exports);
  if (callee === undefined) return '';
  return `${shortestName(callee, exports)}(${exampleArguments(callee.type.params, () => []) ?? ''})`;
}

function find(ref: ExportRef, exports: readonly Callable[]): Callable | undefined {
  return exports.find((callee) => callee.func === ref.func && callee.interface === ref.interface);
}
