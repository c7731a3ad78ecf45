/** What an edit has cost so far, over all of its pieces. */
import type { EditResult } from '../editProtocol';
import type { PrefillUsage } from '../llm/llm';

export class Tally {
  #read = 0;
  #reused = 0;
  #written = 0;
  #predicted = 0;
  #mispredicted = 0;
  /** Spent writing, in milliseconds. */
  #ms = 0;
  /** Since when it has been writing. */
  #since: number | undefined;
  readonly #leftOut = new Set<string>();

  /** A prompt has been read: from now on it writes. */
  read({ reused, evaluated }: PrefillUsage): void {
    this.#read += reused + evaluated;
    this.#reused += reused;
    this.#since = performance.now();
  }

  /** One token was written. */
  wrote(): void {
    this.#written++;
  }

  /** It writes no more for now. */
  rest(): void {
    if (this.#since !== undefined) this.#ms += performance.now() - this.#since;
    this.#since = undefined;
  }

  predicted(right: number, wrong: number): void {
    this.#predicted += right;
    this.#mispredicted += wrong;
  }

  leaveOut(ids: readonly string[]): void {
    for (const id of ids) this.#leftOut.add(id);
  }

  result(): EditResult {
    return {
      tokensRead: this.#read,
      tokensReused: this.#reused,
      tokensWritten: this.#written,
      tokensPredicted: this.#predicted,
      tokensMispredicted: this.#mispredicted,
      tokensPerSecond: this.#written === 0 || this.#ms <= 0 ? 0 : (this.#written / this.#ms) * 1000,
      leftOut: [...this.#leftOut],
    };
  }
}
