import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { defined } from '../../base/defined';
import { errorText } from '../../words/error';
import type { Engine } from '../../engine/engine';
import type { GuestIo } from '../../engine/guest-io';
import { exportLabel, type Call, type ExportRef } from '../../instance/call';
import { describeOutcome } from '../../words/outcome';
import { notStartedText } from '../../words/not-started';
import { trapFacts } from '../../calls/explain-trap';
import { explainTrap } from '../../words/trap';
import type { Knowledge } from '../../calls/knowledge';
import { acceptsCalls, isAlive } from '../../instance/life';
import { engineOf, type Profile } from '../../instance/profile';
import type { Instance, InstanceRegistry } from '../../instance/registry';
import type { ComponentLibrary } from '../components/component-library';
import type { ReadComponent } from '../components/known-component';
import { readOrRefuse } from '../components/read-or-refuse';
import { startWithProgress } from '../common/start-progress';
import { settings } from '../settings/settings';
import type { TerminalRegistry } from '../terminal/terminal-registry';
import { formatDuration } from '../../base/duration';
import { debugText } from '../../words/debug';
import { attachDebugger } from './attach';
import { ConsoleWriter } from './console-writer';
import { DapServer, RequestFailed } from './dap';
import { GuestWatch } from './guest-watch';
import { launchErrorText, readLaunch, type Launch } from './launch-configuration';
import { launchProfile } from './launch-profile';
import type { AgainPlan, DebuggedRun } from './plan-again';
import { readStoppedTrap } from './stopped-trap';
import { readRefusals } from '../../words/user-errors';

/** A debugger takes about a second to attach, which need not be said, in ms. */
const patienceMs = 3000;

/** What a session works with. */
export interface SessionParts {
  readonly engine: Engine;
  readonly registry: InstanceRegistry;
  readonly knowledge: Knowledge;
  readonly library: ComponentLibrary;
  readonly terminals: TerminalRegistry;
  /** What a launch configuration with `instance: current` leads to. */
  readonly planAgain: (path: string, grants: Profile) => AgainPlan<ComponentAdapter>;
  /** Brings an instance into view. */
  readonly reveal: (instance: Instance) => Promise<void>;
  /** What a session can be asked to do has changed. */
  readonly changed: () => void;
}

/**
 * The debug adapter of one session. It owns the instance; js-debug, in a session below this one, shows the guest's code.
 * The session ends with the instance, and the instance with the session.
 */
export class ComponentAdapter extends vscode.Disposable implements vscode.DebugAdapter, DebuggedRun {
  readonly #session: vscode.DebugSession;
  readonly #parts: SessionParts;
  readonly #messages = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly #dap: DapServer;
  readonly #console: ConsoleWriter;
  readonly #owned: Disposable[] = [];
  #watch: GuestWatch | undefined;
  #instance: Instance | undefined;
  #run: { readonly ref: ExportRef; readonly profile: Profile; readonly name: string } | undefined;
  /** The trap that the debugger has stopped at was explained; its call's end need not say it again. */
  #explainedCall = 0;
  #isCalling = false;
  #ended = false;

  readonly onDidSendMessage = this.#messages.event;

  constructor(session: vscode.DebugSession, parts: SessionParts) {
    super(() => {
      this.#close();
    });
    this.#session = session;
    this.#parts = parts;
    this.#dap = new DapServer((message) => this.#messages.fire(message), {
      initialize: () => {
        queueMicrotask(() => this.#dap.event('initialized'));
        return { supportsConfigurationDoneRequest: true };
      },
      launch: () => this.#launch(),
      configurationDone: () => undefined,
      setBreakpoints: () => ({ breakpoints: [] }),
      setExceptionBreakpoints: () => undefined,
      setFunctionBreakpoints: () => ({ breakpoints: [] }),
      threads: () => ({ threads: [] }),
      disconnect: () => this.#disconnect(),
    });
    this.#console = new ConsoleWriter(
      settings.outputCapBytes(),
      (category, output) => this.#dap.event('output', { category, output }),
      () => this.#say(debugText.truncated()),
    );
  }

  /** The instance as it is now, once there is one. */
  get instance(): Instance | undefined {
    return this.#instance === undefined ? undefined : this.#parts.registry.get(this.#instance.id);
  }

  /** The export that the session calls, once it is known. */
  get export(): ExportRef | undefined {
    return this.#run?.ref;
  }

  /** Whether the guest has returned, so that its export can be called again. */
  get canRunAgain(): boolean {
    return (
      !this.#ended &&
      this.instance !== undefined &&
      acceptsCalls(this.instance.state) &&
      this.#run !== undefined
    );
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    void this.#dap.receive(message);
  }

  /** Follows a session of js-debug below this one. */
  track(session: vscode.DebugSession): vscode.DebugAdapterTracker | undefined {
    return this.#watch?.track(session);
  }

  /**
   * Calls again, on the same instance in the same process.
   * @param profile the arguments and the environment of the call; absent for those of the call before
   */
  async runAgain(profile?: Profile): Promise<void> {
    if (!this.canRunAgain || this.#run === undefined) return;
    if (profile !== undefined) this.#run = { ...this.#run, profile };
    await this.#call();
  }

  async #launch(): Promise<void> {
    const folder = this.#session.workspaceFolder?.uri.fsPath;
    const launch = readLaunch(this.#session.configuration, folder);
    if (!launch.ok) throw new RequestFailed(launchErrorText(launch.error));
    const component = await this.#parts.library.load(launch.value.component);
    const { name } = component;
    const content = readOrRefuse(component, readRefusals.debug);
    const ref = runOf(name, content, launch.value.export);
    const profile = launchProfile(launch.value.grants, component.path, this.#isDebugged);
    this.#run = { ref, profile, name };
    // The first step may take long, and what is wrong with the component is best said before the session is there.
    await this.#start(content, launch.value, profile, name);
    void this.#call();
  }

  async #start(content: ReadComponent, launch: Launch, profile: Profile, name: string): Promise<void> {
    const isDebugged = this.#isDebugged;
    const attachment = isDebugged ? this.#attachment(content, launch) : undefined;
    this.#followInstance();
    if (launch.instance === 'current') this.#say(this.#whyFresh(content.build.path, profile));
    const output: GuestIo['output'] = (stream, bytes) => this.#console.output(stream, bytes);
    const onAdded = (added: Instance) => {
      this.#instance = added;
      void this.#parts.reveal(added);
      this.#say(debugText.started(name, added.number, isDebugged ? 'debugged' : engineOf(profile)));
      if (profile.stdin.type === 'terminal') this.#openInput(name, added);
    };
    const instance = await startWithProgress(
      name,
      (signal, progress) =>
        this.#parts.engine.startInstance(
          content.build,
          profile,
          { output, terminal: true },
          { signal, progress, onAdded, ...defined({ onInspector: attachment?.attach }) },
        ),
      patienceMs,
    );
    this.#instance = instance;
    if (attachment?.failure !== undefined)
      throw new RequestFailed(debugText.stopped(name, errorText(attachment.failure)));
    if (instance.state.type !== 'ready') throw new RequestFailed(notStartedText(name, instance.state));
  }

  /** Why `instance: current` leads to a fresh instance. */
  #whyFresh(path: string, profile: Profile): string {
    const plan = this.#parts.planAgain(path, profile);
    return plan.type === 'fresh' && plan.insteadOf !== undefined
      ? debugText.otherGrants(plan.insteadOf.number)
      : debugText.noCurrentInstance();
  }

  /** What attaches js-debug when the runner waits for it. The engine does not pass on why that failed: `failure` does. */
  #attachment(content: ReadComponent, launch: Launch) {
    const watch = new GuestWatch(launch.stopOnTrap, {
      onStopped: (session, reason, threadId) => void this.#onStopped(session, reason, threadId),
    });
    this.#watch = watch;
    this.#owned.push(watch);
    const attachment = {
      failure: undefined as unknown,
      attach: async (url: string, moduleCount: number): Promise<void> => {
        try {
          await attachDebugger({
            session: this.#session,
            watch,
            url,
            moduleCount,
            launch,
            componentPath: content.build.path,
            runExport: this.#run?.ref.interface ?? '',
            say: (text) => {
              this.#say(text);
            },
          });
        } catch (error) {
          attachment.failure = error;
          throw error;
        }
      },
    };
    return attachment;
  }

  /** Ends the session with its instance. */
  #followInstance(): void {
    this.#owned.push(
      this.#parts.registry.onDidChange((change) => {
        if (change.instance.id !== this.#instance?.id) return;
        // A call that ends the instance, as on wasmtime, is told of first.
        const hasEnded = change.type === 'removed' || !isAlive(change.instance.state);
        if (hasEnded && (this.#isDebugged || !this.#isCalling)) this.#end();
        this.#parts.changed();
      }),
    );
  }

  get #isDebugged(): boolean {
    return this.#session.configuration.noDebug !== true;
  }

  /** What is typed in this terminal is the guest's standard input; what it prints goes to the console. */
  #openInput(name: string, instance: Instance): void {
    const { id, number } = instance;
    this.#parts.terminals.open(id, debugText.inputTitle(name, number)).note(debugText.input(name, number));
  }

  async #call(): Promise<void> {
    const { engine, knowledge } = this.#parts;
    const instance = this.instance;
    const run = this.#run;
    if (instance === undefined || run === undefined) return;
    const number = instance.callCount + 1;
    if (number > 1) this.#say(debugText.repeatedCall(number, instance.number));
    this.#isCalling = true;
    try {
      const call = await engine.call(instance.id, run.ref, [], { profile: run.profile });
      this.#console.flush();
      const verdict = knowledge.verdict(instance.build.sha256, run.ref);
      const facts = trapFacts(this.instance ?? instance, call, verdict);
      const explanation = facts && explainTrap(facts);
      if (explanation !== null && this.#explainedCall !== call.number)
        this.#say(`${explanation.what} ${explanation.next}`);
      else if (!this.#ended) this.#say(`${exportLabel(run.ref)} ${ending(call)}`);
      const after = this.instance;
      if (after !== undefined && acceptsCalls(after.state)) this.#afterReturn(after);
    } catch (error) {
      this.#say(errorText(error));
    }
    this.#isCalling = false;
    if (this.instance === undefined || !isAlive(this.instance.state)) this.#end();
    this.#parts.changed();
  }

  #afterReturn(instance: Instance): void {
    if (this.#watch === undefined) {
      this.#end();
      return;
    }
    const { number, state } = instance;
    this.#say(state.type === 'spent' ? debugText.keptSpent(number) : debugText.kept(number));
  }

  async #onStopped(session: vscode.DebugSession, reason: string, threadId: number): Promise<void> {
    const instance = this.instance;
    const call = instance?.calls.at(-1);
    if (reason !== 'exception' || instance === undefined || call === undefined) return;
    const verdict = this.#parts.knowledge.verdict(instance.build.sha256, call.export);
    const stopped = await readStoppedTrap({ session, threadId, instance, call, verdict });
    if (stopped === null) return;
    // WebAssembly cannot catch a trap: however the session ends now, this is how the call ended.
    this.#parts.engine.noteTrap(instance.id, stopped.trap);
    const { explanation } = stopped;
    if (explanation === null) return;
    this.#console.flush();
    this.#explainedCall = call.number;
    this.#dap.event('output', { category: 'stderr', output: `${explanation.what}\n${explanation.next}\n` });
  }

  async #disconnect(): Promise<void> {
    this.#ended = true;
    const instance = this.instance;
    if (instance !== undefined && isAlive(instance.state)) {
      await this.#parts.engine.stop(instance.id, { type: 'user' });
    }
    this.#parts.changed();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#console.flush();
    const instance = this.instance;
    if (instance !== undefined && isAlive(instance.state)) {
      void this.#parts.engine.stop(instance.id, { type: 'user' });
    }
    this.#dap.event('terminated');
    this.#parts.changed();
  }

  #close(): void {
    this.#end();
    for (const owned of this.#owned) owned.dispose();
    this.#messages.dispose();
  }

  /** A line of ours. */
  #say(text: string): void {
    this.#dap.event('output', { category: 'console', output: `${text}\n` });
  }
}

function runOf(name: string, content: ReadComponent, wanted: string | undefined): ExportRef {
  const { entry, runExports } = content.summary;
  if (wanted !== undefined) {
    if (runExports.includes(wanted)) return { interface: wanted, func: 'run' };
    throw new RequestFailed(
      runExports.length === 0
        ? debugText.noRunExport(name, wanted)
        : debugText.notExported(name, wanted, runExports),
    );
  }
  if (entry === null) {
    throw new RequestFailed(debugText.library(name));
  }
  return { interface: entry, func: 'run' };
}

function ending(call: Call): string {
  if (call.ended === undefined) return debugText.notEnded();
  return `${describeOutcome(call.ended.outcome)} · ${formatDuration(call.ended.durationMs)}`;
}
