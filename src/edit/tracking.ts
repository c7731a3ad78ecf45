/** Where the lines of a document are while the person types. A line whose text was changed is lost until it stands there again as it was; no place is ever guessed. */
import { type Change, changed, inOrder, moved, withoutSame } from './changes';
import { afterLineEnd, isWholeLines, type Place, placesOf } from './lines';

/** Lines by their indexes. */
export interface LineRange {
  readonly first: number;
  readonly count: number;
}

export class TrackedLines {
  #text: string;
  /** Where the tracked lines are; undefined for one that a change went over the edge of. */
  #places: readonly (Place | undefined)[];
  /** The first tracked line, and the lines as they were. */
  readonly #first: number;
  readonly #lines: readonly string[];
  /** Where the range is with its last line end and all that was typed in it; of use where a model is asked again, never for an edit. */
  #range: Place | undefined;

  /** Follows the lines of a range and two on either side: one to add beside, one to tell it from. */
  constructor(
    text: string,
    private readonly range: LineRange,
  ) {
    this.#text = text;
    this.#first = Math.max(0, range.first - 2);
    const places = placesOf(text).slice(this.#first, range.first + range.count + 2);
    this.#places = places;
    this.#lines = places.map(({ start, end }) => text.slice(start, end));
    const [first, last] = [range.first, range.first + range.count - 1].map((line) => places[line - this.#first]);
    if (first && last) this.#range = { start: first.start, end: afterLineEnd(text, last.end) };
  }

  /** The document's text now. */
  get text(): string {
    return this.#text;
  }

  /**
   * Follows the changes of one event, in whatever order they are given.
   * @param isOwn whether they are taken from what is proposed for the range: what they add at its edges then belongs to it
   */
  change(changes: readonly Change[], isOwn = false): void {
    const real = withoutSame(this.#text, inOrder(changes));
    this.#text = changed(this.#text, real);
    this.#places = moved(this.#places, real);
    if (this.#range) this.#range = leftOf(this.#range, real, isOwn);
  }

  /** When the changes are not known: the text is this, and no line has a place any more. */
  lose(text: string): void {
    this.#text = text;
    this.#places = [];
    this.#range = undefined;
  }

  /** Where lines of the first text stand now; undefined unless all of them stand there, whole, unchanged, and one after the other. */
  placeOf({ first, count }: LineRange): Place | undefined {
    let whole: Place | undefined;
    for (let line = first; line < first + count; line++) {
      const place = this.#placeOfLine(line);
      if (place === undefined) return undefined;
      if (whole !== undefined && afterLineEnd(this.#text, whole.end) !== place.start) return undefined;
      whole = { start: whole?.start ?? place.start, end: place.end };
    }
    return whole;
  }

  /** Where the range is now, as whole lines, whatever was typed in it; undefined when it cannot be told any more. */
  get rangeNow(): LineRange | undefined {
    const lines = placesOf(this.#text);
    if (this.range.count === 0) {
      if (this.range.first === 0) return { first: 0, count: 0 };
      const place = this.#placeOfLine(this.range.first - 1);
      return place && { first: lines.findIndex(({ start }) => start === place.start) + 1, count: 0 };
    }
    const range = this.#range;
    if (range === undefined || (range.start === range.end && this.#text !== '')) return undefined;
    const first = Math.max(
      0,
      lines.findLastIndex(({ start }) => start <= range.start),
    );
    const last = lines.findLastIndex(({ start }) => start < range.end);
    return { first, count: Math.max(1, last - first + 1) };
  }

  #placeOfLine(line: number): Place | undefined {
    const index = line - this.#first;
    const place = this.#places[index];
    if (place === undefined || this.#text.slice(place.start, place.end) !== this.#lines[index]) return undefined;
    const [before, after] = [this.#places[index - 1], this.#places[index + 1]];
    /** The line end between two empty lines was taken out: nobody can tell which one is left. */
    const isOneOfTwo = place.start === place.end && (before?.end === place.start || after?.start === place.end);
    return !isOneOfTwo && isWholeLines(this.#text, place) ? place : undefined;
  }
}

/** Where a range is that something shall be done with, while nobody has begun to. */
export class Following {
  readonly #tracked: TrackedLines;
  #hasChanged = false;

  constructor(
    text: string,
    private readonly first: LineRange,
  ) {
    this.#tracked = new TrackedLines(text, first);
  }

  /** The changes of one event, and the text after them. Where these do not agree, something was missed, and the range is lost. */
  change(changes: readonly Change[], after: string): void {
    this.#hasChanged = true;
    if (changed(this.#tracked.text, inOrder(changes)) === after) this.#tracked.change(changes);
    else this.#tracked.lose(after);
  }

  /** As whole lines; undefined when it cannot be told any more. */
  get range(): LineRange | undefined {
    return this.#hasChanged ? this.#tracked.rangeNow : this.first;
  }
}

/** What changes in order leave of a place: what is taken out goes, what comes inside belongs to it, also where it is empty. */
function leftOf(place: Place, changes: readonly Change[], isOwn: boolean): Place {
  let { start, end } = place;
  for (const { offset, length, text } of changes.toReversed()) {
    const [to, by] = [offset + length, text.length - length];
    if (isOwn && to <= start) {
      // Lines that come behind the one before the range begin with its line end.
      [start, end] = [afterLineEnd(text, 0) + offset, end + by];
      continue;
    }
    if (isOwn && offset >= end) {
      end = offset + text.length;
      continue;
    }
    if (offset >= end && !(start === end && offset === start)) continue;
    if (to <= start && start !== end) [start, end] = [start + by, end + by];
    else if (to < start) [start, end] = [start + by, end + by];
    else if (offset < start) [start, end] = [offset + text.length, Math.max(offset + text.length, end + by)];
    else end = to > end ? offset : end + by;
  }
  return { start, end };
}
