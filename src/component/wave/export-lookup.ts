import type { ExportedFunction } from '../exported-functions';
import type { FuncType } from '../types';
import { compatibleName } from '../versions';

/** An exported function whose signature is known, so that it can be called with arguments. */
export interface Callable extends ExportedFunction {
  readonly type: FuncType;
}

/** What the name of an exported function says. */
export type FunctionName =
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'constructor'; readonly resource: string }
  | { readonly kind: 'method' | 'static'; readonly resource: string; readonly name: string };

/**
 * Takes a function's name apart.
 * Source: https://github.com/WebAssembly/component-model/blob/main/design/mvp/Explainer.md#import-and-export-definitions (plainname)
 */
export function functionName(func: string): FunctionName {
  const parts = /^\[(constructor|method|static)\]([^.]+)(?:\.(.+))?$/.exec(func);
  const [, kind, resource, name] = parts ?? [];
  if (resource === undefined) return { kind: 'function', name: func };
  if (kind === 'constructor') return { kind, resource };
  if (name !== undefined && (kind === 'method' || kind === 'static')) return { kind, resource, name };
  return { kind: 'function', name: func };
}

/** How a function is written in a call: `run`, `counter` for a constructor, `counter.next` for a method. */
export function plainName(func: string): string {
  const name = functionName(func);
  switch (name.kind) {
    case 'function':
      return name.name;
    case 'constructor':
      return name.resource;
    case 'method':
    case 'static':
      return `${name.resource}.${name.name}`;
  }
}

/** The whole name of an export in a call, which is never ambiguous: `docs:adder/add@0.1.0#add`, or the plain name for one of the world. */
export function fullName(callee: Callable): string {
  const name = plainName(callee.func);
  return callee.interface === undefined ? name : `${callee.interface}#${name}`;
}

type Level = ReadonlyMap<string, readonly Callable[]>;

// A component's exports are asked for with every key that is typed.
const levels = new WeakMap<readonly Callable[], readonly Level[]>();

/** Which exports a text in front of `(` can mean. The first of the levels that has any decides: the whole name, then shorter ones. */
export function findCallees(written: string, exports: readonly Callable[]): readonly Callable[] {
  let known = levels.get(exports);
  if (known === undefined) {
    known = [0, 1, 2, 3].map((level) => indexLevel(exports, level));
    levels.set(exports, known);
  }
  // As in WIT, a name may be escaped; no name has a `%` of its own.
  const name = written.replaceAll('%', '');
  const lookUp = (text: string) => known.map((level) => level.get(text)).find((found) => found !== undefined);
  return lookUp(name) ?? withCompatibleVersion(name, lookUp);
}

/** Exports of an interface with a version that fits the one in a call: `geometry@1#area` means that of geometry@1.2.3. */
function withCompatibleVersion(
  written: string,
  lookUp: (text: string) => readonly Callable[] | undefined,
): readonly Callable[] {
  const [version] = /@[\w.+-]+(?=#|$)/.exec(written) ?? [];
  if (version === undefined) return [];
  const found = lookUp(written.replace(version, '')) ?? [];
  const names = found.flatMap((callee) => callee.interface ?? []);
  const paths = new Set(names.map((name) => name.replace(/@.*/, '')));
  const meant = new Set([...paths].map((path) => compatibleName(`${path}${version}`, names)));
  return found.filter((callee) => callee.interface !== undefined && meant.has(callee.interface));
}

function indexLevel(exports: readonly Callable[], level: number): Level {
  const byText = new Map<string, Callable[]>();
  for (const callee of exports) {
    for (const text of new Set(spellings(callee)[level])) {
      const same = byText.get(text);
      if (same === undefined) byText.set(text, [callee]);
      else same.push(callee);
    }
  }
  return byText;
}

// Every call that is made is named in the history.
const shortest = new WeakMap<readonly Callable[], Map<Callable, string>>();

/**
 * The shortest text that means this export and no other.
 * @param exports all that the component exports
 */
export function shortestName(callee: Callable, exports: readonly Callable[]): string {
  const known = shortest.get(exports) ?? new Map<Callable, string>();
  shortest.set(exports, known);
  const name = known.get(callee) ?? findShortestName(callee, exports);
  known.set(callee, name);
  return name;
}

function findShortestName(callee: Callable, exports: readonly Callable[]): string {
  const candidates = spellings(callee).slice(0, 3).flat();
  const meantOnly = candidates.filter((text) => findCallees(text, exports).length === 1);
  return meantOnly.reduce((best, text) => (text.length < best.length ? text : best), fullName(callee));
}

/** The methods of any resource that have this name. */
export function findMethods(method: string, exports: readonly Callable[]): readonly Callable[] {
  return exports.filter(({ func }) => {
    const name = functionName(func);
    return name.kind === 'method' && name.name === method;
  });
}

/**
 * The ways to write an export, in levels: whole; with the interface in short, or as wasmtime writes it
 * (`docs:adder/add.add@0.1.0`, https://github.com/bytecodealliance/wasm-tools/pull/2530); the function alone; and, which is read but
 * not written, with the interface in short and its version.
 */
function spellings(callee: Callable): readonly (readonly string[])[] {
  const names = [plainName(callee.func), callee.func];
  if (callee.interface === undefined) return [names, [], [], []];
  const [path = '', version] = callee.interface.split('@');
  const short = path.slice(path.lastIndexOf('/') + 1);
  const suffix = version === undefined ? '' : `@${version}`;
  return [
    names.map((name) => `${path}${suffix}#${name}`),
    names.flatMap((name) => [
      `${path}#${name}`,
      `${short}#${name}`,
      `${path}.${name}${suffix}`,
      `${path}.${name}`,
      `${short}.${name}`,
    ]),
    names,
    names.flatMap((name) => [`${short}${suffix}#${name}`, `${short}.${name}${suffix}`]),
  ];
}
