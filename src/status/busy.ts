/** Whether something is being answered that takes its time. What is answered at once, as most of typing is, nobody is told of. */
import type { ChatClient } from '../client/chatClient';
import type { Gate } from '../client/client';
import type { EditClient } from '../client/editClient';
import { followedChat, followedEdits } from '../client/followed';
import type { Clock } from '../clock';

/** How long an answer must take to be told of, in milliseconds. */
const SLOW_MS = 300;
/** How long it is told of after the last answer, in milliseconds: the next one may begin just then. */
const REST_MS = 200;

export class Busy {
  #slow = 0;
  #isBusy = false;
  #cancelRest: (() => void) | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** `isBusy` has changed. */
  readonly onDidChange = (listener: () => void): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  /** An answer has begun. @returns the function to call when it is over */
  enter(): () => void {
    let isSlow = false;
    const cancel = this.clock.after(SLOW_MS, () => {
      isSlow = true;
      this.#slow++;
      this.#cancelRest?.();
      this.#be(true);
    });
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      cancel();
      if (isSlow && --this.#slow === 0) this.#cancelRest = this.clock.after(REST_MS, () => this.#be(false));
    };
  }

  /** The same provider of ghost text, followed. */
  aroundGate(gate: Gate): Gate {
    return (...request) => {
      const result = gate(...request);
      if (result !== null && typeof result === 'object' && 'then' in result) {
        const leave = this.enter();
        result.then(leave, leave);
      }
      return result;
    };
  }

  /** The same client, followed. */
  aroundChat(client: ChatClient): ChatClient {
    return followedChat(client, () => this.enter());
  }

  aroundEdits(client: EditClient): EditClient {
    return followedEdits(client, () => this.enter());
  }

  dispose(): void {
    this.#listeners.clear();
  }

  #be(isBusy: boolean): void {
    if (isBusy === this.#isBusy) return;
    this.#isBusy = isBusy;
    for (const listener of this.#listeners) listener();
  }
}
