import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';

/** Changes of states come in bursts; lenses follow this much later, in ms. */
const settleMs = 60;

/**
 * Delay before VS Code is told again, in ms. VS Code asks for lenses 375 ms after it was last told, and not at all if the editor loses the
 * focus meanwhile, as when a run opens its terminal. So it is told in steps that leave it the time to ask, and again at the end.
 */
const againMs = 450;

/** Tells VS Code when to ask for lenses anew. */
export class LensChanges implements Disposable {
  readonly #changes = new Emitter<void>();
  #isNew = false;
  #timer: NodeJS.Timeout | undefined;

  /** Fires a moment after a change, at intervals while changes go on, and once after the last. */
  readonly event = this.#changes.event;

  /** Something that lenses show is another now. */
  readonly note = (): void => {
    this.#isNew = true;
    this.#timer ??= setTimeout(this.#tell, settleMs);
  };

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changes.dispose();
  }

  readonly #tell = (): void => {
    this.#timer = this.#isNew ? setTimeout(this.#tell, againMs) : undefined;
    this.#isNew = false;
    this.#changes.fire();
  };
}
