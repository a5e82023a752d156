// @ts-check
// Lists processes and ends whole families of them. A test run must not leave any behind.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} ProcessInfo
 * @property {number} pid
 * @property {number} parent
 * @property {string} identity tells a process from a later one with the same id
 * @property {string} command
 */

/** @returns {readonly ProcessInfo[]} every process of this machine; none on Windows, where a tree is ended by its root */
function listProcesses() {
  if (process.platform === 'win32') return [];
  if (process.platform !== 'linux') return listWithPs();
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The second field, the program's name, is in parentheses and may hold anything.
        const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (state === 'Z' || state === 'X') return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), parent: Number(parent), identity: `${name} at ${rest[17]}`, command }];
      } catch {
        return []; // It has ended meanwhile.
      }
    });
}

/** @returns {readonly ProcessInfo[]} */
function listWithPs() {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,lstart=,command='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const match = /^\s*(\d+)\s+(\d+)\s+(\S+ +\S+ +\S+ +\S+ +\S+)\s+(.*)$/.exec(line);
      if (!match) return [];
      const [, pid, parent, started, command] = match;
      return [
        {
          pid: Number(pid),
          parent: Number(parent),
          identity: `${pid} at ${started}`,
          command: command ?? '',
        },
      ];
    });
}

/**
 * Follows processes and their descendants, also those that leave the process group or outlive their parents, if they were listed before
 * their parents ended.
 * @param {readonly number[]} roots
 * @returns {() => readonly ProcessInfo[]} lists those that are alive
 */
export function familyOf(roots) {
  /** @type {Set<string>} */
  const seen = new Set();
  return () => {
    const all = listProcesses();
    const family = new Set(
      seen.size === 0 ? roots : all.filter(({ identity }) => seen.has(identity)).map(({ pid }) => pid),
    );
    for (let size = 0; size !== family.size;) {
      size = family.size;
      for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
    }
    const alive = all.filter(({ pid }) => family.has(pid));
    for (const { identity } of alive) seen.add(identity);
    return alive;
  };
}

/**
 * Ends a process that was started with `detached: true`, and its whole group, at once.
 * @param {number} pid
 */
export function killGroup(pid) {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has ended already.
  }
}

/**
 * Ends one process at once, if it still lives.
 * @param {number} pid
 */
export function endOne(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}

/**
 * Runs this process's exit handlers, which end its children, also on Ctrl+C, on `kill`, on a closed terminal, and when npm was killed
 * (npm passes the signal only to the shell in between).
 * @param {number} exitCode
 */
export function exitOnSignals(exitCode) {
  const exit = () => process.exit(exitCode);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, exit);
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) exit();
  }, 500).unref();
}
