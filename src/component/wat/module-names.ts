import { plainText } from '../../base/sanitize';
import { FunctionNames } from '../anatomy/function-names';
import { scanSections } from '../anatomy/scan-sections';
import type { CoreModule } from '../core-module';
import { demangle } from '../demangle';
import { orNull } from '../optional';
import type { WatNames } from './identifier';

/**
 * What the functions and globals of a module are called, demangled: by the name section, else by import or export. Functions of the same name
 * get their index behind it.
 */
export class ModuleNames implements WatNames {
  readonly #functions: readonly (string | null)[];
  readonly #globals: readonly (string | null)[];

  constructor(module: CoreModule) {
    const imported = orNull(() => module.imported) ?? { func: 0, global: 0 };
    const defined = orNull(() => module.bodyCount) ?? 0;
    const globals = orNull(() => module.globals.length) ?? 0;
    this.#functions = unique(functionNames(module, imported.func + defined));
    this.#globals = unique(
      Array.from({ length: Math.min(imported.global + globals, mostGlobals) }, (_, index) =>
        module.globalName(index),
      ),
    );
  }

  readonly func = (index: number): string | null => this.#functions[index] ?? null;

  readonly global = (index: number): string | null => this.#globals[index] ?? null;
}

/** More globals than these are not looked up in the name section one by one. */
const mostGlobals = 5_000;

function functionNames(module: CoreModule, count: number): readonly (string | null)[] {
  const names = new FunctionNames(module.bytes, scanSections(module.bytes, module.start, module.end), count);
  const exported = new Map<number, string>();
  for (const [name, { kind, index }] of orNull(() => module.exports) ?? [])
    if (kind === 'func' && !exported.has(index)) exported.set(index, name);
  return Array.from({ length: count }, (_, index) => {
    const named = names.at(index);
    if (named !== null) return demangle(named);
    const other = orNull(() => module.importAt('func', index)?.name) ?? exported.get(index);
    return other === undefined ? null : plainText(other);
  });
}

/** Tells names apart that are there several times, and leaves out empty ones. */
function unique(names: readonly (string | null)[]): readonly (string | null)[] {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name, index) => {
    if (name === null || name === '') return null;
    if (counts.get(name) === 1) return name;
    const numbered = `${name} #${String(index)}`;
    return counts.has(numbered) ? null : numbered;
  });
}
