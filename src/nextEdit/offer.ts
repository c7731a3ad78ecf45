/** What is offered after a rename: the places that still hold the old name, while the text around them changes. */
import type { Span } from './names';
import type { Place } from './places';

/** Of a document's text, in UTF-16 code units. */
export interface TextChange {
  readonly offset: number;
  readonly removed: number;
  readonly text: string;
}

export interface Renaming {
  readonly old: string;
  readonly name: string;
  /** Where the new name was typed. */
  readonly at: number;
}

export class Offer {
  #places: readonly Place[];
  /** Where the new name was typed. */
  #origin: Span;
  /** Where it is being typed by hand: what was a place. */
  #byHand: readonly Span[] = [];

  /** @param places in the order in which they are offered */
  constructor(
    readonly renaming: Renaming,
    places: readonly Place[],
  ) {
    this.#places = places;
    this.#origin = { start: renaming.at, end: renaming.at + renaming.name.length };
  }

  get places(): readonly Place[] {
    return this.#places;
  }

  /** The place that an offset lies in, or at an end of. */
  placeAt(offset: number): Place | undefined {
    return this.#places.find((place) => offset >= place.offset && offset <= this.#endOf(place));
  }

  /** Whether an offset lies in the name that was typed, or at an end of it. */
  isOrigin(offset: number): boolean {
    return offset >= this.#origin.start && offset <= this.#origin.end;
  }

  /** A place that is not what it was is not offered any more. */
  drop(place: Place): void {
    this.#places = this.#places.filter((each) => each !== place);
  }

  /**
   * Goes along with a change; a place that it touches is dropped, for it is being changed by hand.
   * @returns whether it was made where a name is offered or was typed: other typing ends the offer
   */
  follow(change: TextChange): boolean {
    const end = change.offset + change.removed;
    const growth = change.text.length - change.removed;
    const isTouched = (place: Place): boolean => end >= place.offset && change.offset <= this.#endOf(place);
    const touched = this.#places
      .filter(isTouched)
      .map((place) => ({ start: Math.min(place.offset, change.offset), end: Math.max(this.#endOf(place), end) }));
    const written = [this.#origin, ...this.#byHand, ...touched];
    const belongs = written.some((span) => change.offset >= span.start && end <= span.end);
    this.#places = this.#places
      .filter((place) => !isTouched(place))
      .map((place) => (end <= place.offset ? { ...place, offset: place.offset + growth } : place));
    this.#origin = moved(this.#origin, change);
    this.#byHand = [...this.#byHand, ...touched].map((span) => moved(span, change));
    return belongs;
  }

  #endOf({ offset }: Place): number {
    return offset + this.renaming.old.length;
  }
}

/** A span after a change; one within it makes it longer. */
function moved({ start, end }: Span, { offset, removed, text }: TextChange): Span {
  const growth = text.length - removed;
  if (offset > end) return { start, end };
  if (offset >= start) return { start, end: Math.max(offset, end + growth) };
  return { start: Math.max(offset, start + growth), end: Math.max(offset, end + growth) };
}
