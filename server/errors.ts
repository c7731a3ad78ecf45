/** A refusal that the person can do something about: it has a code of the protocol and becomes a sentence in the client. */
import type { FailureCode } from './protocol';

export class UserError extends Error {
  constructor(
    readonly code: FailureCode,
    detail: string,
  ) {
    super(detail);
    this.name = 'UserError';
  }
}

/** Thrown where a job ends because its signal was aborted: nothing is wrong, nothing is shown. */
export class CancelledError extends Error {
  constructor() {
    super('cancelled');
    this.name = 'CancelledError';
  }
}

/** Thrown where a job gives up because others, which go first, left it no time. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted for too long');
    this.name = 'InterruptedError';
  }
}

/** @throws CancelledError when the signal is aborted. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new CancelledError();
}

/** The promise's outcome, or a CancelledError as soon as the signal is aborted. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  throwIfAborted(signal);
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new CancelledError());
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (abort) signal.removeEventListener('abort', abort);
  }
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
