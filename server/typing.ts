/**
 * Whether typing is answered by this process, in whatever window: for those windows that have an answer written by another process meanwhile,
 * and tell that one to give way (`src/client/giveWay.ts`). While nobody wants to hear, nothing is said.
 */

/** Whoever wants to hear. */
type Hear = (busy: boolean) => void;

/** How long after an answer the next key is waited for, in milliseconds: the time between two keys. */
const REST_MS = 300;
/** How long what was said holds, in milliseconds: less than the second after which chat goes on by itself. So it is not said at each key. */
const HOLDS_MS = 500;

export class Typing {
  readonly #hearers = new Map<object, Hear>();
  /** Requests for ghost text that have no answer yet. */
  #pending = 0;
  #isBusy = false;
  #saidAt = 0;
  #rest: NodeJS.Timeout | undefined;

  /** Does the work of a request for ghost text. @throws what the work throws */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#pending++;
    clearTimeout(this.#rest);
    this.#say(true);
    try {
      return await work();
    } finally {
      if (--this.#pending === 0) this.#end();
    }
  }

  /** Says to the window how it is now, and then each time that it changes; again, while it goes on. */
  hear(window: object, hear: Hear): void {
    this.#hearers.set(window, hear);
    hear(this.#isBusy);
  }

  /** The window has no such answer any more, or has gone. */
  unhear(window: object): void {
    this.#hearers.delete(window);
  }

  #end(): void {
    this.#rest = setTimeout(() => this.#say(false), REST_MS);
    // A process that has nothing else to do may end.
    this.#rest.unref();
  }

  #say(isBusy: boolean): void {
    const now = performance.now();
    if (isBusy === this.#isBusy && !(isBusy && now - this.#saidAt > HOLDS_MS)) return;
    this.#isBusy = isBusy;
    this.#saidAt = now;
    for (const hear of this.#hearers.values()) hear(isBusy);
  }
}
