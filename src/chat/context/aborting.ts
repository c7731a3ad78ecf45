/** Work that cannot be stopped is at least not waited for. */

/** @throws the signal's reason as soon as it is aborted */
export async function orAborted<T>(work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return await new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    const settle =
      <V>(then: (value: V) => void) =>
      (value: V): void => {
        signal.removeEventListener('abort', stop);
        then(value);
      };
    work.then(settle(resolve), settle(reject));
  });
}
