/** Something is waited for that can never come. */
export class Deadlock extends Error {
  override readonly name = 'Deadlock';
}

/**
 * Waits for a promise. Rejects, with a Deadlock of these words, when nothing is left that could settle it,
 * and this process would end by itself.
 */
export async function whileAlive<T>(promise: Promise<T>, words: string): Promise<T> {
  let end: () => void = () => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    end = () => {
      reject(new Deadlock(words));
    };
  });
  process.once('beforeExit', end);
  try {
    return await Promise.race([promise, ended]);
  } finally {
    process.off('beforeExit', end);
  }
}
