import type { Verdict } from '../reuse/verdict';
import { basename } from 'node:path';
import type { Callable } from '../component/wave/export-lookup';
import type { Completion } from '../component/wave/complete';
import type { WaveError } from '../component/wave/error';
import type { Outcome } from '../component/outcome';
import { refOf, type ExportRef } from '../instance/call';
import { acceptsCalls, refusalOf, type Refusal } from '../instance/life';
import type { Instance } from '../instance/registry';
import type { CallSession } from './call-session';
import type { CallPlan } from './plan-call';
import { resultText } from './call-text';
import {
  completeHandles,
  handleCommandNames,
  parseHandleCommand,
  runHandleCommand,
  type HandleCommand,
  type HandleResult,
} from './handle-commands';

/** What a console has to say. `src/words/console.ts` puts it into words. */
export type ConsoleOutput =
  | { readonly type: 'greeting' }
  /** The result of a call, as WAVE. */
  | { readonly type: 'result'; readonly text: string; readonly isError: boolean }
  /** A call that did not return. */
  | { readonly type: 'not-returned'; readonly callee: Callable; readonly outcome: Outcome }
  /** A text that is no call. */
  | { readonly type: 'wrong-text'; readonly text: string; readonly error: WaveError }
  /** A call that was not made, since the instance takes none. */
  | { readonly type: 'refused'; readonly why: Refusal }
  /** A call that was not made, since it would trap. The same line makes it anyway. */
  | { readonly type: 'would-trap'; readonly why: Verdict }
  /** A call that was not made, since the grants have changed after the instance was made. */
  | { readonly type: 'other-grants' }
  /** The instance takes no more calls. */
  | { readonly type: 'instance-ended' }
  | { readonly type: 'state'; readonly instance: Instance }
  | { readonly type: 'exports'; readonly exports: readonly Callable[] }
  | { readonly type: 'handles'; readonly result: HandleResult }
  | { readonly type: 'help' }
  | { readonly type: 'unknown-command'; readonly command: string }
  /** An exception while a line was carried out. */
  | { readonly type: 'failure'; readonly error: unknown };

/** The effect of a line. */
export type Entered =
  /** The call continues on the next line. */
  | { readonly type: 'incomplete' }
  | { readonly type: 'done'; readonly output: readonly ConsoleOutput[]; readonly history: string | null };

/** What a console works on. */
export interface ConsoleHost {
  /** The calls on the instance. Sessions that are shared share their handles. */
  session(): CallSession;
  /** The instance in its present state. */
  instance(): Instance;
  /**
   * Which instance a call is made on, where the console's is picked.
   * @param ref absent for what concerns handles
   */
  plan(ref?: ExportRef): CallPlan;
  /** Makes a fresh instance of the same build and profile and switches to it. */
  fresh(): Promise<Instance>;
  /** Columns of the terminal, for long results; undefined for no line breaks. */
  width(): number | undefined;
}

/** The commands of a console. */
export const consoleCommands = [':fresh', ':state', ':exports', ...handleCommandNames, ':help'] as const;

/** Takes lines for calls on one instance: each is a call, a part of one, or a command such as `:help`. */
export class CallConsole {
  readonly #host: ConsoleHost;
  /** The last line that was not called because it would trap. */
  #warnedOf = '';
  /** The lines of an incomplete call. */
  #begun = '';

  constructor(host: ConsoleHost) {
    this.#host = host;
  }

  /** Names the instance, or shows that a call continues. */
  get prompt(): string {
    if (this.#begun !== '') return '… ';
    const { build, number } = this.#host.instance();
    return `${basename(build.path)} #${String(number)}> `;
  }

  /** Carries out a line. */
  async enter(line: string, signal?: AbortSignal): Promise<Entered> {
    const text = this.#begun === '' ? line : `${this.#begun}\n${line}`;
    this.#begun = '';
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.startsWith('//')) return { type: 'done', output: [], history: null };
    const done = (output: readonly ConsoleOutput[]): Entered => ({ type: 'done', output, history: trimmed });
    if (trimmed.startsWith(':')) return done(await this.#command(trimmed, signal));
    const { state } = this.#host.instance();
    const why = refusalOf(state);
    if (why !== null) return done([{ type: 'refused', why }]);
    const checked = this.#host.session().check(text);
    if (!checked.ok && checked.error.incomplete) {
      this.#begun = text;
      return { type: 'incomplete' };
    }
    if (!checked.ok) return done([{ type: 'wrong-text', text, error: checked.error }]);
    const warning = this.#warning(trimmed, checked.value.callee);
    if (warning !== null) return done([warning]);
    return await this.#call(text, signal);
  }

  /** Why a call is not made, or not before its line is entered again; null if it is. */
  #warning(line: string, callee: Callable): ConsoleOutput | null {
    const plan = this.#host.plan(refOf(callee));
    if (plan.type === 'fresh') return { type: 'other-grants' };
    if (plan.type !== 'ask' || this.#warnedOf === line) {
      this.#warnedOf = '';
      return null;
    }
    this.#warnedOf = line;
    return { type: 'would-trap', why: plan.why };
  }

  /** Discards an incomplete call. */
  cancel(): void {
    this.#begun = '';
  }

  /** What could stand at the cursor of the present line; places are in that line. */
  complete(line: string, offset: number): Completion {
    if (this.#begun === '' && line.startsWith(':')) {
      const typed = line.slice(0, offset);
      const handles = completeHandles(typed, this.#host.session().handles);
      if (handles !== null) return handles;
      const candidates = consoleCommands
        .filter((name) => name.startsWith(typed))
        .map((name) => ({ label: name, insert: name, detail: '' }));
      return { start: 0, end: offset, candidates };
    }
    const before = this.#begun === '' ? '' : `${this.#begun}\n`;
    const { start, end, candidates } = this.#host.session().complete(before + line, before.length + offset);
    return { start: start - before.length, end: end - before.length, candidates };
  }

  async #call(text: string, signal: AbortSignal | undefined): Promise<Entered> {
    const session = this.#host.session();
    const made = await session.call(text, signal);
    if (!made.ok) {
      const wrong = { type: 'wrong-text', text, error: made.error } as const;
      return { type: 'done', output: [wrong], history: text.trim() };
    }
    const { call, callee, text: history } = made.value;
    const outcome = call.ended?.outcome;
    const output: ConsoleOutput[] = [];
    if (outcome !== undefined) {
      const width = this.#host.width();
      const result = resultText(callee, outcome, session.handles, width === undefined ? {} : { width });
      if (result === null) output.push({ type: 'not-returned', callee, outcome });
      else output.push({ type: 'result', text: result, isError: outcome.type !== 'ok' });
    }
    return { type: 'done', output: [...output, ...this.#ending()], history };
  }

  #ending(): readonly ConsoleOutput[] {
    return acceptsCalls(this.#host.instance().state) ? [] : [{ type: 'instance-ended' }];
  }

  async #command(text: string, signal: AbortSignal | undefined): Promise<readonly ConsoleOutput[]> {
    const handles = parseHandleCommand(text);
    if (handles !== null) return await this.#handles(handles, signal);
    switch (text) {
      case ':fresh':
        return [{ type: 'state', instance: await this.#host.fresh() }];
      case ':state':
        return [{ type: 'state', instance: this.#host.instance() }];
      case ':exports':
        return [{ type: 'exports', exports: this.#host.session().exports }];
      case ':help':
        return [{ type: 'help' }];
      default:
        return [{ type: 'unknown-command', command: text }];
    }
  }

  async #handles(command: HandleCommand, signal: AbortSignal | undefined): Promise<readonly ConsoleOutput[]> {
    const width = this.#host.width();
    const result = await runHandleCommand(command, this.#host.session(), this.#host.instance(), {
      ...(signal === undefined ? {} : { signal }),
      ...(width === undefined ? {} : { width }),
      plan: this.#host.plan(),
    });
    const called = result.type === 'drop' || result.type === 'read';
    return [{ type: 'handles', result }, ...(called ? this.#ending() : [])];
  }
}
