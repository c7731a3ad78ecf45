/**
 * One job at a time: a processor or a KV cache can serve only one. Windows take turns, so that one that wants very much waits for itself; within
 * a window it goes by arrival. Chat comes after typing, and is not forgotten.
 */
import { CancelledError, throwIfAborted } from '../errors';
import { Turns, type Waiting } from './turns';

/** The turn of a job that gives way. */
export interface YieldingTurn {
  /** Aborted as soon as another job waits. */
  readonly wanted: AbortSignal;
  /** Ends the turn; call it once, whatever happens. */
  readonly leave: () => void;
}

/** Whose turn it is, and of which kind. */
export interface Turn {
  /** Absent: the process itself. */
  readonly window?: object;
  /** A token of an answer, say: goes after what is typed in any window. */
  readonly isChat?: boolean;
}

/** So many turns of typing go before one of chat that waits: who types meets chat seldom, and chat goes on beside a window that never rests. */
const BEFORE_CHAT = 4;

export class Lane {
  #isTaken = false;
  readonly #typing = new Turns();
  readonly #chat = new Turns();
  /** Those that wait until nobody else does. */
  readonly #last = new Turns();
  /** Turns of typing since chat began to wait. */
  #typed = 0;
  readonly #yielding = new Set<AbortController>();

  /**
   * Waits for the turn.
   *
   * @returns the function that ends the turn; call it once, whatever happens
   * @throws CancelledError when the signal is aborted while waiting; the lane then goes on without this job
   */
  enter(signal: AbortSignal, { window = this, isChat = false }: Turn = {}): Promise<() => void> {
    for (const controller of this.#yielding) controller.abort();
    return this.#enter(signal, isChat ? this.#chat : this.#typing, window);
  }

  /** As `enter`, for a job that gives way to every other one that waits. @throws CancelledError as `enter` */
  async enterYielding(signal: AbortSignal, { window = this }: Turn = {}): Promise<YieldingTurn> {
    const controller = new AbortController();
    this.#yielding.add(controller);
    try {
      const leave = await this.#enter(signal, this.#typing, window);
      return { wanted: controller.signal, leave: () => this.#yielding.delete(controller) && leave() };
    } catch (error) {
      this.#yielding.delete(controller);
      throw error;
    }
  }

  /** As `enter`, once nobody else waits. */
  enterLast(): Promise<() => void> {
    return this.#enter(new AbortController().signal, this.#last, this);
  }

  async #enter(signal: AbortSignal, turns: Turns, window: object): Promise<() => void> {
    throwIfAborted(signal);
    if (this.#isTaken) await waitIn(turns, window, signal);
    else turns.serves(window);
    this.#isTaken = true;
    return () => this.#leave();
  }

  /** Hands the lane on at once: nobody gets in between. */
  #leave(): void {
    const next = this.#next();
    if (next === undefined) this.#isTaken = false;
    else next.go();
  }

  #next(): Waiting | undefined {
    if (this.#chat.isEmpty) this.#typed = 0;
    if (!this.#typing.isEmpty && this.#typed < BEFORE_CHAT) {
      this.#typed++;
      return this.#typing.next();
    }
    this.#typed = 0;
    return this.#chat.next() ?? this.#typing.next() ?? this.#last.next();
  }
}

function waitIn(turns: Turns, window: object, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      turns.remove(window, waiting);
      reject(new CancelledError());
    };
    const waiting: Waiting = {
      go: () => {
        signal.removeEventListener('abort', abort);
        resolve();
      },
    };
    signal.addEventListener('abort', abort, { once: true });
    turns.add(window, waiting);
  });
}
