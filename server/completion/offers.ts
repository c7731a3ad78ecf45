/** What becomes of what was shown: accepted, typed through or refused; and what was refused twice is not offered again. */
import { type Place, withLf } from '../documents';
import type { Edit } from '../edits';
import type { Settled } from '../protocol';
import type { Joined } from './rules/joinRest';

interface Offer {
  readonly uri: string;
  readonly languageId: string;
  readonly place: Place;
  readonly suggestion: Joined;
  /** What the person may choose instead. */
  readonly others: readonly Joined[];
  /** How many UTF-16 code units of it were taken word by word or line by line. */
  readonly taken: number;
}

type Shown = Pick<Offer, 'uri' | 'languageId'>;

/** What a person types at once is less, with the bracket or the indentation that the editor adds. */
const WORD = /[\p{L}\p{N}_]{2}/u;
const MOST_REFUSALS = 500;
const TOO_OFTEN = 2;

export class Offers {
  #open: Offer | undefined;
  readonly #refusals = new Map<string, number>();

  constructor(private readonly settled: (settled: Settled) => void) {}

  /** Suggestions were answered, the one that is shown first: a new one, or what is left of the one that is shown, or more of it. */
  show({ uri, languageId }: Shown, place: Place, [suggestion, ...others]: readonly Joined[]): void {
    if (suggestion === undefined) return;
    const open = this.#open;
    const left = open?.uri === uri ? rest(open, place) : undefined;
    if (open && left && suggestion.text.startsWith(left)) {
      const typed = open.suggestion.text.slice(0, open.suggestion.text.length - left.length);
      const longer = (each: Joined): Joined => ({ ...each, text: typed + each.text });
      // What the editor asks by itself afterwards has no alternatives, and takes none away.
      const alternatives = others.length > 0 ? others.map(longer) : open.others;
      this.#open = { ...open, suggestion: longer(suggestion), others: alternatives };
    } else {
      this.#open = { uri, languageId, place, suggestion, others, taken: 0 };
    }
  }

  /** @returns true when the edit accepted all that was left of the suggestion at once */
  note({ document, text, offset, removed }: Edit): boolean {
    const open = this.#open;
    if (open?.uri !== document.uri) return false;
    const inserted = withLf(text);
    if (inserted.length < 2) return false;
    const before = withLf(document.getText().slice(0, offset));
    const at = { text: before, offset: before.length };
    const offers = [open, ...open.others.map((suggestion) => ({ ...open, suggestion }))];
    const all = offers.find((each) => rest(each, at) === inserted && removed <= each.suggestion.replace);
    const takesWords = removed === 0 && WORD.test(inserted);
    const some = takesWords ? offers.find((each) => rest(each, at)?.startsWith(inserted)) : undefined;
    const offer = all ?? some;
    if (offer === undefined) return false;
    this.#open = { ...offer, taken: offer.taken + Math.max(0, inserted.length - removed) };
    if (all !== undefined) this.#settle('accepted');
    return all !== undefined;
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

  #settle(became: Settled['outcome']): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    // Whoever took words of it and left the rest has not passed it over.
    const outcome = open.taken > 0 ? 'accepted' : became;
    if (outcome === 'refused') this.#refuse(keyOf(open.place, open.suggestion));
    this.settled({ languageId: open.languageId, outcome, characters: open.taken });
  }

  #refuse(key: string): void {
    if (this.#refusals.size >= MOST_REFUSALS) this.#refusals.clear();
    this.#refusals.set(key, (this.#refusals.get(key) ?? 0) + 1);
  }
}

/** What is left of an offer at a later place; undefined when something else was typed, or the cursor went elsewhere. */
function rest(
  { place: shown, suggestion }: Offer,
  { text, offset }: Pick<Place, 'text' | 'offset'>,
): string | undefined {
  const typed = text.slice(shown.offset, offset);
  const before =
    text.slice(Math.max(0, shown.offset - 100), shown.offset) ===
    shown.text.slice(Math.max(0, shown.offset - 100), shown.offset);
  return offset >= shown.offset && before && suggestion.text.startsWith(typed)
    ? suggestion.text.slice(typed.length)
    : undefined;
}

function keyOf({ lineBefore }: Place, { text }: Joined): string {
  return `${lineBefore}\0${text}`;
}
