/**
 * Tells a process that chats when typing is answered, so that it waits meanwhile: in this window, which it sees itself, or in another one, of
 * which the process that completes tells (`server/typing.ts`). While no answer is being written nothing happens at a key;
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
  /** Typing is answered in some window, as the process that completes has told last. */
  #isToldBusy = false;
  #isBusy = false;
  #toldAt = 0;
  #rest: NodeJS.Timeout | undefined;

  /** @param watch says whether the process that completes shall tell of typing: while an answer is written */
  constructor(private readonly watch: (on: boolean) => void = () => undefined) {}

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
    if (this.#told.size === 1) this.watch(true);
    if (this.#isBusy) tell(true);
    return () => {
      if (this.#told.size === 1 && this.#told.has(tell)) this.#last();
      this.#told.delete(tell);
    };
  }

  /** What the process that completes tells of typing in all windows; it tells again while that goes on. */
  hear(isBusy: boolean): void {
    // What was asked for before the answer was over may come after it.
    if (this.#told.size === 0) return;
    this.#isToldBusy = isBusy;
    if (isBusy) this.#tell(true);
    else if (this.#pending === 0 && this.#rest === undefined) this.#be(false);
  }

  /** The next answer shall not wait for typing of which nobody will tell it the end. */
  #last(): void {
    this.watch(false);
    this.#isToldBusy = false;
    this.#be(false);
  }

  #follow(result: PromiseLike<unknown>): void {
    this.#pending++;
    this.#be(true);
    result.then(this.#done, this.#done);
  }

  readonly #done = (): void => {
    if (--this.#pending > 0 || !this.#isBusy) return;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      if (!this.#isToldBusy) this.#be(false);
    }, REST_MS);
  };

  #be(isBusy: boolean): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    if (isBusy === this.#isBusy && !(isBusy && performance.now() - this.#toldAt > HOLDS_MS)) return;
    this.#tell(isBusy);
  }

  #tell(isBusy: boolean): void {
    this.#isBusy = isBusy;
    this.#toldAt = performance.now();
    for (const tell of this.#told) tell(isBusy);
  }
}
