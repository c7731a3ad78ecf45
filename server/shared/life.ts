/** How long a process lives that several windows share: while one is there, and a while longer. Pure but for the clock, which can be given. */

/** Why a window leaves: see `DidLeave`; undefined when it was closed, and may be back after a reload. */
export type Ends = 'alone' | 'all' | undefined;

/** A window, as far as its staying concerns the process. */
export interface Guest {
  /** The process ends because another window asked for it. Settles when that was told, or cannot be. */
  willEnd(): Promise<void>;
}

export interface LifeParts {
  /** How long the process stays when the last window has gone, in milliseconds. */
  readonly graceMs: () => number;
  /** How long the first window may take to come, in milliseconds. */
  readonly firstMs: number;
  /** Ends the process. Called once. */
  readonly end: () => void;
  /** Calls once after so many milliseconds. @returns the function that takes it back */
  readonly after?: (ms: number, call: () => void) => () => void;
}

export class Life {
  readonly #guests = new Set<Guest>();
  #isEnding = false;
  #isOver = false;
  #forget: () => void;

  constructor(private readonly parts: LifeParts) {
    this.#forget = this.#after(parts.firstMs);
  }

  enter(guest: Guest): void {
    this.#forget();
    this.#guests.add(guest);
    // It came while the others are told.
    if (this.#isEnding) void guest.willEnd();
  }

  leave(guest: Guest, ends: Ends): void {
    if (!this.#guests.delete(guest)) return;
    if (ends === 'all') void this.#endForAll();
    else if (this.#guests.size > 0) return;
    else if (ends === 'alone') this.#end();
    else this.#forget = this.#after(this.parts.graceMs());
  }

  async #endForAll(): Promise<void> {
    this.#isEnding = true;
    await Promise.all(Array.from(this.#guests, (guest) => guest.willEnd()));
    this.#end();
  }

  #after(ms: number): () => void {
    return (this.parts.after ?? afterMs)(ms, () => this.#end());
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.parts.end();
  }
}

function afterMs(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}
