import { setPriority } from 'node:os';

/** Lets a process give way to others, such as the editor. */
export function lowerPriority(pid: number): void {
  try {
    setPriority(pid, 10);
  } catch {
    // Some systems do not allow it, and a process may be gone already; neither keeps a guest from running.
  }
}
