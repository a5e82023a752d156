import { CoreModule, type CoreImport } from './core-module';
import type { CoreKind } from './core-types';
import type { ByteReader } from './bytes';
import { scalarExports, type ScalarExport } from './core-exports';
import { adapterAnswers, isPreview1, preview1Modules, type Preview1Module } from './preview1';
import { parseInterfaceName } from './wasi';

/** What a core module was made for, by its imports and exports. */
export type ModuleForm =
  /** It imports preview 1 and exports `_start`: a program. */
  | 'command'
  /** It imports preview 1 and has no `_start`: a library. */
  | 'reactor'
  /** It imports nothing of WASI. */
  | 'plain';

/** One import of a core module. */
export interface ModuleImport {
  readonly module: string;
  readonly name: string;
  readonly kind: CoreKind;
}

/** Why no component can be made of a core module, with the imports that say so; known before anything is tried. */
export type Obstacle =
  | {
      /**
       * `threads`: it starts threads, or shares its memory with them. `emscripten`, `wasm-bindgen`, `go-js`, `node-addon`: it was made for
       * JavaScript that the toolchain writes beside it. `imported-memory`: it imports a memory, table, global or tag, as parts of programs
       * that are linked while they run. `old-wasi`: functions of `wasi_unstable` that meant something else than those of preview 1.
       * `functions`: functions that neither WASI nor its own world provides.
       */
      readonly kind:
        | 'threads'
        | 'emscripten'
        | 'wasm-bindgen'
        | 'go-js'
        | 'node-addon'
        | 'imported-memory'
        | 'old-wasi'
        | 'functions';
      readonly imports: readonly ModuleImport[];
    }
  /** The adapter passes values in the module's exported memory, which is not there, or is addressed by 64-bit numbers. */
  | { readonly kind: 'no-memory' | 'memory64'; readonly imports: readonly [] }
  /** It would work, but there is nothing in it to run or to call. */
  | { readonly kind: 'nothing-to-call'; readonly imports: readonly [] };

/** What a core module is, and what can be done with it. */
export interface ModuleFacts {
  readonly form: ModuleForm;
  /** The modules of WASI that it imports, none if it is plain. */
  readonly wasi: readonly Preview1Module[];
  /** Whether it brings a WIT world along, in a `component-type` section. */
  readonly hasWorld: boolean;
  /** Null for a module that can be adapted. */
  readonly obstacle: Obstacle | null;
  /** What can be called besides a run: empty for commands, and for a module that brings its world along. */
  readonly callable: readonly ScalarExport[];
  readonly imports: readonly ModuleImport[];
  readonly exports: readonly { readonly name: string; readonly kind: CoreKind }[];
}

/** Reads what a core module is. Throws a `DecodeError` if its types, imports or exports are malformed. */
export function moduleFacts(reader: ByteReader): ModuleFacts {
  return factsOf(new CoreModule(reader, 0));
}

/** The same of a module that was read. */
export function factsOf(module: CoreModule): ModuleFacts {
  const wasi = preview1Modules.filter((name) => module.imports.some((each) => each.module === name));
  const form = wasi.length === 0 ? 'plain' : module.exports.has('_start') ? 'command' : 'reactor';
  const hasWorld = worldSections(module).length > 0;
  const callable = form === 'command' || hasWorld ? [] : scalarExports(module);
  const facts = {
    form,
    wasi,
    hasWorld,
    callable,
    imports: module.imports.map(importOf),
    exports: [...module.exports].map(([name, { kind }]) => ({ name, kind })),
  } as const;
  return { ...facts, obstacle: findObstacle(module, facts) };
}

/** The sections of a module in which toolchains keep its WIT world: `component-type`, perhaps with more behind a colon. */
export function worldSections(module: CoreModule): CoreModule['sections'] {
  return module.sections.filter(({ name }) => name !== null && /^component-type(:|$)/.test(name));
}

function importOf({ module, name, type }: CoreImport): ModuleImport {
  return { module, name, kind: type.kind };
}

/** Toolchains that need JavaScript of their own, by the imports that only they make. */
const toolchains: readonly (readonly ['wasm-bindgen' | 'go-js' | 'node-addon' | 'emscripten', Matches])[] = [
  [
    'wasm-bindgen',
    ({ module, name }) =>
      /^(__wbindgen|wbg$)|_bg\.js$/.test(module) ||
      name.startsWith('__wbindgen') ||
      name.startsWith('__wbg_'),
  ],
  [
    'go-js',
    ({ module, name }) =>
      module === 'gojs' || (module === 'go' && /^(runtime\.|syscall\/js\.|debug$)/.test(name)),
  ],
  ['node-addon', ({ name }) => /^(napi_|node_api_)/.test(name)],
  [
    'emscripten',
    ({ module, name }) =>
      module.startsWith('GOT.') ||
      /^[a-zA-Z]$/.test(module) ||
      (module === 'env' &&
        /^(_?emscripten_|__emscripten_|__syscall_|invoke_[vijfd]+$|__memory_base$|__table_base$|__cxa_throw$|_abort_js$)/.test(
          name,
        )),
  ],
];

type Matches = (each: ModuleImport) => boolean;

function findObstacle(
  module: CoreModule,
  facts: Pick<ModuleFacts, 'form' | 'hasWorld' | 'callable' | 'imports'>,
): Obstacle | null {
  const { imports, form, hasWorld, callable } = facts;
  const spawns = imports.filter(({ module: from, name }) => from === 'wasi' && name === 'thread-spawn');
  if (spawns.length > 0) return { kind: 'threads', imports: [...spawns, ...memoriesIn(imports)] };
  for (const [kind, matches] of toolchains) {
    const found = imports.filter(matches);
    if (found.length > 0) return { kind, imports: found };
  }
  const memory = memoryProblem(module, form);
  if (memory !== null) return memory;
  const notFunctions = imports.filter(({ kind }) => kind !== 'func');
  if (notFunctions.length > 0) return { kind: 'imported-memory', imports: notFunctions };
  const functions = functionProblem(module, hasWorld);
  if (functions !== null) return functions;
  const isEmpty = form !== 'command' && !hasWorld && callable.length === 0;
  return isEmpty ? { kind: 'nothing-to-call', imports: [] } : null;
}

function memoriesIn(imports: readonly ModuleImport[]): readonly ModuleImport[] {
  return imports.filter(({ kind }) => kind === 'memory');
}

/** The adapter is given the memory that the module exports as `memory`. */
function memoryProblem(module: CoreModule, form: ModuleForm): Obstacle | null {
  const imported = module.imports.filter(({ type }) => type.kind === 'memory' && type.limits.shared);
  if (imported.length > 0) return { kind: 'threads', imports: imported.map(importOf) };
  if (module.imported.memory > 0 || form === 'plain') return null;
  const limits = module.memoryNamed('memory');
  if (limits === null) return { kind: 'no-memory', imports: [] };
  if (limits.shared) return { kind: 'threads', imports: [] };
  return limits.is64 ? { kind: 'memory64', imports: [] } : null;
}

function functionProblem(module: CoreModule, hasWorld: boolean): Obstacle | null {
  const missing: ModuleImport[] = [];
  const changed: ModuleImport[] = [];
  for (const each of module.imports) {
    if (each.type.kind !== 'func' || (hasWorld && isOfWorld(each.module))) continue;
    const answer = isPreview1(each.module)
      ? adapterAnswers(each.module, each.name, module.types[each.type.type] ?? null)
      : 'no';
    if (answer === 'no') missing.push(importOf(each));
    if (answer === 'changed') changed.push(importOf(each));
  }
  if (changed.length > 0) return { kind: 'old-wasi', imports: changed };
  return missing.length > 0 ? { kind: 'functions', imports: missing } : null;
}

/** Whether an import module is named as wit-component names interfaces, the world itself, and the exported resources. */
function isOfWorld(module: string): boolean {
  return module === '$root' || module.startsWith('[export]') || parseInterfaceName(module) !== null;
}
