import { defined } from '../base/defined';
import type { EngineError } from '../engine/errors';
import { readFile } from 'node:fs/promises';
import { err, ok, type Result } from '../base/result';
import type { Callable } from '../component/wave/export-lookup';
import { readExportedFunctions } from '../component/exported-functions';
import { parseCall } from '../component/wave/call';
import type { WaveError } from '../component/wave/error';
import { refOf, type Call } from '../instance/call';
import { CallReader } from './call-reader';
import { argumentsText, callText, foldedResult, resultText } from './call-text';
import type { DroppableHandle, HandleProblem, ReadableHandle } from './handle-table';
import type { Profile } from '../instance/profile';
import type { Build, InstanceId } from '../instance/registry';
import type { Engine } from '../engine/engine';
import { foldedReading, itemsAreNumbers } from './reading-text';
import { asReading, readLimits, type Reading, type ReadLimits } from '../engine/wire-reading';

/** A runner answered a read with something that is no reading. */
export interface BadAnswer {
  readonly code: 'bad-answer';
  /** Of the handle, with the `$`. */
  readonly name: string;
}

/** About how long a folded result is, in characters. */
const foldedLength = 80;

/** A call, with its text and the text of its result. */
export interface MadeCall {
  readonly callee: Callable;
  readonly call: Call;
  /** The call in its short form. It can be made again while its handles live. */
  readonly text: string;
  /** The result as WAVE on one line; null for a call that did not return. */
  readonly result: string | null;
  /** The beginning of the result, for lists of calls. */
  readonly folded: string | null;
}

/** A dropped handle, with the call of its destructor. */
export interface MadeDrop {
  readonly handle: DroppableHandle;
  readonly call: Call;
}

/** A stream or a future that was read, with the read as a call. */
export interface MadeRead {
  readonly handle: ReadableHandle;
  readonly call: Call;
  /** Null if the read ended the instance. */
  readonly reading: Reading | null;
}

/** Calls as text on one instance. They share its handles. */
export class CallSession extends CallReader {
  readonly #engine: Engine;
  readonly #instance: InstanceId;
  readonly #profile: () => Profile | undefined;

  /** @param profile what each call is given; by default what the instance was given last */
  constructor(
    engine: Engine,
    instance: InstanceId,
    exports: readonly Callable[],
    profile: () => Profile | undefined = () => undefined,
  ) {
    super(exports);
    this.#engine = engine;
    this.#instance = instance;
    this.#profile = profile;
  }

  /** Makes a call. The error is about the text. Rejects with CallRefused if the instance cannot be called. */
  async call(text: string, signal?: AbortSignal): Promise<Result<MadeCall, WaveError>> {
    const handles = this.handles.forCall();
    const parsed = parseCall(text, this.exports, handles);
    if (!parsed.ok) return parsed;
    const { callee, args } = parsed.value;
    const argumentText = argumentsText(callee, args, this.handles);
    const given = handles.given();
    const profile = this.#profile();
    const call = await this.#engine.call(this.#instance, refOf(callee), args, {
      argumentText,
      ...(given.length === 0 ? {} : { gives: given }),
      ...defined({ profile, signal }),
    });
    handles.made();
    const outcome = call.ended?.outcome;
    const made = callText(callee, argumentText, this.exports);
    const home = callee.interface;
    const naming = this.handles.returnedBy(
      home === undefined ? { text: made } : { text: made, interface: home },
    );
    const folded = outcome === undefined ? null : foldedResult(callee, outcome, naming, foldedLength);
    const result = outcome === undefined ? null : resultText(callee, outcome, naming);
    if (folded !== null) this.#engine.noteResult(this.#instance, call, folded);
    return ok({ callee, call, text: made, result, folded });
  }

  /**
   * Drops handles in order, up to the first whose destructor does not return. After an error in the names,
   * nothing was dropped. Rejects with CallRefused if the instance cannot be called.
   * @param names with the `$`
   */
  async drop(
    names: readonly string[],
    signal?: AbortSignal,
  ): Promise<Result<readonly MadeDrop[], HandleProblem>> {
    const found = this.handles.forDrop(names);
    if (!found.ok) return found;
    const made: MadeDrop[] = [];
    for (const handle of found.value) {
      const call = await this.#engine.drop(this.#instance, handle.ref, handle.number, defined({ signal }));
      this.handles.dropped(handle);
      made.push({ handle, call });
      if (call.ended?.outcome.type !== 'ok') break;
    }
    return ok(made);
  }

  /**
   * Reads a stream or a future until its end or a limit. The error is about the name, or about a runner that
   * answered something else. Rejects with CallRefused if the instance cannot be called.
   * @param name with the `$`
   */
  async read(
    name: string,
    { signal, limits = readLimits }: { readonly signal?: AbortSignal; readonly limits?: ReadLimits } = {},
  ): Promise<Result<MadeRead, HandleProblem | BadAnswer>> {
    const found = this.handles.forRead(name);
    if (!found.ok) return found;
    const handle = found.value;
    const call = await this.#engine.read(
      this.#instance,
      handle.ref,
      { handle: handle.number, numbers: itemsAreNumbers(handle.type), limits },
      defined({ signal }),
    );
    const outcome = call.ended?.outcome;
    if (outcome?.type !== 'ok') return ok({ handle, call, reading: null });
    const reading = asReading(outcome.value);
    if (reading === null) return err({ code: 'bad-answer', name });
    this.handles.read(handle, reading.end);
    const naming = this.handles.returnedBy({ ...handle.origin, text: `:read ${name}` });
    const folded = foldedReading(handle, reading, naming, foldedLength);
    if (folded !== null) this.#engine.noteResult(this.#instance, call, folded);
    return ok({ handle, call, reading });
  }
}

/** The exported functions of a build that can be called. */
export async function readCallables(build: Build): Promise<Result<readonly Callable[], EngineError>> {
  const functions = readExportedFunctions(await readFile(build.path));
  return functions.ok
    ? ok(functions.value.flatMap(({ type, ...name }) => (type === null ? [] : [{ ...name, type }])))
    : err({ code: 'invalid', path: build.path, problem: functions.error.problem });
}
