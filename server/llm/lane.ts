/** One job at a time, in order of arrival: a KV cache can serve only one. */
import { orAborted } from '../errors';

/** The turn of a job that gives way. */
export interface YieldingTurn {
  /** Aborted as soon as another job waits. */
  readonly wanted: AbortSignal;
  /** Ends the turn; call it once, whatever happens. */
  readonly leave: () => void;
}

export class Lane {
  #last: Promise<void> = Promise.resolve();
  readonly #yielding = new Set<AbortController>();

  /**
   * Waits for the turn.
   *
   * @returns the function that ends the turn; call it once, whatever happens
   * @throws CancelledError when the signal is aborted while waiting; the lane then goes on without this job
   */
  enter(signal: AbortSignal): Promise<() => void> {
    for (const controller of this.#yielding) controller.abort();
    return this.#enter(signal);
  }

  /** As `enter`, for a job that gives way to every other one that waits. @throws CancelledError as `enter` */
  async enterYielding(signal: AbortSignal): Promise<YieldingTurn> {
    const controller = new AbortController();
    this.#yielding.add(controller);
    try {
      const leave = await this.#enter(signal);
      return { wanted: controller.signal, leave: () => this.#yielding.delete(controller) && leave() };
    } catch (error) {
      this.#yielding.delete(controller);
      throw error;
    }
  }

  async #enter(signal: AbortSignal): Promise<() => void> {
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
