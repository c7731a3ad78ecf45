/** At most one message in a frame, however fast there is something to tell. The time is given, so that tests need not wait. */

import type { Clock } from '../clock';

/** Of a screen that draws 60 times a second, in milliseconds. */
export const FRAME_MS = 16;

export class Frames {
  #last = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(
    private readonly draw: () => void,
    private readonly time: Clock,
    private readonly frameMs = FRAME_MS,
  ) {}

  /** There is something new: it is drawn at once, or when the frame is over. */
  request(): void {
    if (this.#cancel !== undefined) return;
    const wait = this.#last + this.frameMs - this.time.now();
    // A clock that was set back does not hold anything up.
    if (wait <= 0 || wait > this.frameMs) this.#draw();
    else this.#cancel = this.time.after(wait, () => this.#draw());
  }

  /** What was requested is not drawn: something else told it. */
  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #draw(): void {
    this.#cancel = undefined;
    this.#last = this.time.now();
    this.draw();
  }
}
