import * as vscode from 'vscode';
import { type Call, type ExportRef, trapSource } from '../../instance/call';
import { explainTrap } from '../../calls/explain-trap';
import { formatCommandLine } from '../../calls/command-line';
import { isAlive, isFinished } from '../../instance/life';
import type { Knowledge } from '../../calls/knowledge';
import { callProfile, grantsKey, type Profile } from '../../instance/profile';
import { currentInstance, type Instance, type InstanceRegistry } from '../../instance/registry';
import { planRun } from '../../calls/run-policy';
import type { Engine } from '../../engine/engine';
import { UserError } from '../common/user-error';
import type { KnownComponent, ReadComponent } from '../components/known-component';
import { readOrRefuse } from '../components/read-or-refuse';
import { commandIds } from '../common/ids';
import { settings } from '../settings/settings';
import type { TerminalRegistry } from '../terminal/terminal-registry';
import { RepeatedRunQuestion } from './ask-repeated';
import type { ProfileStore } from './profile-store';
import { openSourceOf } from '../common/open-source';
import { instanceTitle, type InstanceStarter } from './instance-starter';
import { mayRun } from '../common/trust';
import { notify } from '../common/notify';

/** A component that was read and that has a run. */
type Runnable = ReadComponent & { readonly summary: { readonly entry: string } };

/** What {@link RunService} works with. */
export interface RunServiceParts {
  readonly engine: Engine;
  readonly registry: InstanceRegistry;
  readonly knowledge: Knowledge;
  readonly profiles: ProfileStore;
  readonly terminals: TerminalRegistry;
  readonly starter: InstanceStarter;
}

/** Runs components for the user: picks the instance, asks where a call would trap, shows output and outcome. */
export class RunService {
  readonly #parts: RunServiceParts;

  readonly #question = new RepeatedRunQuestion();

  constructor(parts: RunServiceParts) {
    this.#parts = parts;
  }

  /** Runs a component on its current instance where a call is allowed, else on a fresh one. Resolves when the call has ended. */
  async run(component: KnownComponent): Promise<Call | undefined> {
    const read = await this.#runnable(component);
    if (read === null) return undefined;
    const plan = planRun(currentInstance(this.#parts.registry.of(component.path)), settings.onRepeatedRun());
    switch (plan.type) {
      case 'fresh':
        return await this.#runFresh(component, read);
      case 'call':
        // What was granted since would not reach the instance, and what was taken away would still be its own.
        if (grantsKey(plan.instance.profile) !== grantsKey(this.#parts.profiles.get(component.path)))
          return await this.#runFresh(component, read);
        return await this.#call(component.name, plan.instance, read.summary.entry);
      case 'ask':
        return await this.#ask(component, read, plan.instance, plan.why);
    }
  }

  /** Runs a component in a fresh instance, whatever became of the others. */
  async runFresh(component: KnownComponent): Promise<Call | undefined> {
    const read = await this.#runnable(component);
    return read === null ? undefined : await this.#runFresh(component, read);
  }

  /**
   * Runs once more on this very instance; asks first where that would trap.
   * @param run the run export that is meant, where a component has several; by default the one that Run calls
   */
  async runAgain(component: KnownComponent, instance: Instance, run?: ExportRef): Promise<Call | undefined> {
    const runnable = await this.#runnable(component);
    if (runnable === null) return undefined;
    const entry = run?.interface ?? runnable.summary.entry;
    const read = { ...runnable, summary: { ...runnable.summary, entry } };
    if (instance.state.type === 'spent' && settings.onRepeatedRun() !== 'same') {
      return await this.#ask(component, read, instance, instance.state.why);
    }
    return await this.#call(component.name, instance, read.summary.entry);
  }

  /** Takes an instance away, stopping what runs on it. Its terminal closes with it. */
  async dispose(instance: Instance): Promise<void> {
    await this.#parts.engine.disposeInstance(instance.id);
    this.#parts.terminals.get(instance.id)?.dispose();
  }

  /** Takes away every instance on which nothing more will happen. */
  async disposeFinished(): Promise<void> {
    const finished = this.#parts.registry.all().filter(({ state }) => isFinished(state));
    await Promise.all(finished.map((instance) => this.dispose(instance)));
  }

  /** Takes away every instance, stopping what runs. */
  async disposeAll(): Promise<void> {
    await Promise.all(this.#parts.registry.all().map((instance) => this.dispose(instance)));
  }

  /** Stops an instance. Does nothing where it has ended already. */
  async stop(instance: Instance): Promise<void> {
    if (isAlive(instance.state)) await this.#parts.engine.stop(instance.id, { type: 'user' });
  }

  async #runnable(component: KnownComponent): Promise<Runnable | null> {
    const { name } = component;
    const content = readOrRefuse(component, 'cannot be run');
    const { entry } = content.summary;
    if (entry === null) {
      throw new UserError(
        `${name} has nothing to run: it does not export wasi:cli/run.`,
        'It is a library; "Show Component Interface" lists what it exports.',
      );
    }
    if (!(await mayRun(name))) return null;
    return { ...content, summary: { ...content.summary, entry } };
  }

  async #ask(
    component: KnownComponent,
    read: Runnable,
    instance: Instance,
    why: string,
  ): Promise<Call | undefined> {
    switch (await this.#question.ask(component.name, instance, why)) {
      case 'fresh':
        return await this.#runFresh(component, read);
      case 'anyway': {
        const now = this.#parts.registry.get(instance.id);
        if (now === undefined)
          throw new UserError(`Instance #${String(instance.number)} is gone.`, 'Run in a fresh instance.');
        return await this.#call(component.name, now, read.summary.entry);
      }
      case 'cancel':
        return undefined;
    }
  }

  async #runFresh(component: KnownComponent, read: Runnable): Promise<Call | undefined> {
    const instance = await this.#parts.starter.start(component.name, read.build);
    if (instance === undefined) return undefined;
    return await this.#call(component.name, instance, read.summary.entry);
  }

  async #call(name: string, instance: Instance, entry: string): Promise<Call> {
    const ref: ExportRef = { interface: entry, func: 'run' };
    const profile = callProfile(instance.profile, this.#parts.profiles.get(instance.build.path));
    const terminal = this.#parts.terminals.open(instance.id, instanceTitle(name, instance));
    if (settings.revealTerminal()) terminal.show();
    if (instance.callCount > 0) terminal.note(`Call ${String(instance.callCount + 1)} on the same instance`);
    const call = await this.#parts.engine.call(instance.id, ref, [], {
      argumentText: argumentText(profile),
      profile,
    });
    const explanation = explainTrap(
      instance.number,
      call,
      this.#parts.knowledge.verdict(instance.build.sha256),
    );
    await this.#parts.terminals.noteEnd(instance.id, call, explanation);
    if (explanation !== null)
      void this.#announceTrap(name, instance, call, `${explanation.what} ${explanation.next}`);
    return call;
  }

  async #announceTrap(name: string, instance: Instance, call: Call, words: string): Promise<void> {
    const line = 'Show Line';
    const fresh = 'Run in Fresh Instance';
    const why = 'Why?';
    const target = { path: instance.build.path };
    const source = trapSource(call);
    const choices = [...(source === undefined ? [] : [line]), fresh, why];
    const choice = await notify.warn(`${name}: ${words}`, ...choices);
    if (choice === line && source !== undefined) await openSourceOf(target.path, source);
    if (choice === fresh) await vscode.commands.executeCommand(commandIds.runFresh, target);
    if (choice === why) await vscode.commands.executeCommand(commandIds.explainVerdict, target);
  }
}

/** What a run was given, as the tree shows it. */
function argumentText(profile: Profile): string {
  return formatCommandLine(profile);
}
