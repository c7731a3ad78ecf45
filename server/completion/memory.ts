/**
 * What the model wrote lately, and where: typing it through, going back by backspace and coming back to a place cost nothing. An entry holds
 * wherever the text before the cursor ends as it did, plus what the model itself said next, and the same follows.
 */
import type { Place } from '../documents';
import type { Draft } from './draft';
import type { Tidied } from './tidy';

export interface Entry {
  readonly uri: string;
  /** The end of the text before the cursor. */
  readonly tail: string;
  readonly lineAfter: string;
  /** The first line below the cursor's that is not blank. */
  readonly next: string;
  readonly draft: Draft;
  /** What was made of it at that place. */
  readonly result: Tidied;
}

export interface Found {
  readonly entry: Entry;
  /** How much of the draft stands in the document already, in UTF-16 code units. */
  readonly typed: number;
}

const MOST_ENTRIES = 100;
/** How much text before the cursor must be as it was, in characters. */
const TAIL = 300;
/** No text below the cursor further away than this is looked at. */
const NEAR = 2_000;

export class Memory {
  /** The newest last. */
  #entries: Entry[] = [];

  add(uri: string, place: Place, draft: Draft, result: Tidied): void {
    const entry = { uri, ...surroundings(place), draft, result };
    this.#entries = this.#entries.filter((other) => !isSamePlace(other, entry)).slice(1 - MOST_ENTRIES);
    this.#entries.push(entry);
  }

  /** The newest entry that fits, with something of its draft left to say unless it was made for this very place. */
  find(uri: string, place: Place): Found | undefined {
    const { lineAfter, next } = surroundings(place);
    for (const entry of this.#entries.toReversed()) {
      if (entry.uri !== uri || entry.lineAfter !== lineAfter || entry.next !== next) continue;
      const typed = typedThrough(entry, place);
      if (typed !== undefined) return { entry, typed };
    }
    return undefined;
  }

  /** Forgets what was made for this very place. */
  forgetPlace(uri: string, place: Place): void {
    const here = { uri, ...surroundings(place) };
    this.#entries = this.#entries.filter((entry) => !isSamePlace(entry, here));
  }

  forget(uri: string): void {
    this.#entries = this.#entries.filter((entry) => entry.uri !== uri);
  }
}

/** How much of the entry's draft was typed since; undefined when something else was. */
function typedThrough({ tail, draft }: Entry, { text, offset }: Place): number | undefined {
  const said = draft.text;
  for (let typed = 0; typed === 0 || (typed < said.length && typed <= offset); typed++) {
    if (typed > 0 && text[offset - 1] !== said[typed - 1]) continue;
    if (text.slice(offset - typed, offset) !== said.slice(0, typed)) continue;
    if (text.slice(Math.max(0, offset - typed - TAIL), offset - typed) === tail) return typed;
  }
  return undefined;
}

function surroundings({ text, offset, lineAfter }: Place): Omit<Surroundings, 'uri'> {
  const below = text.slice(offset + lineAfter.length, offset + lineAfter.length + NEAR);
  const next = below.split('\n').find((line) => line.trim() !== '') ?? '';
  return { tail: text.slice(Math.max(0, offset - TAIL), offset), lineAfter, next };
}

type Surroundings = Pick<Entry, 'uri' | 'tail' | 'lineAfter' | 'next'>;

function isSamePlace(a: Surroundings, b: Surroundings): boolean {
  return a.uri === b.uri && a.tail === b.tail && a.lineAfter === b.lineAfter && a.next === b.next;
}
