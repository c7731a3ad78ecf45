/** How fast bytes come, and how long it will take. Pure: the time is given. */

/** Time over which the rate is taken, in milliseconds. */
const WINDOW_MS = 5000;

export class Rate {
  #seen: readonly { readonly at: number; readonly received: number }[] = [];

  /** @param at milliseconds on any steady clock */
  note(received: number, at: number): void {
    // A restart from zero: what was seen before says nothing of it.
    if (received < (this.#seen.at(-1)?.received ?? 0)) this.#seen = [];
    const recent = this.#seen.filter((each) => at - each.at <= WINDOW_MS);
    this.#seen = [...recent, { at, received }];
  }

  /** 0 until two times are known. */
  get bytesPerSecond(): number {
    const first = this.#seen.at(0);
    const last = this.#seen.at(-1);
    if (first === undefined || last === undefined || last.at <= first.at) return 0;
    return Math.round(((last.received - first.received) * 1000) / (last.at - first.at));
  }

  /** Whole seconds until so many bytes more are there; null where no bytes come. */
  secondsFor(bytes: number): number | null {
    const rate = this.bytesPerSecond;
    return rate > 0 ? Math.ceil(bytes / rate) : null;
  }
}
