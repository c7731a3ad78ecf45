/**
 * Tells a process that chats when typing is answered, so that it waits meanwhile. While no answer is being written nothing happens at a key;
 * while one is, it is told when typing begins to be answered and when that is over. It never waits longer than a second for a word, so while
 * the typing goes on it is told again, but not at each key.
 */
import type { Gate } from './client';

/** Whoever is told. */
type Tell = (busy: boolean) => void;

/** How long after an answer the next key is waited for, in milliseconds: the time between two keys. */
const REST_MS = 300;
/** How long what was told holds, in milliseconds: less than the second after which chat goes on by itself. */
const HOLDS_MS = 500;

export class GiveWay {
  readonly #told = new Set<Tell>();
  /** Requests for ghost text that have no answer yet. */
  #pending = 0;
  #isBusy = false;
  #toldAt = 0;
  #rest: NodeJS.Timeout | undefined;

  /** The same provider of ghost text, followed. */
  around(gate: Gate): Gate {
    return (document, position, context, token, next) => {
      const result = gate(document, position, context, token, next);
      if (this.#told.size > 0 && result !== null && typeof result === 'object' && 'then' in result)
        this.#follow(result);
      return result;
    };
  }

  /** An answer is being written. @returns the function to call when it is over */
  enter(tell: Tell): () => void {
    this.#told.add(tell);
    if (this.#isBusy) tell(true);
    return () => {
      // The next answer shall not wait for typing of which nobody will tell it the end.
      if (this.#told.size === 1) this.#be(false);
      this.#told.delete(tell);
    };
  }

  #follow(result: PromiseLike<unknown>): void {
    this.#pending++;
    this.#be(true);
    result.then(this.#done, this.#done);
  }

  readonly #done = (): void => {
    if (--this.#pending > 0 || !this.#isBusy) return;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#be(false), REST_MS);
  };

  #be(isBusy: boolean): void {
    clearTimeout(this.#rest);
    const now = performance.now();
    if (isBusy === this.#isBusy && !(isBusy && now - this.#toldAt > HOLDS_MS)) return;
    this.#isBusy = isBusy;
    this.#toldAt = now;
    for (const tell of this.#told) tell(isBusy);
  }
}
