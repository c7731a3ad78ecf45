/** Pasting, formatting and replacing are no typing: for a moment after much text has changed at once nothing is suggested. */
import type { Edit } from '../edits';

/** So many characters or lines within so long are a bulk edit. */
const CHARACTERS = 200;
const LINES = 8;
const WITHIN_MS = 1_500;

export class BulkEdits {
  #recent: { readonly at: number; readonly characters: number; readonly lines: number }[] = [];

  /** @param edit not one that accepted a suggestion: that is wanted text */
  note({ text, removed, at }: Edit): void {
    this.#recent = this.#recent.filter((each) => at - each.at < WITHIN_MS);
    this.#recent.push({ at, characters: text.length + removed, lines: text.split('\n').length - 1 });
  }

  /** @param now milliseconds on the clock of the edits */
  isOn(now: number): boolean {
    const recent = this.#recent.filter(({ at }) => now - at < WITHIN_MS);
    const sum = (of: (each: (typeof recent)[number]) => number): number =>
      recent.reduce((total, each) => total + of(each), 0);
    return sum(({ characters }) => characters) > CHARACTERS || sum(({ lines }) => lines) > LINES;
  }
}
