/** When a request of another extension has its turn: after those before it, and never while a person types or is answered. */
import type { GiveWay } from '../client/giveWay';
import { orStopped } from '../client/signals';
import { ApiError } from './apiError';

/** Lets one in at a time. */
export class OneByOne {
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  /** @param most how many may wait or go on @param sentence for one that is too many */
  constructor(
    private readonly most: number,
    private readonly sentence: string,
  ) {}

  /** @throws ApiError `busy`, ChatError `stopped` when the signal is aborted while it waits, and what the work throws */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#count >= this.most) throw new ApiError('busy', this.sentence);
    this.#count++;
    const before = this.#last;
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#last = Promise.all([before, over]);
    try {
      await orStopped(before, signal);
      return await work();
    } finally {
      this.#count--;
      end();
    }
  }
}

/**
 * Does the work while the person wants nothing. It is stopped for them, and begun anew.
 *
 * @param person tells when they want something: they type, or are answered
 * @throws ChatError `stopped`, and what the work throws
 */
export async function givingWay<T>(
  person: Pick<GiveWay, 'enter'>,
  work: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let isWanted = false;
  let attempt: AbortController | undefined;
  let goOn = (): void => undefined;
  const leave = person.enter((busy) => {
    isWanted = busy;
    if (busy) attempt?.abort();
    else goOn();
  });
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      goOn = resolve;
    });
  try {
    for (;;) {
      while (isWanted) await orStopped(rest(), signal);
      attempt = new AbortController();
      try {
        return await work(AbortSignal.any([signal, attempt.signal]));
      } catch (error) {
        if (signal.aborted || !attempt.signal.aborted) throw error;
      }
    }
  } finally {
    leave();
  }
}
