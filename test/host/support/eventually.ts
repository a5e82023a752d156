/** Tries a check until it passes, and then gives its value; after `timeoutMs` rethrows the check's last error. */
export async function eventually<T>(check: () => T | PromiseLike<T>, timeoutMs = 30_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
