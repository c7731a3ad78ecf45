/** Waiting by condition, never by time alone. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  /** Milliseconds after which to give up. */
  readonly timeout?: number;
  /** What was waited for, for the error's sentence. */
  readonly what: string;
}

/** Asks until the answer is not `undefined`, and returns it. */
export async function until<T>(ask: () => T | undefined | Promise<T | undefined>, patience: Patience): Promise<T> {
  const { timeout = 10_000, what } = patience;
  const deadline = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${timeout} ms in vain for ${what}.`);
    await sleep(40);
  }
}
