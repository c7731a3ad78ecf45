/** Keeps the conversation while it grows: every few seconds, so that a crash loses no more, and at once when an answer is over. */

import type { Clock } from '../clock';
import type { Kept } from './exchange';

/** In milliseconds. */
export const SAVE_EVERY_MS = 2_000;

export interface SaverParts {
  /** @returns the identifier under which it is kept */
  readonly save: (kept: Kept) => Promise<string>;
  /** It is kept under another identifier than it had. */
  readonly onRenamed: (from: string, to: string) => void;
  readonly onFailure: (error: unknown) => void;
  readonly clock: Clock;
}

export class Saver {
  #pending: Kept | undefined;
  #cancel: (() => void) | undefined;
  #writing = Promise.resolve();
  /** New names of conversations that another window goes on with. */
  readonly #renamed = new Map<string, string>();

  constructor(private readonly parts: SaverParts) {}

  /** The newest state; conversations without a question are not kept. */
  keep(kept: Kept, isOver: boolean): void {
    if (kept.exchanges.length === 0) return;
    this.#pending = kept;
    if (isOver) void this.flush();
    else this.#cancel ??= this.parts.clock.after(SAVE_EVERY_MS, () => void this.flush());
  }

  /** Writes what is not written yet, when what is being written is. Never throws. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const kept = this.#pending;
    this.#drop();
    if (kept === undefined) return;
    const id = this.#renamed.get(kept.id) ?? kept.id;
    try {
      const now = await this.parts.save({ ...kept, id });
      if (now === id) return;
      this.#renamed.set(kept.id, now);
      this.parts.onRenamed(kept.id, now);
    } catch (error) {
      this.parts.onFailure(error);
    }
  }

  /** It is deleted: what waits to be written of it is not. */
  forget(id: string): void {
    if (this.#pending?.id === id) this.#drop();
  }

  #drop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#pending = undefined;
  }
}
