/** Draws once for what comes in quick succession, and not at all what holds for a moment only: a file that is opened is no editor yet. */
import type { Clock } from '../clock';

/** How long it waits for what comes next, in milliseconds. */
const WAIT_MS = 250;

export class Calm {
  #cancel: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly draw: () => void,
  ) {}

  /** Draws shortly after the first of several calls, as it is then. */
  soon(): void {
    this.#cancel ??= this.clock.after(WAIT_MS, () => {
      this.#cancel = undefined;
      this.draw();
    });
  }

  /** Draws at once, instead of what waits. */
  now(): void {
    this.dispose();
    this.draw();
  }

  dispose(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
