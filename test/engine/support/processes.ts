import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A process that runs: those that have ended and wait for their parent to notice are not among them. */
interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** The processes of a group, by id. A process that is started detached is a group of its own name, and what it starts stays in it. */
export function processesOfGroup(group: number): readonly number[] {
  return allProcesses()
    .filter((process) => process.group === group)
    .map(({ pid }) => pid);
}

/** The children of a process that run a script of this name. */
export function childrenThatRun(parent: number, script: string): readonly number[] {
  return allProcesses()
    .filter((process) => process.parent === parent && argumentsOf(process.pid).includes(script))
    .map(({ pid }) => pid);
}

/** The command line of a process, as far as the system tells. */
export function argumentsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8');
  } catch {
    return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  }
}

/** Whether a process runs. */
export function isRunning(pid: number): boolean {
  return allProcesses().some((process) => process.pid === pid);
}

/** Waits until a condition holds; says whether it did in time. */
export async function eventually(condition: () => boolean, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > deadline) return false;
    await new Promise((wait) => setTimeout(wait, 10));
  }
  return true;
}

function allProcesses(): readonly RunningProcess[] {
  return existsSync('/proc/self/stat') ? processesOfProc() : processesOfPs();
}

function processesOfProc(): readonly RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // After the program's name, which may hold anything: state, parent, group.
        const [state = '', parent = '', group = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return 'ZX'.includes(state)
          ? []
          : [{ pid: Number(name), parent: Number(parent), group: Number(group) }];
      } catch {
        return []; // it ended meanwhile
      }
    });
}

function processesOfPs(): readonly RunningProcess[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent, group, state = 'Z'] = line.trim().split(/\s+/);
    return state.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), group: Number(group) }];
  });
}
