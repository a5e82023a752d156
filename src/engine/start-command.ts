import { basename } from 'node:path';
import type { ImportedFunction } from '../component/imported-functions';
import type { Build } from '../instance/registry';
import type { Profile } from '../instance/profile';
import { filesOf, type Artifact } from './artifact-cache';
import type { GuestIo, InheritedIo } from './guest-io';
import { moduleFor } from './missing-imports';
import type { Command, WireProgram } from './wire';

const pageBytes = 65_536;

/** What a runner is told to start an instance. */
export function startCommand(
  build: Build,
  profile: Profile,
  io: GuestIo | InheritedIo,
  made: {
    readonly artifact: Artifact;
    readonly async: boolean;
    readonly debug: boolean;
    readonly countHostCalls: boolean;
    /** Of each import; needed only where modules stand in for some. */
    readonly imported: ReadonlyMap<string, readonly ImportedFunction[]>;
  },
): Extract<Command, { type: 'start' }> {
  const [glue] = filesOf(made.artifact, 'glue');
  const [codeCache] = filesOf(made.artifact, 'code-cache');
  if (glue === undefined) throw new Error(`The transpilation of ${build.path} has no script.`);
  const inherited = 'inherit' in io;
  const terminal = inherited ? false : (io.terminal ?? profile.stdin.type === 'terminal');
  return {
    type: 'start',
    artifact: {
      glue: glue.path,
      ...(codeCache === undefined ? {} : { codeCache: codeCache.path }),
      cores: filesOf(made.artifact, 'core').map(({ name, path }) => [name, path] as const),
      imports: made.artifact.manifest.imports,
      async: made.async || made.artifact.manifest.async,
    },
    grants: { dirs: profile.dirs, network: profile.network },
    modules: made.artifact.manifest.imports.flatMap((name) => {
      const grant = moduleFor(name, profile.modules ?? []);
      return grant === undefined
        ? []
        : [{ interface: name, path: grant.path, functions: made.imported.get(name) ?? [] }];
    }),
    program: programOf(build, profile),
    output: inherited ? 'raw' : 'framed',
    stdin: profile.stdin.type !== 'empty',
    terminals: inherited ? io.inherit : { stdin: terminal, stdout: terminal, stderr: terminal },
    ...(profile.maxMemoryBytes === undefined
      ? {}
      : { maxMemoryPages: Math.floor(profile.maxMemoryBytes / pageBytes) }),
    debug: made.debug,
    countHostCalls: made.countHostCalls,
  };
}

/** The guest's command line and environment in a profile. */
export function programOf(build: Build, profile: Profile): WireProgram {
  return { argv: [profile.argv0 ?? basename(build.path), ...profile.args], env: Object.entries(profile.env) };
}
