import { demangle } from '../demangle';
import type { OriginKind } from './sizes';

/** Where a piece of code or data comes from. */
export interface Origin {
  readonly kind: OriginKind;
  readonly name: string;
}

export const unknownOrigin: Origin = { kind: 'unknown', name: '' };

/**
 * What a function comes from: the crate that its Rust name tells, else the source file of the debug information (of a crate's file, the crate),
 * else the package of a Go name or the namespace of a C++ name.
 * @param name from the name section, as the binary has it
 * @param file from the debug information
 * @param isGo whether the module was made by a Go compiler, whose names are like no others
 */
export function originOf(name: string | null, file: string | null, isGo: boolean): Origin {
  const crate = name === null ? null : crateOfName(name);
  if (crate !== null) return { kind: 'crate', name: crate };
  if (file !== null) {
    const ofFile = crateOfFile(file);
    return ofFile === null ? { kind: 'file', name: file } : { kind: 'crate', name: ofFile };
  }
  const home = name === null ? null : isGo ? packageOf(name) : null;
  if (home !== null) return { kind: 'package', name: home };
  const namespace = name === null ? null : namespaceOf(name);
  return namespace === null ? unknownOrigin : { kind: 'namespace', name: namespace };
}

/** Rust's manglings; the older one also as linkers demangle it; and the newer one as they do. */
const rust = /^_R[A-Z]|^_ZN.*17h[0-9a-f]{16}E|::h[0-9a-f]{16}$|^<.+>::\w+$/;

function crateOfName(name: string): string | null {
  return rust.test(name) ? crateOfPath(demangle(name)) : null;
}

/** Types of the language: methods of them are of the trait's crate. */
const primitive =
  /^(?:[iu](?:8|16|32|64|128|size)|f(?:16|32|64|128)|bool|char|str|fn|unsafe|extern|for|_|Self|[A-Z]\w?)(?![\w:])/;

/**
 * The crate of a Rust path: its first part. `<A as B>::f` is of the crate of A, or of B where A is a reference, slice, tuple or other type of
 * the language, or a parameter.
 */
function crateOfPath(path: string): string | null {
  if (!path.startsWith('<')) return /^([A-Za-z_]\w*)(?:$|::|<)/.exec(path)?.[1] ?? null;
  const inner = path.slice(1);
  const type = inner.replace(/^(?:&(?:'\w+ )?(?:mut )?|\*(?:const|mut) |mut |dyn |impl |\[|\()+/, '');
  const isLanguage = type.startsWith(')') || primitive.test(type) || type.startsWith('!');
  if (!isLanguage) return crateOfPath(type);
  const trait = traitOf(inner);
  return trait === null ? null : crateOfPath(trait);
}

/** What stands behind the ` as ` that belongs to the outermost angle brackets. */
function traitOf(inner: string): string | null {
  let depth = 0;
  for (let at = 0; at < inner.length; at++) {
    const character = inner[at];
    if (character === '<' || character === '(' || character === '[') depth += 1;
    else if (character === ')' || character === ']') depth -= 1;
    else if (character === '>' && inner[at - 1] !== '-') depth -= 1;
    if (depth < 0) return null;
    if (depth === 0 && inner.startsWith(' as ', at)) return inner.slice(at + 4);
  }
  return null;
}

/** The crate of a source file that cargo or rustup put where it is; null for another file. */
function crateOfFile(file: string): string | null {
  const parts = file.replaceAll('\\', '/');
  const own = /\/registry\/src\/[^/]+\/([^/]+)-\d+\.\d+\.\d+[^/]*\//.exec(parts)?.[1];
  if (own !== undefined) return own.replaceAll('-', '_');
  return /\/rustc\/[0-9a-f]+\/library\/(\w+)\//.exec(parts)?.[1] ?? null;
}

/**
 * `net_http._*Client_.Do` is of package `net_http`, `main.main` of `main`. Go's linker writes every character that is no letter, digit or dot as
 * `_` in a module; TinyGo keeps them: `net/http.(*Client).Do`.
 */
function packageOf(name: string): string | null {
  const found = /^(?:type[:_]\.(?:eq|hash)\.)?((?:[\w.~-]+\/)*[\w~-]+)\.[\w(*[]/.exec(
    name.replaceAll('%2e', '.'),
  );
  return found?.[1] ?? null;
}

/** The outermost namespace or class of a C++ name, mangled or as linkers demangle it. */
function namespaceOf(name: string): string | null {
  if (name.includes('::')) return namespaceOfPath(name);
  const [, qualified, standard, length] = /^_Z(?:T[VIS])?(N[VKOR]*)?(S[t])?(\d{1,3})?/.exec(name) ?? [];
  if (standard !== undefined) return 'std';
  if (qualified === undefined || length === undefined) return null;
  const at = name.indexOf(length, 3) + length.length;
  const part = name.slice(at, at + Number(length));
  return /^\w+$/.test(part) && !part.startsWith('_GLOBAL__N') ? part : null;
}

/** `void std::sort<int*>(int*)` is of namespace `std`: what stands before the path is the type of the result. */
function namespaceOfPath(name: string): string | null {
  let start = 0;
  let depth = 0;
  const end = Math.min(name.length, longestResult);
  for (let at = 0; at < end; at++) {
    const character = name[at];
    if (character === '<') depth += 1;
    else if (character === '>' && name[at - 1] !== '-') depth -= 1;
    else if (depth === 0 && character === ' ') start = at + 1;
    else if (depth === 0 && (character === '(' || character === '[')) break;
  }
  return /^([A-Za-z_]\w*)(?:<.*>)?::/.exec(name.slice(start))?.[1] ?? null;
}

/** How far a name is read for its namespace. */
const longestResult = 2_000;
