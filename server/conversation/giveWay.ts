/** Where chat waits while another process of this machine answers typing. */
import { orAborted } from '../errors';

/** The longest wait, in milliseconds: then chat goes on although nobody said so. */
const MOST_MS = 1000;

export class GiveWay {
  #free: Promise<void> | undefined;
  #open = (): void => undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Whether the other one is at work. */
  set(busy: boolean): void {
    clearTimeout(this.#timer);
    this.#open();
    this.#free = undefined;
    if (!busy) return;
    this.#free = new Promise((resolve) => {
      this.#open = resolve;
    });
    this.#timer = setTimeout(() => this.set(false), MOST_MS);
    // A process that has nothing else to do may end.
    this.#timer.unref();
  }

  /** Resolves as soon as chat may go on. @throws CancelledError when the signal is aborted before */
  async mayGoOn(signal: AbortSignal): Promise<void> {
    while (this.#free !== undefined) await orAborted(this.#free, signal);
  }
}
