/** What is offered after a rename: the places that still hold the old name, while the text around them changes. */
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
  #start: number;
  #end: number;

  /** @param places in the order in which they are offered */
  constructor(
    readonly renaming: Renaming,
    places: readonly Place[],
  ) {
    this.#places = places;
    this.#start = renaming.at;
    this.#end = renaming.at + renaming.name.length;
  }

  get places(): readonly Place[] {
    return this.#places;
  }

  get isEmpty(): boolean {
    return this.#places.length === 0;
  }

  /** The place that an offset lies in, or at an end of. */
  placeAt(offset: number): Place | undefined {
    return this.#places.find((place) => offset >= place.offset && offset <= this.#endOf(place));
  }

  /** Whether an offset lies in the name that was typed, or at an end of it. */
  isOrigin(offset: number): boolean {
    return offset >= this.#start && offset <= this.#end;
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
    const isInOrigin = this.isOrigin(change.offset) && this.isOrigin(end);
    const touched = this.#places.filter((place) => end >= place.offset && change.offset <= this.#endOf(place));
    this.#places = this.#places
      .filter((place) => !touched.includes(place))
      .map((place) => (end <= place.offset ? { ...place, offset: place.offset + growth } : place));
    if (isInOrigin) this.#end += growth;
    else if (end <= this.#start) {
      this.#start += growth;
      this.#end += growth;
    }
    return isInOrigin || touched.length > 0;
  }

  #endOf({ offset }: Place): number {
    return offset + this.renaming.old.length;
  }
}
