import { trapText } from '../../../src/words/outcome';
import { startFailureText } from '../../../src/words/start-failure';
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import type { Outcome } from '../../../src/component/outcome';
import type { Call } from '../../../src/instance/call';
import type { Profile } from '../../../src/instance/profile';
import type { Instance } from '../../../src/instance/registry';
import { Output, TestEngine } from '../harness';
import { artifactsFolder } from '../support/artifacts';
import { eventually, isRunning } from '../support/processes';

/** How a hostile guest's run ended. */
export interface Fight {
  readonly instance: Instance;
  readonly call: Call;
  readonly output: Output;
}

/**
 * An engine in which a well-behaved instance lives beside the hostile ones. {@link close} fails if that one noticed anything or if a
 * process of the hostile ones is left, {@link dispose} if anything at all is.
 */
export class Arena {
  readonly test = new TestEngine({ cacheDir: artifactsFolder });
  readonly #siblingOutput = new Output();
  /** The processes of all instances. */
  readonly #pids: number[] = [];
  /** The hostile instances since the last {@link close}. */
  readonly #started: { readonly id: string; readonly pid: number }[] = [];
  #sibling: Instance | undefined;
  #siblingRuns = 0;
  #descriptors = 0;

  async open(): Promise<void> {
    this.#descriptors = openDescriptors();
    this.#sibling = await this.test.start('counter', {}, this.#siblingOutput);
    await this.checkSibling();
  }

  /** Starts a fixture and notes its process. */
  async start(name: string, profile: Partial<Profile> = {}, output = new Output()): Promise<Instance> {
    const instance = await this.test.start(name, { stdin: { type: 'empty' }, ...profile }, output);
    this.note(instance);
    return instance;
  }

  /** Notes the process of an instance that was started in another way. */
  note(instance: Instance): void {
    const pid = this.test.engine.pidOf(instance.id);
    if (pid === undefined) return;
    this.#pids.push(pid);
    this.#started.push({ id: instance.id, pid });
  }

  /** Starts a fixture, calls its run, and gives how that ended. */
  async fight(name: string, profile: Partial<Profile> = {}, output = new Output()): Promise<Fight> {
    const instance = await this.start(name, profile, output);
    assert.equal(instance.state.type, 'ready');
    const call = await this.test.run(instance);
    return { instance: this.test.now(instance), call, output };
  }

  /** Checks that the well-behaved instance answers, and counts from where it was. */
  async checkSibling(): Promise<void> {
    const sibling = this.#sibling;
    assert.ok(sibling);
    const call = await this.test.run(sibling);
    this.#siblingRuns += 1;
    assert.deepEqual(call.ended?.outcome, { type: 'ok' });
    const line = `Run ${String(this.#siblingRuns)} on this instance\n`;
    assert.equal(this.#siblingOutput.stdout.slice(-line.length), line);
    assert.equal(this.test.now(sibling).state.type, 'ready');
  }

  /** Ends what is left of the hostile instances and checks that no runner of one that ended badly remains. */
  async close(): Promise<void> {
    await this.checkSibling();
    const { engine, registry } = this.test;
    const bad = this.#started
      .filter(({ id }) => !endedCleanly(registry.get(id)?.state.type))
      .map(({ pid }) => pid);
    for (const { id } of this.#started.splice(0)) await engine.disposeInstance(id);
    const left = () => bad.filter(isRunning);
    assert.ok(await eventually(() => left().length === 0, 1000), `processes ${left().join(', ')} remain`);
  }

  /** Ends the engine and checks that nothing is left: neither a process nor a descriptor. */
  async dispose(): Promise<void> {
    await this.test.engine.shutdown();
    const left = () => this.#pids.filter(isRunning);
    assert.ok(await eventually(() => left().length === 0, 1000), `processes ${left().join(', ')} remain`);
    assert.ok(
      await eventually(() => openDescriptors() <= this.#descriptors, 1000),
      `${String(openDescriptors())} descriptors are open, ${String(this.#descriptors)} were`,
    );
  }
}

/** Whether an instance's runner may live on for another one. */
function endedCleanly(state: string | undefined): boolean {
  return state === 'ready' || state === 'spent' || state === 'exited';
}

/** How many files, pipes and sockets this process has open, where the system tells. */
function openDescriptors(): number {
  return existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0;
}

/** The state of an instance, with all that belongs to it. */
export function stateOf(instance: Instance): string {
  const { state } = instance;
  switch (state.type) {
    case 'trapped':
      return `trapped: ${trapText(state.trap)}`;
    case 'exited':
      return `exited ${String(state.code)}`;
    case 'stopped':
      return `stopped: ${state.reason.type}`;
    case 'failed':
      return `failed: ${startFailureText(state.failure)}`;
    default:
      return state.type;
  }
}

/** How a call ended, with all that belongs to it. */
export function outcomeOf(outcome: Outcome): string {
  switch (outcome.type) {
    case 'ok':
      return 'returned ok';
    case 'error':
      return 'returned an error';
    case 'trapped':
      return `trapped: ${trapText(outcome.trap)}`;
    case 'exited':
      return `exited with ${String(outcome.code)}`;
    case 'stopped':
      return `stopped: ${outcome.reason.type}`;
  }
}
