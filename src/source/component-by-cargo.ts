import { baseName, folderOf, foldersAbove } from './paths';
import type { BuildFile, ComponentCandidate, Located } from './component-candidate';

/** What a Rust file is built into. */
interface Crate {
  /** Names of the .wasm files without their ending. */
  readonly names: readonly string[];
  readonly isExample: boolean;
  /** The package's folder. */
  readonly folder: string;
}

const built =
  /^(?<above>.*)\/(?<target>wasm32-wasi[\w-]*|wasm32-unknown-unknown)\/(?<profile>[^/]+)\/(?<examples>examples\/)?(?<name>[^/]+)\.wasm$/;

/**
 * Components in Cargo's target folders (`target/wasm32-wasip2/debug/NAME.wasm`) that carry the name of the
 * crate that `source` is part of.
 */
export function findByCargo(
  source: string,
  located: readonly Located[],
  buildFiles: readonly BuildFile[],
): readonly ComponentCandidate[] {
  if (!source.endsWith('.rs')) return [];
  const crate = crateOf(source, buildFiles);
  if (crate === undefined) return [];
  const matching = located.flatMap(({ component, path }) => {
    const parts = built.exec(path)?.groups;
    if (parts === undefined || !crate.names.includes(parts.name ?? '')) return [];
    if ((parts.examples !== undefined) !== crate.isExample) return [];
    const { target = '', profile = '', above = '', name = '' } = parts;
    // The target folder stands in the package's folder or in its workspace's, unless it was put elsewhere.
    const isOwn = crate.folder === folderOf(above) || crate.folder.startsWith(`${folderOf(above)}/`);
    return [{ isOwn, component, reason: { type: 'cargo', crate: name, target, profile } as const }];
  });
  const own = matching.filter(({ isOwn }) => isOwn);
  return (own.length > 0 ? own : matching).map(({ component, reason }) => ({ component, reason }));
}

/**
 * Cargo's conventions: src/main.rs, src/lib.rs and their modules, src/bin/NAME.rs, src/bin/NAME/main.rs,
 * examples/…; and `path` in the manifest.
 */
function crateOf(source: string, buildFiles: readonly BuildFile[]): Crate | undefined {
  const manifest = foldersAbove(source)
    .map((folder) => buildFiles.find(({ path }) => path === `${folder}/Cargo.toml`))
    .find((file) => file !== undefined && /^\s*\[package\]/m.test(file.text));
  const layout = /^(?<folder>.*)\/(?<kind>src|examples)\/(?<rest>.+)$/.exec(source)?.groups;
  const folder = manifest === undefined ? layout?.folder : folderOf(manifest.path);
  if (folder === undefined) return undefined;
  const inside = source.slice(folder.length + 1);
  const tables = readTables(manifest?.text ?? '');
  const named = tables.find(({ path }) => path === inside && inside !== '');
  const isExampleTable = named?.table === 'example';
  if (named?.name !== undefined)
    return { names: withUnderscores(named.name), isExample: isExampleTable, folder };
  const own = /^(?:src\/bin|examples)\/(?<name>[^/.]+)(?:\.rs$|\/)/.exec(inside)?.groups?.name;
  if (own !== undefined) return { names: [own], isExample: inside.startsWith('examples/'), folder };
  if (!inside.startsWith('src/')) return undefined;
  const packageName = tables.find(({ table }) => table === 'package')?.name ?? baseName(folder);
  const libraryName = tables.find(({ table }) => table === 'lib')?.name;
  const names = [...withUnderscores(packageName), ...(libraryName === undefined ? [] : [libraryName])];
  return { names, isExample: false, folder };
}

/** A binary keeps the hyphens of its name, a library does not. */
function withUnderscores(name: string): readonly string[] {
  return [name, name.replace(/-/g, '_')];
}

/** `name` and `path` of the tables of a Cargo.toml that have them. */
function readTables(
  text: string,
): readonly { readonly table: string; readonly name?: string; readonly path?: string }[] {
  return text.split(/^(?=\s*\[)/m).map((part) => {
    const table = /^\s*\[+\s*([\w.-]+)/.exec(part)?.[1] ?? '';
    const name = /^\s*name\s*=\s*["']([^"']+)["']/m.exec(part)?.[1];
    const path = /^\s*path\s*=\s*["'](?:\.\/)?([^"']+)["']/m.exec(part)?.[1];
    return { table, ...(name !== undefined && { name }), ...(path !== undefined && { path }) };
  });
}
