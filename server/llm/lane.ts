/** One job at a time, in order of arrival: a KV cache can serve only one. */
import { orAborted } from '../errors';

export class Lane {
  #last: Promise<void> = Promise.resolve();

  /**
   * Waits for the turn.
   *
   * @returns the function that ends the turn; call it once, whatever happens
   * @throws CancelledError when the signal is aborted while waiting; the lane then goes on without this job
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    const before = this.#last;
    let leave = (): void => undefined;
    const mine = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.#last = before.then(() => mine);
    try {
      await orAborted(before, signal);
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }
}
