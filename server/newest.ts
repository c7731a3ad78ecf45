/** Bounds what one window may have waiting: of more requests of a kind than that, the oldest end as cancelled. */

export class Newest {
  /** The oldest first. */
  readonly #going = new Set<AbortController>();

  /** @param most how many may go on at the same time */
  constructor(private readonly most: number) {}

  /** Does the work with a signal that is aborted by the given one too. @throws what the work throws */
  async run<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    this.#going.add(controller);
    if (this.#going.size > this.most) this.#dropOldest();
    try {
      return await work(controller.signal);
    } finally {
      signal.removeEventListener('abort', abort);
      this.#going.delete(controller);
    }
  }

  #dropOldest(): void {
    const [oldest] = this.#going;
    if (oldest === undefined) return;
    this.#going.delete(oldest);
    oldest.abort();
  }
}
