/** Tells how far a download is, four times a second. */
import type { Part } from './part';
import { progressOf } from './progress';
import { Rate } from './rate';
import type { Progress } from './wanted';

const EVERY_MS = 250;

export class Meter {
  readonly #rate = new Rate();
  /** Connections that are at work, and of these, how many wait to try again. */
  #working = 0;
  #waiting = 0;

  constructor(
    private readonly bytes: number | null,
    private readonly onProgress: (progress: Progress) => void,
  ) {}

  /** Tells of it while the work goes on. */
  async during(part: Part, work: () => Promise<void>): Promise<void> {
    this.tell(part.received);
    const timer = setInterval(() => this.tell(part.received), EVERY_MS);
    try {
      await work();
    } finally {
      clearInterval(timer);
    }
    this.tell(part.received);
  }

  async connection(work: () => Promise<void>): Promise<void> {
    this.#working++;
    try {
      await work();
    } finally {
      this.#working--;
    }
  }

  readonly onWaiting = (isWaiting: boolean): void => {
    this.#waiting += isWaiting ? 1 : -1;
  };

  private tell(received: number): void {
    this.#rate.note(received, performance.now());
    const isWaiting = this.#waiting > 0 && this.#waiting >= this.#working;
    this.onProgress({ ...progressOf(received, this.bytes, this.#rate), ...(isWaiting ? { waiting: 'retry' } : {}) });
  }
}
