import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Emitter } from '../../../src/base/event';
import { LensChanges } from '../../../src/editor/common/lens-changes';

/**
 * An editor as VS Code has it (`codelensController.ts`, 1.100 to 1.139): it asks a while after it was told, begins that time again each
 * time, and drops the request when it loses the focus. The time is what the providers took for their last six answers.
 */
class VsCodeEditor {
  /** What it shows: the state of which the lenses were made. */
  shows: string | undefined;
  /** When it asked, in ms. */
  readonly askedAt: number[] = [];
  /** How long all providers together take to answer, in ms. */
  answerMs = 5;
  readonly #took: number[] = [];
  readonly #provide: () => string;
  #scheduled: NodeJS.Timeout | undefined;
  #request = 0;

  constructor(changes: LensChanges, provide: () => string) {
    this.#provide = provide;
    changes.event(this.#schedule);
  }

  open = (): void => {
    this.#schedule();
  };

  focus = (): void => {
    this.#schedule();
  };

  blur = (): void => {
    clearTimeout(this.#scheduled);
  };

  get #delayMs(): number {
    if (this.#took.length === 0) return 375;
    const sum = this.#took.reduce((total, ms) => total + ms, 0);
    return Math.min(62_500, Math.max(250, sum / this.#took.length));
  }

  readonly #schedule = (): void => {
    clearTimeout(this.#scheduled);
    this.#scheduled = setTimeout(() => {
      this.askedAt.push(Date.now());
      const request = ++this.#request;
      const answer = this.#provide();
      setTimeout(() => {
        if (request !== this.#request) return;
        this.#took.push(this.answerMs);
        if (this.#took.length > 6) this.#took.shift();
        this.shows = answer;
      }, this.answerMs);
    }, this.#delayMs);
  };
}

describe('telling VS Code that lenses have changed', () => {
  const document = 'file:///calls.wave';
  let shownChanged: Emitter<void>;
  let shown: string[];
  let changes: LensChanges;
  let state: string;
  /** When VS Code was told, in ms. */
  let told: number[];

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    shownChanged = new Emitter();
    shown = [document];
    changes = new LensChanges({ shown: () => shown, onDidChangeShown: shownChanged.event });
    state = 'first';
    told = [];
    changes.event(() => told.push(Date.now()));
  });

  afterEach(() => {
    changes.dispose();
    mock.timers.reset();
  });

  function editorOf(name = document): VsCodeEditor {
    return new VsCodeEditor(changes, () => {
      changes.asked(name);
      return state;
    });
  }

  function change(to: string): void {
    state = to;
    changes.note();
  }

  /** Lets time pass in steps, so that a timer that a timer starts is at its time. */
  function pass(ms: number): void {
    for (let at = 0; at < ms; at += 5) mock.timers.tick(5);
  }

  it('happens once, when VS Code asks', () => {
    const editor = editorOf();
    change('second');
    pass(100_000);
    assert.equal(editor.shows, 'second');
    assert.deepEqual(told, [60]);
  });

  it('happens again when the editor loses the focus before it asks', () => {
    const editor = editorOf();
    change('second');
    pass(300);
    editor.blur();
    pass(1_000);
    assert.equal(editor.shows, 'second');
  });

  it('happens again when the editor loses the focus and its providers are slow', () => {
    const editor = editorOf();
    editor.answerMs = 2_000;
    editor.open();
    pass(3_000);
    for (let call = 1; call <= 20; call++) {
      change(`call ${String(call)}`);
      pass(100);
    }
    pass(1_500);
    editor.blur();
    pass(15_000);
    assert.equal(editor.shows, 'call 20');
  });

  it('happens again however often the focus moves', () => {
    const editor = editorOf();
    change('second');
    for (let moved = 0; moved < 20; moved++) {
      pass(200);
      editor.focus();
      pass(200);
      editor.blur();
    }
    pass(60_000);
    assert.equal(editor.shows, 'second');
  });

  it('leaves VS Code the time to ask while changes go on, however slow its providers are', () => {
    const editor = editorOf();
    editor.answerMs = 2_000;
    editor.open();
    pass(3_000);
    for (let at = 0; at < 60_000; at += 50) {
      change(String(at));
      pass(50);
    }
    assert.ok(editor.askedAt.length > 10, String(editor.askedAt.length));
  });

  it('takes no longer after a slow answer than before', () => {
    const editor = editorOf();
    editor.answerMs = 8_000;
    editor.open();
    pass(20_000);
    editor.answerMs = 5;
    for (let quick = 0; quick < 8; quick++) {
      change('quick');
      pass(60_000);
    }
    change('last');
    const before = Date.now();
    pass(60_000);
    assert.deepEqual(
      editor.askedAt.filter((at) => at >= before).map((at) => at - before),
      [310],
    );
  });

  it('happens after an answer that was made from the former state', () => {
    const editor = editorOf();
    editor.answerMs = 1_000;
    editor.open();
    pass(400);
    change('second');
    pass(20_000);
    assert.equal(editor.shows, 'second');
  });

  it('happens until each editor has asked that shows the document', () => {
    const [left, right] = [editorOf(), editorOf()];
    shown = [document, document];
    change('second');
    pass(300);
    right.blur();
    pass(2_000);
    assert.deepEqual([left.shows, right.shows], ['second', 'second']);
  });

  it('happens when a document comes to be shown and is not asked for', () => {
    shown = [];
    const editor = editorOf();
    change('second');
    pass(10_000);
    editor.open();
    shown = [document];
    shownChanged.fire();
    editor.blur();
    pass(2_000);
    assert.equal(editor.shows, 'second');
  });

  it('happens ever more seldom for a document that is never asked for', () => {
    const editor = editorOf();
    shown = [document, 'file:///too-large.wave'];
    change('second');
    pass(600_000);
    assert.equal(editor.shows, 'second');
    assert.ok(told.length < 20, String(told.length));
    const before = told.length;
    change('third');
    pass(1_000);
    assert.equal(editor.shows, 'third');
    assert.ok(told.length > before);
  });

  it('happens once where no document is shown', () => {
    shown = [];
    change('second');
    pass(100_000);
    assert.deepEqual(told, [60]);
  });

  it('ends with its owner', () => {
    changes.note();
    changes.dispose();
    pass(200);
    assert.deepEqual(told, []);
  });
});
