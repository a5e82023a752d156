const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A duration in ms, in the unit in which it is a small number: `0.4 ms`, `12 ms`, `3.2 s`, `4 min`, `2 h`, `3 d`. */
export function formatDuration(ms: number): string {
  if (ms < 10) return `${oneDecimal(ms)} ms`;
  if (ms < second) return `${String(Math.round(ms))} ms`;
  if (ms < minute) return `${oneDecimal(ms / second)} s`;
  if (ms < hour) return `${String(Math.floor(ms / minute))} min`;
  if (ms < day) return `${String(Math.floor(ms / hour))} h`;
  return `${String(Math.floor(ms / day))} d`;
}

function oneDecimal(value: number): string {
  return String(Math.round(value * 10) / 10);
}
