/** How often something that fails is tried again, and when. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DownloadError } from './faults';

/** No wait between two tries is longer, unless the server asks for it. */
const LONGEST_WAIT_MS = 30_000;
/** Nor is a server waited for that asks for more. */
const LONGEST_ASKED_MS = 300_000;

/** New bytes that count as getting on: fewer come from a server that answers and then falls silent each time. */
const LEAST_PROGRESS = 64 << 10;

export interface Patience {
  /** Failures in a row without progress until it gives up. */
  readonly tries: number;
  /** Wait after the first one, in milliseconds; twice as long after each further one. */
  readonly backoffMs: number;
}

export class Tries {
  #failures = 0;
  /** Bytes when the count began. */
  #best = 0;

  constructor(
    private readonly patience: Patience,
    private readonly onWaiting: (isWaiting: boolean) => void = () => undefined,
  ) {}

  /**
   * Waits until it is time to try again.
   *
   * @param received bytes so far; enough more than when the count began start it anew
   * @throws the failure, where another try would not help or was the last
   */
  async afterFailure(failure: unknown, received: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!(failure instanceof DownloadError) || failure.retryAfterMs === null) throw failure;
    if (received >= this.#best + LEAST_PROGRESS) {
      this.#failures = 0;
      this.#best = received;
    }
    this.#failures++;
    if (this.#failures >= this.patience.tries || failure.retryAfterMs > LONGEST_ASKED_MS) throw failure;
    const backoff = Math.min(LONGEST_WAIT_MS, this.patience.backoffMs * 2 ** (this.#failures - 1));
    this.onWaiting(true);
    try {
      await sleep(Math.max(backoff, failure.retryAfterMs), undefined, { signal });
    } finally {
      this.onWaiting(false);
    }
  }
}
