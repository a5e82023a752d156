/** Exit statuses that are ours to choose, as shells know them. */
export const status = {
  cannotStart: 2,
  timeout: 124,
  interrupted: 130,
  trapped: 134,
  killed: 137,
  pipeClosed: 141,
} as const;
