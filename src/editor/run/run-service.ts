import type { Verdict } from '../../reuse/verdict';
import { verdictReason } from '../../words/verdict';
import * as vscode from 'vscode';
import { type Call, type ExportRef, trapSource } from '../../instance/call';
import { explainTrap } from '../../words/trap';
import { formatCommandLine } from '../../calls/command-line';
import { isAlive, isFinished } from '../../instance/life';
import type { Knowledge } from '../../calls/knowledge';
import { callProfile, type Profile } from '../../instance/profile';
import type { Build, Instance, InstanceRegistry } from '../../instance/registry';
import type { Engine } from '../../engine/engine';
import { UserError } from '../common/user-error';
import type { KnownComponent } from '../components/known-component';
import { readOrRefuse } from '../components/read-or-refuse';
import { commandIds } from '../common/ids';
import { settings } from '../settings/settings';
import type { TerminalRegistry } from '../terminal/terminal-registry';
import { RepeatedRunQuestion } from './ask-repeated';
import type { CallPlanner, PlannedCall } from '../engine/call-planner';
import type { ProfileStore } from '../engine/profile-store';
import { openSourceOf } from '../common/open-source';
import { instanceTitle, type InstanceStarter } from './instance-starter';
import { mayRun } from '../common/trust';
import { notify } from '../common/notify';
import { otherGrants } from '../../words/plan';

/** What is run: a build, and which of its runs. */
interface Runnable {
  readonly build: Build;
  readonly run: ExportRef;
}

/** Which run is meant, and on which instance. */
export interface RunRequest extends Pick<PlannedCall, 'picked'> {
  /** By default the run that Run calls. */
  readonly export?: ExportRef;
  /** Whether the run is on a fresh instance in any case. */
  readonly fresh?: boolean;
}

/** What {@link RunService} works with. */
export interface RunServiceParts {
  readonly engine: Engine;
  readonly registry: InstanceRegistry;
  readonly knowledge: Knowledge;
  readonly planner: CallPlanner;
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

  /** Runs a component. Resolves when the run has ended; undefined if there was none. */
  async run(component: KnownComponent, request: RunRequest = {}): Promise<Call | undefined> {
    const runnable = await this.#runnable(component, request.export);
    if (runnable === null) return undefined;
    if (request.fresh === true) return await this.#runFresh(component, runnable);
    return await this.#runOn(component, runnable, request);
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

  async #runnable(component: KnownComponent, run: ExportRef | undefined): Promise<Runnable | null> {
    const { name } = component;
    const { build, summary } = readOrRefuse(component, 'cannot be run');
    if (summary.entry === null) {
      throw new UserError(
        `${name} has nothing to run: it does not export wasi:cli/run.`,
        'It is a library; "Show Component Interface" lists what it exports.',
      );
    }
    if (!(await mayRun(name))) return null;
    return { build, run: run ?? { interface: summary.entry, func: 'run' } };
  }

  async #runOn(
    component: KnownComponent,
    runnable: Runnable,
    { picked, insists = false }: Pick<PlannedCall, 'picked' | 'insists'>,
  ): Promise<Call | undefined> {
    const plan = this.#parts.planner.plan(component.path, { export: runnable.run, picked, insists });
    switch (plan.type) {
      case 'fresh':
        return await this.#runFresh(component, runnable, picked && plan.insteadOf);
      case 'call':
      // The engine refuses a call that the state does not allow, and says why.
      case 'refuse':
        return await this.#call(component.name, plan.instance, runnable.run);
      case 'ask':
        return await this.#ask(component, runnable, plan.instance, plan.why);
    }
  }

  async #ask(
    component: KnownComponent,
    runnable: Runnable,
    instance: Instance,
    why: Verdict,
  ): Promise<Call | undefined> {
    switch (await this.#question.ask(component.name, instance, verdictReason(why))) {
      case 'fresh':
        return await this.#runFresh(component, runnable);
      case 'anyway':
        // The grants may have changed while the question was open.
        return await this.#runOn(component, runnable, { picked: instance, insists: true });
      case 'cancel':
        return undefined;
    }
  }

  /** @param insteadOf the instance that the user picked, where it has other grants */
  async #runFresh(
    component: KnownComponent,
    { build, run }: Runnable,
    insteadOf?: Instance,
  ): Promise<Call | undefined> {
    const instance = await this.#parts.starter.start(component.name, build);
    if (instance === undefined) return undefined;
    if (insteadOf !== undefined) void notify.info(otherGrants(component.name, insteadOf, instance));
    return await this.#call(component.name, instance, run);
  }

  async #call(name: string, instance: Instance, ref: ExportRef): Promise<Call> {
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
