import { ByteReader } from '../bytes';
import { nameSubsections, NameSubsection } from '../names';
import { orNull } from '../optional';
import type { ScannedPart } from './scan-sections';

/** The names of a module's functions: where each stands, so that a hundred thousand take little memory. */
export class FunctionNames {
  readonly #bytes: Uint8Array;
  /** Offset of the name of each function, behind its length; 0 for none. */
  readonly #offsets: Uint32Array;

  /** @param functionCount how many functions the module has, with the imported ones */
  constructor(bytes: Uint8Array, module: ScannedPart, functionCount: number) {
    this.#bytes = bytes;
    this.#offsets = new Uint32Array(functionCount);
    const section = module.sections.findLast(({ id, name }) => id === 0 && name === 'name');
    if (section === undefined) return;
    orNull(() => {
      const reader = new ByteReader(bytes, section.content.start, section.content.end);
      reader.name();
      this.#read(reader);
    });
  }

  /** The name as the binary has it, null if there is none. */
  at(index: number): string | null {
    const offset = this.#offsets[index] ?? 0;
    if (offset === 0) return null;
    return orNull(() => new ByteReader(this.#bytes, offset).name());
  }

  #read(section: ByteReader): void {
    for (const { id, content } of nameSubsections(section)) {
      if (id !== NameSubsection.functions) continue;
      for (let left = content.count(); left > 0; left--) {
        const index = content.u32();
        const offset = content.offset;
        content.skip(content.u32());
        if (index < this.#offsets.length) this.#offsets[index] = offset;
      }
    }
  }
}
