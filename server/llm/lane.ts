/**
 * One job at a time: a processor or a KV cache can serve only one. Windows take turns of the same time, so that one that wants very much waits for
 * itself; within a window it goes by arrival. Chat comes after typing, and is not forgotten.
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

/** The turn of a job of many steps, between which another window may go first. */
export interface SteppedTurn {
  /** Whether another window waits that has had less time. */
  readonly isWanted: () => boolean;
  /** Lets others in, and waits until it may go on. @throws CancelledError when the signal is aborted; the turn is over then */
  readonly giveWay: (signal: AbortSignal) => Promise<void>;
  /**
   * Lets others in while it waits for something that one of them may hold. @returns what was waited for: the function that gives it back
   * @throws CancelledError as `giveWay`, and what the wait throws; then nothing is held
   */
  readonly outside: (wait: () => Promise<() => void>, signal: AbortSignal) => Promise<() => void>;
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
  /** Whose turn of typing it is, and since when it is not counted yet. */
  #typist: { readonly window: object; readonly since: number } | undefined;

  /** @param now milliseconds on a steady clock */
  constructor(private readonly now = () => performance.now()) {}

  /** Whether whoever comes now would have to wait. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /**
   * Waits for the turn.
   *
   * @returns the function that ends the turn; call it once, whatever happens
   * @throws CancelledError when the signal is aborted while waiting; the lane then goes on without this job
   */
  enter(signal: AbortSignal, { window = this, isChat = false }: Turn = {}): Promise<() => void> {
    this.#interrupt();
    return this.#enter(signal, isChat ? this.#chat : this.#typing, window);
  }

  /** As `enter`, for a job that lets other windows in between two of its steps. @throws CancelledError as `enter` */
  async enterStepped(signal: AbortSignal, { window = this }: Turn = {}): Promise<SteppedTurn> {
    let leave: (() => void) | undefined = await this.enter(signal, { window });
    const pause = (): void => {
      leave?.();
      leave = undefined;
    };
    const goOn = async (cancelled: AbortSignal): Promise<void> => {
      this.#interrupt();
      leave = await this.#enter(cancelled, this.#typing, window, true);
    };
    return {
      isWanted: () => this.#isWanted(window),
      giveWay: (cancelled) => {
        pause();
        return goOn(cancelled);
      },
      outside: async (wait, cancelled) => {
        pause();
        const giveBack = await wait();
        try {
          await goOn(cancelled);
        } catch (error) {
          giveBack();
          throw error;
        }
        return giveBack;
      },
      leave: pause,
    };
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

  #interrupt(): void {
    for (const controller of this.#yielding) controller.abort();
  }

  #isWanted(window: object): boolean {
    if (this.#typing.isEmpty) return false;
    this.#count();
    return this.#typing.isAhead(window);
  }

  async #enter(signal: AbortSignal, turns: Turns, window: object, goesOn = false): Promise<() => void> {
    throwIfAborted(signal);
    const isTyping = turns === this.#typing;
    if (this.#isTaken) {
      // Who comes anew begins where the one is now whose turn it is.
      if (isTyping) this.#count();
      await waitIn(turns, window, goesOn, signal);
    } else turns.serves(window);
    this.#isTaken = true;
    this.#typist = isTyping ? { window, since: this.now() } : undefined;
    return () => this.#leave();
  }

  /** Hands the lane on at once: nobody gets in between. */
  #leave(): void {
    this.#count();
    this.#typist = undefined;
    const next = this.#next();
    if (next === undefined) this.#isTaken = false;
    else next.go();
  }

  /** Counts the time of the turn that goes on. */
  #count(): void {
    if (this.#typist === undefined) return;
    const { window, since } = this.#typist;
    const now = this.now();
    this.#typing.took(window, now - since);
    this.#typist = { window, since: now };
  }

  #next(): Waiting | undefined {
    if (this.#chat.isEmpty) this.#typed = 0;
    if (!this.#typing.isEmpty && this.#typed < BEFORE_CHAT) {
      const next = this.#typing.next();
      // One that goes on is the same turn for chat: it waits for so many jobs, not steps.
      if (next?.goesOn !== true) this.#typed++;
      return next;
    }
    this.#typed = 0;
    return this.#chat.next() ?? this.#typing.next() ?? this.#last.next();
  }
}

function waitIn(turns: Turns, window: object, goesOn: boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      turns.remove(window, waiting);
      reject(new CancelledError());
    };
    const waiting: Waiting = {
      goesOn,
      go: () => {
        signal.removeEventListener('abort', abort);
        resolve();
      },
    };
    signal.addEventListener('abort', abort, { once: true });
    turns.add(window, waiting);
  });
}
