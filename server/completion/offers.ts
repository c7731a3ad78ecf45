/** What becomes of what was shown: accepted, typed through or refused; and what was refused twice is not offered again. */
import type { Place } from '../documents';
import type { Edit } from '../edits';
import type { Settled } from '../protocol';
import type { Joined } from './rules/joinRest';

interface Offer {
  readonly uri: string;
  readonly languageId: string;
  readonly place: Place;
  readonly suggestion: Joined;
}

const MOST_REFUSALS = 500;
const TOO_OFTEN = 2;

export class Offers {
  #open: Offer | undefined;
  readonly #refusals = new Map<string, number>();

  constructor(private readonly settled: (settled: Settled) => void) {}

  /** A suggestion was answered: a new one, or what is left of the one that is shown, or more of it. */
  show(uri: string, languageId: string, place: Place, suggestion: Joined): void {
    const open = this.#open;
    const left = open?.uri === uri ? rest(open, place) : undefined;
    if (open && left && suggestion.text.startsWith(left)) {
      const typed = open.suggestion.text.slice(0, open.suggestion.text.length - left.length);
      this.#open = { ...open, suggestion: { ...suggestion, text: typed + suggestion.text } };
    } else {
      this.#open = { uri, languageId, place, suggestion };
    }
  }

  /** @returns true when the edit accepted all of the suggestion at once */
  note({ document, text, offset, removed }: Edit): boolean {
    const open = this.#open;
    if (open?.uri !== document.uri) return false;
    const inserted = text.replaceAll('\r\n', '\n');
    const { suggestion } = open;
    const takesAll = inserted.length > 1 && removed <= suggestion.replace && suggestion.text.endsWith(inserted);
    if (!takesAll || !endsOffer(open, document.getText(), offset, inserted)) return false;
    this.#settle('accepted');
    return true;
  }

  /** The cursor stands at the place of a new request: has the open offer been typed through, or left? */
  moveTo(uri: string, place: Place): void {
    const open = this.#open;
    if (open === undefined || open.uri !== uri) return;
    const left = rest(open, place);
    if (left === undefined) this.#settle('refused');
    else if (left === '') this.#settle('typedThrough');
  }

  /** True when this suggestion was refused twice at this place. */
  isRefused(place: Place, suggestion: Joined): boolean {
    return (this.#refusals.get(keyOf(place, suggestion)) ?? 0) >= TOO_OFTEN;
  }

  #settle(outcome: Settled['outcome']): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    if (outcome === 'refused') this.#refuse(keyOf(open.place, open.suggestion));
    this.settled({ languageId: open.languageId, outcome, characters: open.suggestion.text.length });
  }

  #refuse(key: string): void {
    if (this.#refusals.size >= MOST_REFUSALS) this.#refusals.clear();
    this.#refusals.set(key, (this.#refusals.get(key) ?? 0) + 1);
  }
}

/** What is left of an offer at a later place; undefined when something else was typed, or the cursor went elsewhere. */
function rest({ place: shown, suggestion }: Offer, { text, offset }: Place): string | undefined {
  const typed = text.slice(shown.offset, offset);
  const before =
    text.slice(Math.max(0, shown.offset - 100), shown.offset) ===
    shown.text.slice(Math.max(0, shown.offset - 100), shown.offset);
  return offset >= shown.offset && before && suggestion.text.startsWith(typed)
    ? suggestion.text.slice(typed.length)
    : undefined;
}

/** True when the insertion ended where the accepted offer ends. */
function endsOffer({ place, suggestion }: Offer, raw: string, offset: number, inserted: string): boolean {
  const end = raw.slice(0, offset).replaceAll('\r\n', '\n').length + inserted.length;
  return end === place.offset + suggestion.text.length;
}

function keyOf({ lineBefore }: Place, { text }: Joined): string {
  return `${lineBefore}\0${text}`;
}
