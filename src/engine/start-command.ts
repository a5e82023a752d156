import { defined } from '../base/defined';
import { basename } from 'node:path';
import type { ImportedFunction } from '../component/imported-functions';
import type { Build } from '../instance/registry';
import type { Profile } from '../instance/profile';
import { filesOf, type Artifact } from './artifact-cache';
import type { LaunchRequest } from './launch-plan';
import { moduleFor } from './missing-imports';
import type { StartCommand, WireArtifact, WireProgram } from './wire';

const pageBytes = 65_536;

/**
 * What a runner is told to start an instance.
 * @param imported the functions of each import; needed only where modules stand in for some
 */
export function startCommand(
  { build, profile, io, debug, countHostCalls }: LaunchRequest,
  artifact: Artifact,
  imported: ReadonlyMap<string, readonly ImportedFunction[]>,
): StartCommand {
  const { manifest } = artifact;
  const inherited = 'inherit' in io;
  const terminal = inherited ? false : (io.terminal ?? profile.stdin.type === 'terminal');
  return {
    type: 'start',
    artifact: wireArtifact(build, artifact),
    grants: { dirs: profile.dirs, network: profile.network },
    modules: manifest.imports.flatMap((name) => {
      const grant = moduleFor(name, profile.modules ?? []);
      return grant === undefined
        ? []
        : [{ interface: name, path: grant.path, functions: imported.get(name) ?? [] }];
    }),
    program: programOf(build, profile),
    output: inherited ? 'raw' : 'framed',
    stdin: profile.stdin.type !== 'empty',
    terminals: inherited ? io.inherit : { stdin: terminal, stdout: terminal, stderr: terminal },
    ...(profile.maxMemoryBytes === undefined
      ? {}
      : { maxMemoryPages: Math.floor(profile.maxMemoryBytes / pageBytes) }),
    debug,
    countHostCalls,
  };
}

function wireArtifact(build: Build, artifact: Artifact): WireArtifact {
  const [glue] = filesOf(artifact, 'glue');
  const [codeCache] = filesOf(artifact, 'code-cache');
  if (glue === undefined) throw new Error(`The transpilation of ${build.path} has no script.`);
  return {
    glue: glue.path,
    ...defined({ codeCache: codeCache?.path }),
    cores: filesOf(artifact, 'core').map(({ name, path }) => [name, path] as const),
    imports: artifact.manifest.imports,
    async: artifact.manifest.async,
  };
}

/** The guest's command line and environment in a profile. */
export function programOf(build: Build, profile: Profile): WireProgram {
  return { argv: [profile.argv0 ?? basename(build.path), ...profile.args], env: Object.entries(profile.env) };
}
