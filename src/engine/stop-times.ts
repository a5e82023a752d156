/** How long a killed process may take to hand over what its guest had printed, before it counts as ended. */
export const drainMs = 20;

/** How long the rest of a stopped guest's output waits to be taken, before it is thrown away. */
export const untakenMs = 2000;

/** A longer time makes Node's timers fire at once; no instance lives for these 24 days. */
export const longestTimerMs = 2 ** 31 - 1;
