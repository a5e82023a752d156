import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import type { CoreModule } from '../component/core-module';
import { DecodeError } from '../component/decode-error';
import type { Component } from '../component/definitions';
import { exportedFunctions } from '../component/exported-functions';
import type { ExportKind } from '../component/import-export-names';
import { liftChain, type LiftChain } from '../component/lift-chain';
import { link } from '../component/link';
import { factsOf, type ModuleFacts } from '../component/module-facts';
import { missingImports } from '../component/missing-imports';
import { orNull } from '../component/optional';
import { readRunnable } from '../component/read-runnable';
import type { ComponentSummary } from '../component/summary';
import { isWasiImport } from '../component/wasi';
import { findUnsupported, type Unsupported } from '../component/unsupported';
import { printFunction } from '../component/wit-print';
import { unsupportedText } from '../words/unsupported';
import type { EngineError } from '../engine/errors';
import type { Build } from '../instance/registry';
import { readBuild } from '../engine/read-build';

/** What `inspect` tells of a component: what `inspect --json` prints. */
export interface Inspection {
  /** As it was given. */
  readonly file: string;
  readonly kind: 'component' | 'module';
  /** Set for a core module: what it was made for, what it imports of WASI, and whether it has a WIT world of its own. */
  readonly module?: Pick<ModuleFacts, 'form' | 'wasi' | 'hasWorld'>;
  readonly sha256: string;
  readonly sizeBytes: number;
  /** The export that a run calls, and the lower versions of it that the component has too. */
  readonly entry: string | null;
  readonly otherRuns: readonly string[];
  /** Whether the entry needs an engine with async support (WASI 0.3). */
  readonly async: boolean;
  readonly imports: readonly {
    readonly name: string;
    /** `wasi`: a run provides it; `types`: it brings types only; `missing`: nothing here provides it. */
    readonly from: 'wasi' | 'types' | 'missing';
  }[];
  readonly exports: readonly {
    readonly name: string;
    readonly kind: ExportKind;
    /** Signatures in WIT by name, of an interface's functions or of the function itself. */
    readonly functions: Readonly<Record<string, string>>;
  }[];
  readonly producers: readonly { readonly field: string; readonly name: string; readonly version: string }[];
  readonly debugInfo: boolean;
  /** From the entry's `run` to core code. */
  readonly chain: LiftChain | null;
  readonly modules: readonly ModuleSize[];
  /** What jco cannot translate: with any of it the component cannot run here. */
  readonly unsupported: readonly (Unsupported & { readonly text: string })[];
}

/** One core module and where its bytes are. */
export interface ModuleSize {
  readonly number: number;
  readonly name: string | null;
  readonly sizeBytes: number;
  readonly functions: number;
  readonly codeBytes: number;
  readonly dataBytes: number;
  /** Names, debug information and the like. */
  readonly customBytes: number;
}

/** Reads what a component is, without executing anything of it. */
export async function inspectFile(file: string): Promise<Result<Inspection, EngineError>> {
  const read = await readBuild(file);
  if (!read.ok) return read;
  const { build, summary, bytes } = read.value;
  const component = readRunnable(bytes);
  if (!component.ok) return err({ code: 'invalid', path: file, problem: component.error.problem });
  return ok({
    file,
    ...kindOf(component.value, build),
    sha256: build.sha256,
    sizeBytes: build.sizeBytes,
    entry: summary.entry,
    otherRuns: summary.runExports.slice(1),
    async: summary.entryIsAsync,
    imports: importsOf(summary, component.value),
    exports: exportsOf(summary, component.value),
    producers: summary.producers,
    debugInfo: summary.hasDebugInfo,
    chain: summary.entry !== null ? liftChain(component.value, summary.entry, 'run') : null,
    modules: modulesOf(component.value),
    unsupported: findUnsupported(component.value).map((found) => ({
      ...found,
      text: unsupportedText(found),
    })),
  });
}

function kindOf({ modules: [module] }: Component, { adapted }: Build): Pick<Inspection, 'kind' | 'module'> {
  if (adapted === undefined || module === undefined) return { kind: 'component' };
  const { form, wasi, hasWorld } = factsOf(module);
  return { kind: 'module', module: { form, wasi, hasWorld } };
}

type Summary = Extract<ComponentSummary, { kind: 'component' }>;

function importsOf(summary: Summary, component: Component): Inspection['imports'] {
  const missing = new Set(missingImports(component));
  return summary.imports.map((name) => ({
    name,
    from: isWasiImport(name) ? 'wasi' : missing.has(name) ? 'missing' : 'types',
  }));
}

function exportsOf({ exports }: Summary, component: Component): Inspection['exports'] {
  const functions = orNull(() => exportedFunctions(component)) ?? [];
  return exports.map(({ name, kind }) => ({
    name,
    kind,
    functions: Object.fromEntries(
      functions
        .filter((each) => (each.interface ?? each.func) === name)
        .map(({ func, type }) => [func, type === null ? 'func' : printFunction(type)]),
    ),
  }));
}

function modulesOf(component: Component): readonly ModuleSize[] {
  try {
    const modules = new Map(link(component).modules.map(({ module }) => [module.number, module]));
    return [...modules.values()].sort((a, b) => a.number - b.number).map(sizeOf);
  } catch (error) {
    if (error instanceof DecodeError) return [];
    throw error;
  }
}

function sizeOf(module: CoreModule): ModuleSize {
  const bytesOf = (id: number) =>
    module.sections
      .filter((section) => section.id === id)
      .reduce((sum, { start, end }) => sum + end - start, 0);
  return {
    number: module.number,
    name: module.name,
    sizeBytes: module.end - module.start,
    functions: module.bodyCount,
    codeBytes: bytesOf(10),
    dataBytes: bytesOf(11),
    customBytes: bytesOf(0),
  };
}
