import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Profile } from '../instance/profile';
import type { NodeProgram } from './transpiler-client';

/**
 * Flags for Node's permission model, the second line of defence after the imports: a runner's process cannot
 * reach files outside of the grants, even if a guest broke out of WebAssembly. It costs nothing at start-up.
 * Where Node does not have it, there are no flags.
 */
export class PermissionFlags {
  readonly #readable: readonly string[];
  #supported: boolean;
  /** Whether it refuses the network too, as Node 25 and later do. */
  #guardsNetwork: boolean;

  /**
   * @param folders what every runner reads: the bundles and the cache
   * @param node the program whose support counts; another program than this process's own is asked once, and gets no flags until it answers
   */
  constructor(folders: readonly string[], node: NodeProgram) {
    this.#readable = folders;
    const ownNode = node.execPath === process.execPath && process.versions.electron === undefined;
    this.#supported = ownNode && process.allowedNodeEnvironmentFlags.has('--permission');
    this.#guardsNetwork = ownNode && process.allowedNodeEnvironmentFlags.has('--allow-net');
    if (ownNode) return;
    const ask = "process.allowedNodeEnvironmentFlags.has('--allow-net')";
    const args = ['--permission', '--no-warnings', '--allow-worker', '--allow-fs-read=*', '-p', ask];
    execFile(node.execPath, args, { env: { ...node.env }, timeout: 10_000 }, (error, stdout) => {
      this.#supported = error === null;
      this.#guardsNetwork = stdout.trim() === 'true';
    }).unref();
  }

  /**
   * Arguments for Node that limit a runner to a profile's grants.
   * @param socketFolder where it listens for requests, if it serves. Node 25 and later let it listen only with the network, since they do
   * not tell sockets of the file system from others
   */
  argsFor({ dirs, network, modules = [] }: Profile, socketFolder?: string): readonly string[] {
    // A module of the user's may import any file.
    if (!this.#supported || modules.length > 0) return [];
    const readable = [...this.#readable, ...dirs.map(({ host }) => host)];
    const writable = dirs.filter(({ readOnly }) => !readOnly).map(({ host }) => host);
    const serves = socketFolder !== undefined;
    if (serves) {
      readable.push(socketFolder);
      writable.push(socketFolder);
    }
    return [
      '--permission',
      '--no-warnings',
      '--allow-worker',
      ...((network || serves) && this.#guardsNetwork ? ['--allow-net'] : []),
      ...patterns(readable).map((path) => `--allow-fs-read=${path}`),
      ...patterns(writable).map((path) => `--allow-fs-write=${path}`),
    ];
  }
}

/**
 * Folders as the permission model wants them: each folder and everything in it, also if it is made later.
 * Outer folders come first and inner ones are left out: Node 24 forgets a folder that is named after one
 * inside of it.
 */
function patterns(folders: readonly string[]): readonly string[] {
  const outerFirst = [...new Set(folders.flatMap(withTarget))].sort((a, b) => a.length - b.length);
  const outermost = outerFirst.filter(
    (folder, index) => !outerFirst.slice(0, index).some((outer) => folder.startsWith(join(outer, sep))),
  );
  return outermost.flatMap((folder) => [folder, join(folder, '*')]);
}

/** A folder, and the target of its links. */
function withTarget(path: string): readonly string[] {
  try {
    return [path, realpathSync(path)];
  } catch {
    return [path]; // it is not there yet, so it has no links
  }
}
