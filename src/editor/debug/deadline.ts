/** A wait that took too long. The message is a sentence for the user. */
export class DeadlinePassed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DeadlinePassed';
  }
}

/**
 * Waits for `work`, but no longer than `limitMs`; rejects with a {@link DeadlinePassed} then.
 * @param late says what did not happen in time
 */
export async function within<T>(
  limitMs: number,
  late: (seconds: number) => string,
  work: PromiseLike<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DeadlinePassed(late(limitMs / 1000)));
    }, limitMs);
  });
  try {
    return await Promise.race([work, passed]);
  } finally {
    clearTimeout(timer);
  }
}
