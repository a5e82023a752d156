import { compareVersionsDescending } from './wasi';

/**
 * The name among `names` that is meant by an interface's name with a whole or shortened version: `demo:shapes/geometry@1`. The same version
 * comes first, then versions that begin alike, then compatible ones; of several the highest. Undefined if there is none.
 */
export function compatibleName(wanted: string, names: readonly string[]): string | undefined {
  const [path, version] = split(wanted);
  if (version === null) return undefined;
  const candidates = names.filter((name) => split(name)[0] === path).sort(compareVersionsDescending);
  const versionIs = (fits: (actual: string) => boolean) =>
    candidates.find((name) => {
      const actual = split(name)[1];
      return actual !== null && fits(actual);
    });
  return (
    versionIs((actual) => actual === version) ??
    versionIs(
      (actual) => track(version) !== null && actual.startsWith(`${version}.`) && !isPreRelease(actual),
    ) ??
    versionIs((actual) => track(version) !== null && track(actual) === track(version))
  );
}

function split(name: string): readonly [path: string, version: string | null] {
  const at = name.indexOf('@');
  return at < 0 ? [name, null] : [name.slice(0, at), name.slice(at + 1)];
}

/**
 * What compatible versions have in common: `1` of 1.2.3, `0.2` of 0.2.3, `0.0.3` of 0.0.3. Null for pre-releases, which fit only themselves.
 * Source: https://github.com/WebAssembly/component-model/blob/main/design/mvp/Explainer.md#import-and-export-definitions (canonversion)
 */
function track(version: string): string | null {
  const [, major, minor, patch] = /^(\d+)(?:\.(\d+)(?:\.(\d+)(?:\+.*)?)?)?$/.exec(version) ?? [];
  if (major === undefined) return null;
  if (major !== '0') return major;
  if (minor === undefined) return null;
  if (minor !== '0') return `0.${minor}`;
  return patch === undefined ? null : `0.0.${patch}`;
}

function isPreRelease(version: string): boolean {
  return version.includes('-');
}
