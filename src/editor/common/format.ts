/** The time of day of a wall clock time in ms since the epoch: `14:01:07`. */
export function formatClock(timeMs: number): string {
  return new Date(timeMs).toLocaleTimeString(undefined, { hour12: false });
}
