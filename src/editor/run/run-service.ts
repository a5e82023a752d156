import type { Verdict } from '../../reuse/verdict';
import { verdictReason } from '../../words/verdict';
import type { Call, ExportRef } from '../../instance/call';
import { trapFacts } from '../../calls/explain-trap';
import { explainTrap } from '../../words/trap';
import { announceRunTrap } from './announce-trap';
import { formatCommandLine } from '../../calls/command-line';
import type { Knowledge } from '../../calls/knowledge';
import { callProfile, type Profile } from '../../instance/profile';
import type { Build, Instance, InstanceRegistry } from '../../instance/registry';
import type { Engine } from '../../engine/engine';
import { UserError } from '../common/user-error';
import type { KnownComponent } from '../components/known-component';
import { readOrRefuse } from '../components/read-or-refuse';
import { settings } from '../settings/settings';
import type { TerminalRegistry } from '../terminal/terminal-registry';
import { RepeatedRunQuestion } from './ask-repeated';
import type { CallPlanner, PlannedCall } from '../engine/call-planner';
import type { ProfileStore } from '../engine/profile-store';
import { instanceTitle, type InstanceStarter } from './instance-starter';
import { mayRun } from '../common/trust';
import { notify } from '../common/notify';
import { otherGrants } from '../../words/plan';
import { runText } from '../../words/run';
import { commandErrors, readRefusals } from '../../words/user-errors';

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

  async #runnable(component: KnownComponent, run: ExportRef | undefined): Promise<Runnable | null> {
    const { name } = component;
    const { build, summary } = readOrRefuse(component, readRefusals.run);
    if (summary.entry === null) {
      throw new UserError(...commandErrors.noRun(name));
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
    const { engine, registry, knowledge, profiles, terminals } = this.#parts;
    const profile = callProfile(instance.profile, profiles.get(instance.build.path));
    const terminal = terminals.open(instance.id, instanceTitle(name, instance));
    if (settings.revealTerminal()) terminal.show();
    if (instance.callCount > 0) terminal.note(runText.repeatedCall(instance.callCount + 1));
    const call = await engine.call(instance.id, ref, [], {
      argumentText: argumentText(profile),
      profile,
    });
    const after = registry.get(instance.id) ?? instance;
    const facts = trapFacts(after, call, knowledge.verdict(instance.build.sha256, ref));
    await terminals.noteEnd(instance.id, call, facts && explainTrap(facts));
    if (facts !== null) void announceRunTrap(name, facts, instance.build.path);
    return call;
  }
}

/** What a run was given, as the tree shows it. */
function argumentText(profile: Profile): string {
  return formatCommandLine(profile);
}
