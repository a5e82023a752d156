import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter, type Event } from '../../base/event';

/** Changes of states come in bursts; lenses follow this much later, in ms. */
const settleMs = 60;

/** What VS Code takes at least to ask for lenses after it was told of a change, in ms: 375 ms if it has measured nothing yet, and a margin. */
const shortestMs = 450;

/** VS Code waits 62.5 s at most before it asks. In ms. */
const longestMs = 64_000;

/** What {@link LensChanges} works with. */
export interface LensChangesParts {
  /** The documents that VS Code asks for lenses of, once for each editor that shows them. */
  readonly shown: () => readonly string[];
  /** Fires when `shown` may have changed. */
  readonly onDidChangeShown: Event<unknown>;
}

/**
 * Tells VS Code when to ask for lenses anew, until it has asked.
 *
 * An editor of VS Code asks some time after it was told: 250 ms at least, and as long as all providers took to answer lately. The time begins
 * again when VS Code is told again, and the request is dropped if the editor loses the focus meanwhile (`codelensController.ts` in VS Code).
 * So VS Code is told at intervals that leave it the time to ask, and again as long as a shown document was not asked for after a change.
 */
export class LensChanges implements Disposable {
  readonly #parts: LensChangesParts;
  readonly #owned = new DisposableStore();
  readonly #changes = this.#owned.add(new Emitter<void>());
  /** How often each document was asked for since the last change, and since it is shown. */
  readonly #asked = new Map<string, number>();
  /** Whether there was a change that VS Code was not told of yet. */
  #isNew = false;
  /** When VS Code was last told, in ms since the epoch; undefined if it has asked since. */
  #toldAt: number | undefined;
  /** How long VS Code is given to ask, in ms. */
  #patienceMs = shortestMs;
  /** How long it is given this time: each try is twice as long as the last. In ms. */
  #delayMs = shortestMs;
  #next: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined;

  constructor(parts: LensChangesParts) {
    this.#parts = parts;
    this.#owned.add(parts.onDidChangeShown(this.#shownChanged));
  }

  /** Fires a moment after a change, at intervals while there are more changes, and as long as VS Code has not asked. */
  readonly event = this.#changes.event;

  /** Marks the lenses as stale. */
  readonly note = (): void => {
    this.#isNew = true;
    this.#asked.clear();
    const now = Date.now();
    const settled = now + settleMs;
    this.#tellAt(this.#toldAt === undefined ? settled : Math.max(settled, this.#toldAt + this.#patienceMs));
  };

  /** Notes that VS Code asks for the lenses of a document, which are made from what is known now. */
  readonly asked = (document: string): void => {
    this.#asked.set(document, (this.#asked.get(document) ?? 0) + 1);
    if (this.#toldAt === undefined) return;
    const now = Date.now();
    const longest = Math.max(this.#patienceMs, this.#delayMs);
    this.#patienceMs = Math.min(longest, Math.max(shortestMs, (now - this.#toldAt) * 1.5));
    this.#toldAt = undefined;
    if (this.#isNew) this.#tellAt(now + settleMs);
  };

  dispose(): void {
    clearTimeout(this.#next?.timer);
    this.#owned.dispose();
  }

  /** Tells at a time, in ms since the epoch, if it is not told sooner. */
  #tellAt(at: number): void {
    if (this.#next !== undefined) {
      if (this.#next.at <= at) return;
      clearTimeout(this.#next.timer);
    }
    this.#next = { at, timer: setTimeout(this.#tell, at - Date.now()) };
  }

  readonly #tell = (): void => {
    this.#next = undefined;
    const isUnasked = this.#isUnasked();
    const hasNotAsked = this.#toldAt !== undefined && isUnasked;
    this.#toldAt = undefined;
    if (!this.#isNew && !isUnasked) return;
    if (this.#isNew && hasNotAsked) this.#patienceMs = twice(this.#patienceMs);
    this.#delayMs = this.#isNew ? this.#patienceMs : twice(this.#delayMs);
    this.#isNew = false;
    this.#toldAt = Date.now();
    this.#tellAt(this.#toldAt + this.#delayMs);
    this.#changes.fire();
  };

  /** Whether a shown document was not asked for since the last change. */
  #isUnasked(): boolean {
    const shown = this.#parts.shown();
    return shown.some(
      (document) => (this.#asked.get(document) ?? 0) < shown.filter((other) => other === document).length,
    );
  }

  /** VS Code asks for what comes to be shown, but drops that request as well. */
  readonly #shownChanged = (): void => {
    const shown = new Set(this.#parts.shown());
    for (const document of this.#asked.keys()) if (!shown.has(document)) this.#asked.delete(document);
    if (!this.#isUnasked()) return;
    this.#delayMs = this.#patienceMs;
    this.#tellAt(Date.now() + this.#patienceMs);
  };
}

function twice(ms: number): number {
  return Math.min(longestMs, ms * 2);
}
