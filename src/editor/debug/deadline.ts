/** Something that was waited for did not happen in time. */
export class DeadlinePassed extends Error {
  constructor(what: string, limitMs: number) {
    super(`${what} within ${String(limitMs / 1000)} s.`);
    this.name = 'DeadlinePassed';
  }
}

/** Waits for something, but no longer than `limitMs`. `what` begins the sentence of the {@link DeadlinePassed}: "The debugger did not attach". */
export async function within<T>(limitMs: number, what: string, work: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DeadlinePassed(what, limitMs));
    }, limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
