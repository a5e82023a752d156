import { CORE_TYPES, type CoreFuncType } from './core-types';

/** The import modules that the adapter answers: preview 1, and the snapshot before it. */
export const preview1Modules = ['wasi_snapshot_preview1', 'wasi_unstable'] as const;

/** The import module of a module that was built for preview 1, or for the snapshot before it. */
export type Preview1Module = (typeof preview1Modules)[number];

/** The export that jco's adapter for commands gives the component; it calls the module's `_start`. */
export const adaptedRun = 'wasi:cli/run@0.2.12';

export function isPreview1(module: string): module is Preview1Module {
  return preview1Modules.some((each) => each === module);
}

/**
 * The functions of preview 1 with their signatures, as jco's adapter has them: parameters, a colon, results; `i` is i32, `I` is i64.
 * Source: https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md
 */
const signatures: Readonly<Record<string, string>> = {
  args_get: 'ii:i',
  args_sizes_get: 'ii:i',
  clock_res_get: 'ii:i',
  clock_time_get: 'iIi:i',
  environ_get: 'ii:i',
  environ_sizes_get: 'ii:i',
  fd_advise: 'iIIi:i',
  fd_allocate: 'iII:i',
  fd_close: 'i:i',
  fd_datasync: 'i:i',
  fd_fdstat_get: 'ii:i',
  fd_fdstat_set_flags: 'ii:i',
  fd_fdstat_set_rights: 'iII:i',
  fd_filestat_get: 'ii:i',
  fd_filestat_set_size: 'iI:i',
  fd_filestat_set_times: 'iIIi:i',
  fd_pread: 'iiiIi:i',
  fd_prestat_dir_name: 'iii:i',
  fd_prestat_get: 'ii:i',
  fd_pwrite: 'iiiIi:i',
  fd_read: 'iiii:i',
  fd_readdir: 'iiiIi:i',
  fd_renumber: 'ii:i',
  fd_seek: 'iIii:i',
  fd_sync: 'i:i',
  fd_tell: 'ii:i',
  fd_write: 'iiii:i',
  path_create_directory: 'iii:i',
  path_filestat_get: 'iiiii:i',
  path_filestat_set_times: 'iiiiIIi:i',
  path_link: 'iiiiiii:i',
  path_open: 'iiiiiIIii:i',
  path_readlink: 'iiiiii:i',
  path_remove_directory: 'iii:i',
  path_rename: 'iiiiii:i',
  path_symlink: 'iiiii:i',
  path_unlink_file: 'iii:i',
  poll_oneoff: 'iiii:i',
  proc_exit: 'i:',
  proc_raise: 'i:i',
  random_get: 'ii:i',
  sched_yield: ':i',
  sock_accept: 'iii:i',
  sock_recv: 'iiiiii:i',
  sock_send: 'iiiii:i',
  sock_shutdown: 'ii:i',
};

/**
 * Functions of `wasi_unstable` that took their arguments or laid out their results in another way than those of preview 1 with the same
 * signature: `fd_seek` numbers `whence` differently, file statistics and subscriptions have other layouts.
 */
const changedSinceUnstable: ReadonlySet<string> = new Set([
  'fd_seek',
  'fd_filestat_get',
  'path_filestat_get',
  'poll_oneoff',
]);

/** Whether the adapter answers a function: `changed` if it would, but with another meaning than the module expects. */
export function adapterAnswers(
  module: Preview1Module,
  name: string,
  type: CoreFuncType | null,
): 'yes' | 'no' | 'changed' {
  if (type === null || !Object.hasOwn(signatures, name) || signatures[name] !== written(type)) return 'no';
  return module === 'wasi_unstable' && changedSinceUnstable.has(name) ? 'changed' : 'yes';
}

function written({ params, results }: CoreFuncType): string {
  const letters = (types: readonly number[]) =>
    types.map((type) => (type === CORE_TYPES.i32 ? 'i' : type === CORE_TYPES.i64 ? 'I' : '?')).join('');
  return `${letters(params)}:${letters(results)}`;
}
