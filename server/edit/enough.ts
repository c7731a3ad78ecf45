/** Which pieces of a running edit the client has enough of. */
import { CancelledError } from '../errors';

export class Enough {
  readonly #pieces = new Map<number, AbortController>();

  /** The rest of the piece is not needed; one that is over already is none the worse for it. */
  of(piece: number): void {
    this.#controllerOf(piece).abort();
  }

  /**
   * Does the work for a piece, with a signal that is aborted as soon as there is enough of it.
   *
   * @returns undefined when it ended because there was enough
   * @throws CancelledError when the signal given is aborted, and what the work throws
   */
  async until<T>(
    piece: number,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    const { signal: enough } = this.#controllerOf(piece);
    try {
      return await work(AbortSignal.any([signal, enough]));
    } catch (error) {
      if (error instanceof CancelledError && enough.aborted && !signal.aborted) return undefined;
      throw error;
    }
  }

  #controllerOf(piece: number): AbortController {
    const controller = this.#pieces.get(piece) ?? new AbortController();
    this.#pieces.set(piece, controller);
    return controller;
  }
}
