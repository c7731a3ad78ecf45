/** What goes on beside the lane's turns, so that the engine is known to be idle: jobs that wait for a place, answers, places that are given back. */

export class Going {
  #count = 0;
  readonly #waiting: (() => void)[] = [];

  /** Notes something that begins. @returns to be called once, when it is over */
  begin(): () => void {
    this.#count++;
    return () => {
      if (--this.#count > 0) return;
      for (const wake of this.#waiting.splice(0)) wake();
    };
  }

  /** Resolves once nothing goes on. */
  async idle(): Promise<void> {
    while (this.#count > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
