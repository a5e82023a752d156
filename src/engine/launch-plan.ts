import { readFile } from 'node:fs/promises';
import { importedFunctions, type ImportedFunction } from '../component/imported-functions';
import { readRunnable } from '../component/read-runnable';
import { grantsKey, type Profile } from '../instance/profile';
import type { Build } from '../instance/registry';
import type { Artifact } from './artifact-cache';
import type { ComponentStore, Transpiling } from './component-store';
import { refuseMissingDirectories } from './granted-directories';
import type { GuestIo, InheritedIo } from './guest-io';
import { refuseIfTooLarge } from './memory-limit';
import { StartError } from './errors';
import { missingImports } from './missing-imports';
import type { RunnerShape } from './runner-process';
import type { Runners } from './runners';
import { startCommand } from './start-command';
import type { StartCommand } from './wire';

/** An instance as it was asked for. */
export interface LaunchRequest {
  readonly build: Build;
  readonly profile: Profile;
  readonly io: GuestIo | InheritedIo;
  readonly debug: boolean;
  readonly countHostCalls: boolean;
}

/** What it takes to make an instance, and others like it. */
export interface LaunchPlan {
  readonly request: LaunchRequest;
  readonly artifact: Artifact;
  /** The process that its runner is. */
  readonly shape: RunnerShape;
  /** What makes the instance in the runner. */
  readonly start: StartCommand;
}

/**
 * The same text for requests that one instance or one runner can serve, one after the other: it names the
 * file and its content, and everything that is given and granted but arguments, environment and the time
 * limit of a call.
 */
export function launchKey({ build, profile, io, debug, countHostCalls }: LaunchRequest): string {
  const streams = 'inherit' in io ? io.inherit : io.terminal;
  return JSON.stringify([build.path, build.sha256, grantsKey(profile), streams, debug, countHostCalls]);
}

/**
 * Whether it is an ordinary run: not debugged, not traced, and without files of the user's that may be others
 * by the next start.
 */
export function isOrdinary({ request: { debug, countHostCalls, profile }, start }: LaunchPlan): boolean {
  return !debug && !countHostCalls && start.modules.length === 0 && profile.stdin.type !== 'file';
}

/** Whether an instance like this one may be made before it is asked for. */
export function mayPrewarm(plan: LaunchPlan): boolean {
  return isOrdinary(plan) && !('inherit' in plan.request.io);
}

/**
 * Finds out how to make an instance, and transpiles its component where that has not been done.
 * Rejects with a {@link StartError} where it cannot be made.
 */
export async function makeLaunchPlan(
  components: ComponentStore,
  runners: Runners,
  request: LaunchRequest,
  transpiling: Transpiling,
): Promise<LaunchPlan> {
  const { profile, io, debug } = request;
  const prepared = await prepareStart(components, request, { serve: false }, transpiling);
  return { request, ...prepared, shape: runners.shapeFor(profile, io, { debug }) };
}

/**
 * The part of {@link makeLaunchPlan} that needs no runner: the component transpiled, to be run or to serve HTTP requests, and the command
 * that makes instances of it.
 */
export async function prepareStart(
  components: ComponentStore,
  request: LaunchRequest,
  { serve }: { readonly serve: boolean },
  transpiling: Transpiling,
): Promise<Pick<LaunchPlan, 'artifact' | 'start'>> {
  const { build, profile } = request;
  const summary = await components.summaryOf(build);
  const missing = await missingImports(build, summary.imports, profile.modules ?? []);
  if (missing.length > 0) throw new StartError({ code: 'missing-imports', imports: missing });
  await refuseMissingDirectories(profile.dirs);
  const { maxMemoryBytes } = profile;
  const how = { limitMemory: maxMemoryBytes !== undefined, serve };
  const artifact = await components.artifactOf(build, how, transpiling);
  if (maxMemoryBytes !== undefined) await refuseIfTooLarge(artifact, maxMemoryBytes);
  const start = startCommand(request, artifact, await importedBy(build, profile));
  return { artifact, start };
}

/** What a module that stands in for an import has to provide; nothing where there are no modules. */
async function importedBy(
  { path }: Build,
  { modules = [] }: Profile,
): Promise<ReadonlyMap<string, readonly ImportedFunction[]>> {
  if (modules.length === 0) return new Map();
  const component = readRunnable(await readFile(path));
  return component.ok ? importedFunctions(component.value) : new Map();
}
