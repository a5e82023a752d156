import type { ChainFunction, LiftChain } from '../component/lift-chain';
import { t } from './t';

/** The labels and notes of `fresh-instance inspect`. */
export const inspectText = {
  head: (file: string) => t('{0}: a component', file),
  moduleHead: (file: string, kind: string) => t('{0}: {1}, adapted', file, kind),
  size: () => t('size'),
  bytes: (count: number) => t('{0} bytes', numberText(count)),
  entry: () => t('entry'),
  otherRun: (name: string) => t('{0} is exported too and is not called', name),
  debugInfo: () => t('debug info'),
  yes: () => t('yes'),
  no: () => t('no'),
  madeBy: () => t('made by'),
  cannotRun: (why: string) => t('cannot run here: {0}', why),
  imports: () => t('imports'),
  exports: () => t('exports'),
  code: () => t('code behind run'),
  modules: () => t('core modules'),
  none: (title: string) => t('{0}: none', title),
  missingImport: (name: string) => t('{0}  (not provided: it cannot start without)', name),
  typesOnly: (name: string) => t('{0}  (types only)', name),
};

/** The export that a run calls; null for a component that has none. */
export function entryText(entry: string | null, isAsync: boolean): string {
  if (entry === null) return t('none: it has nothing to run');
  return isAsync ? t('{0} (async)', entry) : entry;
}

/** How the run is lifted: "canon lift of the core export "run"". */
export function liftText({ lift, coreExport }: LiftChain): string {
  const words = liftWords(lift);
  return coreExport === null ? words : t('{0} of the core export "{1}"', words, coreExport);
}

/** The component model's own terms for the ways to lift a function. */
function liftWords(lift: LiftChain['lift']): string {
  switch (lift) {
    case 'sync':
      return 'canon lift';
    case 'async-callback':
      return t('canon lift async with a callback');
    case 'async-stackful':
      return 'canon lift async';
  }
}

/** A core function on the way from the export: "function 12 _start of core module 0 at 0x2f1, 80 bytes". */
export function chainFunctionText(each: ChainFunction): string {
  const { module, moduleName, funcIndex, func, offset, sizeBytes, adapter } = each;
  const name = func === null ? String(funcIndex) : `${String(funcIndex)} ${func}`;
  const home = moduleName === null ? String(module) : `${String(module)} (${moduleName})`;
  const at = `0x${offset.toString(16)}`;
  return adapter
    ? t('adapter function {0} of core module {1} at {2}, {3} bytes', name, home, at, sizeBytes)
    : t('function {0} of core module {1} at {2}, {3} bytes', name, home, at, sizeBytes);
}

/** The sizes of a core module, in bytes. */
export interface ModuleSizes {
  readonly number: number;
  readonly name: string | null;
  readonly sizeBytes: number;
  readonly functions: number;
  readonly codeBytes: number;
  readonly dataBytes: number;
  readonly customBytes: number;
}

/** One core module with its sizes: "0 main: 1,234 bytes, 12 functions (code 900, data 100, custom 200)". */
export function moduleText(module: ModuleSizes): string {
  const { number, name, sizeBytes, functions, codeBytes, dataBytes, customBytes } = module;
  return t('{module}: {size} bytes, {functions} functions (code {code}, data {data}, custom {custom})', {
    module: name === null ? String(number) : `${String(number)} ${name}`,
    size: numberText(sizeBytes),
    functions: numberText(functions),
    code: numberText(codeBytes),
    data: numberText(dataBytes),
    custom: numberText(customBytes),
  });
}

function numberText(count: number): string {
  return count.toLocaleString('en-US');
}
