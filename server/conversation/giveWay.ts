/** Where chat waits while another process of this machine answers typing, in whatever window. */
import { orAborted } from '../errors';

/** The longest wait, in milliseconds: then chat goes on although nobody said so, or somebody never stops to say the opposite. */
const MOST_MS = 1000;

export class GiveWay {
  /** The windows that the other one works for. */
  readonly #busy = new Map<object, NodeJS.Timeout>();
  #free: Promise<void> | undefined;
  #open = (): void => undefined;

  /** Whether the other one is at work for the window. A window that has gone is not busy. */
  set(busy: boolean, window: object = this): void {
    clearTimeout(this.#busy.get(window));
    this.#busy.delete(window);
    if (busy) {
      const timer = setTimeout(() => this.set(false, window), MOST_MS);
      // A process that has nothing else to do may end.
      timer.unref();
      this.#busy.set(window, timer);
      this.#free ??= new Promise((resolve) => {
        this.#open = resolve;
      });
    } else if (this.#busy.size === 0) {
      this.#open();
      this.#free = undefined;
    }
  }

  /** Resolves as soon as chat may go on, which is after the longest wait whatever is said. @throws CancelledError when the signal is aborted before */
  async mayGoOn(signal: AbortSignal): Promise<void> {
    const until = performance.now() + MOST_MS;
    while (this.#free !== undefined && performance.now() < until) {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, until - performance.now());
        timer.unref();
      });
      await orAborted(Promise.race([this.#free, over]), signal).finally(() => clearTimeout(timer));
    }
  }
}
