import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { defined } from '../../base/defined';
import { asError, messageOf } from '../../base/error';
import { err, ok, type Result } from '../../base/result';
import type { StartFailure } from '../../component/outcome';
import { environmentOf, findWasmtime, type WasmtimePlaces } from './discover';

/** A wasmtime that can be used. */
export interface WasmtimeProgram {
  readonly path: string;
  /** Such as `49.0.3`. */
  readonly version: string;
  /** The names of the options behind `-W` and `-S` that this version has. */
  readonly options: { readonly W: ReadonlySet<string>; readonly S: ReadonlySet<string> };
  /** The whole environment that it is started with. */
  readonly env: Readonly<Record<string, string>>;
}

/** The oldest version that is used: a long-term release, the oldest that the texts and options have been tried with. */
export const leastWasmtime = '36.0.0';

/** The first version that takes the name of a function with its interface behind `--invoke`. */
const qualifiedInvoke = '47.0.0';

/** Whether a program takes `--invoke 'docs:adder/add.add@0.1.0(1, 2)'`; older ones take the name of the function alone. */
export function takesQualifiedNames({ version }: WasmtimeProgram): boolean {
  return isAtLeast(version, qualifiedInvoke);
}

/** The version in what `wasmtime --version` prints, such as `wasmtime 49.0.3 (f96eabaa1 2026-10-14)`; null in another text. */
export function versionIn(text: string): string | null {
  return /^wasmtime(?:-cli)? (\d+\.\d+\.\d+)(?:[-+ ]|$)/m.exec(text)?.[1] ?? null;
}

/** The names of the options in what `wasmtime run -W help` prints, such as `max-memory-size` of `-W   max-memory-size=N -- …`. */
export function optionsIn(text: string): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(/^\s*-[A-Z]\s+([a-z][a-z0-9-]*)(?:\[?=|\s)/gm)].map(([, name = '']) => name),
  );
}

/** Whether a version is another one or later; both are three numbers. */
export function isAtLeast(version: string, least: string): boolean {
  const [a, b] = [version.split('.').map(Number), least.split('.').map(Number)];
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Finds the user's wasmtime and asks it what it is, once for each state of its file. */
export class WasmtimeFinder {
  readonly #places: () => WasmtimePlaces;
  readonly #asked = new Map<string, Promise<Result<WasmtimeProgram, StartFailure>>>();

  constructor(places: () => WasmtimePlaces) {
    this.#places = places;
  }

  /** The program that would be used now, or why there is none. */
  async find(): Promise<Result<WasmtimeProgram, StartFailure>> {
    const places = this.#places();
    const path = await findWasmtime(places);
    if (path === undefined) return err({ code: 'no-wasmtime', ...defined({ path: places.program }) });
    const { mtimeMs, size } = await stat(path);
    const key = JSON.stringify([path, mtimeMs, size]);
    const known = this.#asked.get(key) ?? ask(path, environmentOf(places));
    this.#asked.set(key, known);
    const found = await known;
    // It may have failed for want of memory, and be asked again.
    if (!found.ok) this.#asked.delete(key);
    return found;
  }
}

async function ask(
  path: string,
  env: Readonly<Record<string, string>>,
): Promise<Result<WasmtimeProgram, StartFailure>> {
  try {
    const [first, wasm, wasi] = await Promise.all([
      textOf(path, ['--version'], env),
      textOf(path, ['run', '-W', 'help'], env),
      textOf(path, ['run', '-S', 'help'], env),
    ]);
    const version = versionIn(first);
    if (version === null) return err({ code: 'not-wasmtime', path, words: firstLine(first) });
    if (!isAtLeast(version, leastWasmtime))
      return err({ code: 'wasmtime-too-old', path, version, least: leastWasmtime });
    return ok({ path, version, options: { W: optionsIn(wasm), S: optionsIn(wasi) }, env });
  } catch (error) {
    return err({ code: 'not-wasmtime', path, words: firstLine(messageOf(error)) });
  }
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').slice(0, 200);
}

/** Programs answer in 10 ms; one on a busy machine or a cold disk takes longer. */
const answerMs = 10_000;

/** What a program prints. Rejects where it cannot be started or does not answer; old versions do not know every option and fail. */
function textOf(
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      path,
      args,
      { env, timeout: answerMs, killSignal: 'SIGKILL', maxBuffer: 1 << 20, windowsHide: true },
      (error, stdout) => {
        if (error === null || typeof error.code === 'number') resolve(stdout);
        else reject(asError(error));
      },
    );
  });
}
