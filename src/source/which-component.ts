import { findByBaseName, findByWorld } from './component-by-base-name';
import { findByBuildScripts } from './component-by-build-script';
import { findByCargo } from './component-by-cargo';
import { findByDwarf } from './component-by-dwarf';
import type {
  ComponentCandidate,
  ComponentMapping,
  Located,
  WhichComponentInput,
} from './component-candidate';
import { globExpression, normalisePath, resolvePath } from './paths';

/**
 * The components that `source` makes, newest build first; none if nothing says so. The first way that finds
 * any decides: the user's setting, the names in the components' own DWARF, build scripts, Cargo's folders,
 * the same base name.
 */
export function whichComponents(input: WhichComponentInput): readonly ComponentCandidate[] {
  const source = normalisePath(input.source);
  const located = input.components.map((component) => ({ component, path: normalisePath(component.path) }));
  const buildFiles = (input.buildFiles ?? []).map(({ path, text }) => ({ path: normalisePath(path), text }));
  const ways = [
    () => findBySetting(source, located, input.mappings ?? []),
    () => findByDwarf(source, located),
    () => findByBuildScripts(source, located, buildFiles),
    () => findByCargo(source, located, buildFiles),
    () => (input.world === undefined ? [] : findByWorld(input.world, source, located)),
    () => findByBaseName(source, located),
  ];
  for (const way of ways) {
    const found = way();
    if (found.length > 0) return [...found].sort((a, b) => b.component.mtimeMs - a.component.mtimeMs);
  }
  return [];
}

function findBySetting(
  source: string,
  located: readonly Located[],
  mappings: readonly ComponentMapping[],
): readonly ComponentCandidate[] {
  const applying = mappings.filter(({ sources, folder }) =>
    sources.some((glob) => globExpression(resolvePath(folder, glob)).test(source)),
  );
  return located.flatMap(({ component, path }) => {
    const mapping = applying.find(({ wasm, folder }) => globExpression(resolvePath(folder, wasm)).test(path));
    return mapping === undefined
      ? []
      : [{ component, reason: { type: 'setting', wasm: mapping.wasm } as const }];
  });
}
