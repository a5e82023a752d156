import { readFile } from 'node:fs/promises';
import { importedFunctions, type ImportedFunction } from '../component/imported-functions';
import { readComponent } from '../component/read-component';
import type { Profile } from '../instance/profile';
import type { Build } from '../instance/registry';
import type { Artifact } from './artifact-cache';
import type { ComponentStore, Summary, Transpiling } from './component-store';
import { refuseMissingDirectories } from './granted-directories';
import type { GuestIo, InheritedIo } from './guest-io';
import { refuseIfTooLarge } from './memory-limit';
import { describeMissing, missingImports } from './missing-imports';
import type { RunnerNeeds } from './runner-pool';
import type { Runners } from './runners';
import { standbyKey } from './standbys';
import { startCommand } from './start-command';

/** An instance as it was asked for. */
export interface LaunchRequest {
  readonly build: Build;
  readonly profile: Profile;
  readonly io: GuestIo | InheritedIo;
  readonly debug: boolean;
  readonly countHostCalls: boolean;
}

/** What it takes to make instances like another. */
export interface LaunchPlan {
  readonly build: Build;
  readonly profile: Profile;
  readonly artifact: Artifact;
  readonly needs: RunnerNeeds;
  /** The same for all instances that one standby can be, see {@link standbyKey}. */
  readonly key: string;
  /** Debugged, traced, or with files of the user's, which may be others by the next start: never made ahead. */
  readonly special: boolean;
  /** Uses this process's own streams. */
  readonly inherits: boolean;
}

/** Finds out how to make an instance, and transpiles its component where that has not been done. Rejects with an Error that says why it cannot be made. */
export async function makeLaunchPlan(
  builds: ComponentStore,
  runners: Runners,
  { build, profile, io, debug, countHostCalls }: LaunchRequest,
  transpiling: Transpiling,
): Promise<LaunchPlan> {
  const summary = await builds.summaryOf(build);
  const missing = await missingImports(build, summary.imports, profile.modules ?? []);
  if (missing.length > 0) throw new Error(describeMissing(missing));
  await refuseMissingDirectories(profile.dirs);
  const { maxMemoryBytes } = profile;
  const artifact = await builds.artifactOf(build, maxMemoryBytes !== undefined, transpiling);
  if (maxMemoryBytes !== undefined) await refuseIfTooLarge(artifact, maxMemoryBytes);
  const start = startCommand(build, profile, io, {
    artifact,
    async: needsAsync(summary),
    debug,
    countHostCalls,
    imported: await importedBy(build, profile),
  });
  return {
    build,
    profile,
    artifact,
    needs: { start, ...runners.shapeFor(profile, io, { debug }) },
    key: standbyKey(build, profile, io),
    special: debug || countHostCalls || start.modules.length > 0 || profile.stdin.type === 'file',
    inherits: 'inherit' in io,
  };
}

/** Whether a component is of WASI 0.3 in any part, for which jco's glue needs JSPI. */
function needsAsync({ imports, exports }: Summary): boolean {
  return [...imports, ...exports.map(({ name }) => name)].some((name) => /^wasi:.*@0\.3/.test(name));
}

/** What a module that stands in for an import has to provide; nothing where there are no modules. */
async function importedBy(
  { path }: Build,
  { modules = [] }: Profile,
): Promise<ReadonlyMap<string, readonly ImportedFunction[]>> {
  if (modules.length === 0) return new Map();
  const component = readComponent(await readFile(path));
  return component.ok ? importedFunctions(component.value) : new Map();
}
