/** While power is saved, models go to sleep sooner. Windows share them, so they share as well when one was used last. */
import type { Clock } from '../clock';

/** Minutes without a request after which models are unloaded, in milliseconds. */
export const REST_MS = 5 * 60_000;
/** It is kept at most so often that a model was used, in milliseconds. */
const NOTE_EVERY_MS = 30_000;
const KEY = 'power.used';

export interface RestParts {
  readonly isSaving: () => boolean;
  /** Of all windows. */
  readonly memory: { get(key: string): unknown; update(key: string, value: unknown): Thenable<void> };
  readonly clock: Clock;
  /** Unloads what is loaded and not at work. */
  readonly sleep: () => void;
}

export class Rest {
  #cancel: (() => void) | undefined;
  #noted = 0;

  constructor(private readonly parts: RestParts) {}

  /** A model was used in this window. */
  used(): void {
    const { clock, memory } = this.parts;
    const now = clock.now();
    // A clock that was set back counts as one that went on.
    if (Math.abs(now - this.#noted) < NOTE_EVERY_MS) return;
    this.#noted = now;
    void memory.update(KEY, now);
    this.#plan(REST_MS);
  }

  /** Power is saved from now on, or no more. */
  look(): void {
    if (this.#noted > 0) this.#look();
  }

  dispose(): void {
    this.#cancel?.();
  }

  #plan(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.parts.clock.after(ms, () => this.#look());
  }

  #look(): void {
    const { clock, memory, isSaving, sleep } = this.parts;
    const now = clock.now();
    const kept = memory.get(KEY);
    // What lies ahead was noted before the clock was set back, and says nothing of when that was.
    const known = [this.#noted, typeof kept === 'number' ? kept : 0].filter((noted) => noted <= now + NOTE_EVERY_MS);
    // What was noted may be as much too old as notes are apart.
    const left = Math.max(0, ...known) + REST_MS + NOTE_EVERY_MS - now;
    if (left > 0) this.#plan(left);
    else if (isSaving()) sleep();
  }
}
