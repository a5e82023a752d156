import { ByteReader } from '../bytes';
import type { CoreModule } from '../core-module';
import { orNull } from '../optional';
import { takeGroupText, type TypeText } from './type-text';

/** The types of a core module as text. */
export class ModuleTypes {
  readonly #module: CoreModule;
  readonly #types: TypeText[] = [];
  /** The lines of the type section. */
  readonly lines: readonly string[];

  /** Reads the type section; of a malformed one, the types before the error. */
  constructor(module: CoreModule) {
    this.#module = module;
    const lines: string[] = [];
    const section = module.sections.find(({ id }) => id === 1);
    if (section !== undefined)
      orNull(() => {
        const reader = new ByteReader(module.bytes, section.start, section.end);
        reader.list(() => lines.push(...this.#takeGroup(reader)));
      });
    this.lines = lines;
  }

  /** `(type 3) (param i32) (result i32)`: the type of a function; null where it cannot be read. */
  ofFunction(index: number): string | null {
    const imported = orNull(() => this.#module.importAt('func', index));
    if (imported?.type.kind === 'func') return this.use(imported.type.type);
    const type = orNull(() => this.#module.functions[index - this.#module.imported.func]) ?? null;
    return type === null ? null : this.use(type);
  }

  /** A use of a function type. */
  use(type: number): string {
    const signature = this.#types[type]?.signature ?? '';
    return `(type ${String(type)})${signature === '' ? '' : ` ${signature}`}`;
  }

  #takeGroup(reader: ByteReader): readonly string[] {
    const { isGroup, types } = takeGroupText(reader);
    const lines = types.map((type) => {
      const index = this.#types.push(type) - 1;
      return `(type (;${String(index)};) ${type.definition})`;
    });
    return isGroup ? ['(rec', ...lines.map((line) => `  ${line}`), ')'] : lines;
  }
}
