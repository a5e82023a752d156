import type { Engine } from '../../engine/engine';
import { isAlive, isFinished } from '../../instance/life';
import type { Instance, InstanceRegistry } from '../../instance/registry';
import type { TerminalRegistry } from '../terminal/terminal-registry';

/** What {@link InstanceEnder} works with. */
export interface InstanceEnderParts {
  readonly engine: Engine;
  readonly registry: InstanceRegistry;
  readonly terminals: TerminalRegistry;
}

/** Stops instances and removes them. */
export class InstanceEnder {
  readonly #parts: InstanceEnderParts;

  constructor(parts: InstanceEnderParts) {
    this.#parts = parts;
  }

  /** Removes an instance and its terminal. A call on it is stopped. */
  async dispose(instance: Instance): Promise<void> {
    await this.#parts.engine.disposeInstance(instance.id);
    this.#parts.terminals.get(instance.id)?.dispose();
  }

  /** Removes every instance that has ended or is spent. */
  async disposeFinished(): Promise<void> {
    const finished = this.#parts.registry.all().filter(({ state }) => isFinished(state));
    await Promise.all(finished.map((instance) => this.dispose(instance)));
  }

  /** Removes every instance. Calls are stopped. */
  async disposeAll(): Promise<void> {
    await Promise.all(this.#parts.registry.all().map((instance) => this.dispose(instance)));
  }

  /** Stops an instance. Does nothing where it has ended already. */
  async stop(instance: Instance): Promise<void> {
    if (isAlive(instance.state)) await this.#parts.engine.stop(instance.id, { type: 'user' });
  }
}
