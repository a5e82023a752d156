/**
 * Monotonic time in ms, for durations. Unlike `performance.now()`, whose first use loads Node's whole performance module, it costs a cold start nothing.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
