import type { CoreModule } from './core-module';
import { CORE_TYPES } from './core-types';
import type { FuncType, PrimitiveKind } from './types';

/** A function of a core module that can be called as one of a component, since it takes and returns numbers alone. */
export interface ScalarExport {
  /** What the module exports it as: `bump_by`. */
  readonly core: string;
  /** What the component exports it as: `bump-by`. */
  readonly name: string;
  readonly type: FuncType;
}

/**
 * The exported functions of a module that take and return numbers alone. Without a WIT world that is all that is known of them. Those
 * that toolchains make for their own use are left out, and those with names that WIT cannot have.
 */
export function scalarExports(module: CoreModule): readonly ScalarExport[] {
  const found = new Map<string, ScalarExport>();
  for (const [core, { kind, index }] of module.exports) {
    if (kind !== 'func' || isForHosts(core)) continue;
    const name = witNameOf(core);
    const type = typeOf(module, index);
    if (name === null || type === null) continue;
    // An exact name comes before one that had to be changed.
    if (!found.has(name) || core === name) found.set(name, { core, name, type });
  }
  return [...found.values()];
}

/** Allocators and hooks that are called by hosts and glue, never by people. */
function isForHosts(name: string): boolean {
  return /^(__|_initialize$|cabi_|asyncify_|emscripten_|_emscripten_)/.test(name) || /[#:/@]/.test(name);
}

/** `addTwo` and `add_two` as WIT writes them: `add-two`. jco takes no capital letters. Null for a name of other characters. */
export function witNameOf(core: string): string | null {
  const words = core
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_-]+/)
    .filter((word) => word !== '');
  const joined = words.reduce((name, word) => {
    if (name === '') return word;
    return /^[a-z]/.test(word) ? `${name}-${word}` : `${name}${word}`;
  }, '');
  return /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(joined) ? joined : null;
}

const primitives: Readonly<Record<number, PrimitiveKind>> = {
  [CORE_TYPES.i32]: 's32',
  [CORE_TYPES.i64]: 's64',
  [CORE_TYPES.f32]: 'f32',
  [CORE_TYPES.f64]: 'f64',
};

/** More parameters are passed in memory, which needs an allocator (canonical ABI, MAX_FLAT_PARAMS). */
const mostParameters = 16;

function typeOf(module: CoreModule, index: number): FuncType | null {
  const core = module.funcType(index);
  if (core === null || core.params.length > mostParameters || core.results.length > 1) return null;
  const params = core.params.map((code) => primitives[code]);
  const results = core.results.map((code) => primitives[code]);
  if (!params.every((kind) => kind !== undefined) || !results.every((kind) => kind !== undefined))
    return null;
  const [result] = results;
  return {
    params: params.map((kind, position) => ({ name: `p${String(position)}`, type: { kind } })),
    result: result === undefined ? null : { kind: result },
    async: false,
  };
}
