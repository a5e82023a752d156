import type { CoreModule } from './core-module';
import { worldSections } from './module-facts';
import { readComponent } from './read-component';
import type { ExternType } from './types';

/** What a core module imports and exports in terms of WIT. */
export interface ModuleWorld {
  readonly imports: ReadonlyMap<string, ExternType>;
  readonly exports: ReadonlyMap<string, ExternType>;
}

/**
 * The WIT world that a core module brings along in its `component-type` sections, which are components that export the world's type.
 * Empty for a module without any; a section that cannot be read is left out.
 * Source: https://github.com/bytecodealliance/wasm-tools/blob/main/crates/wit-component/src/metadata.rs
 */
export function moduleWorld(module: CoreModule): ModuleWorld {
  const imports = new Map<string, ExternType>();
  const exports = new Map<string, ExternType>();
  for (const { content } of worldSections(module)) {
    const bytes = content.bytes.subarray(content.offset, content.end);
    const read = readComponent(bytes);
    if (!read.ok) continue;
    for (const { item } of read.value.exports) {
      if (item.kind !== 'type' || item.def.type.kind !== 'component') continue;
      for (const world of item.def.type.exports.values()) {
        if (world.kind !== 'component') continue;
        for (const [name, type] of world.type.imports) imports.set(name, type);
        for (const [name, type] of world.type.exports) exports.set(name, type);
      }
    }
  }
  return { imports, exports };
}
