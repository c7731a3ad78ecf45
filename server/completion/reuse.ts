/** Type-through: while the user types what was suggested, the rest of it is the answer, and no model is asked. */
import type { Place } from '../documents';
import type { Joined } from './rules/joinRest';

export interface Remembered {
  readonly uri: string;
  readonly place: Place;
  readonly suggestion: Joined;
}

/** How much of the text before the old cursor must still be there, in characters. */
const COMPARED = 500;

/** What is left of the last suggestion after what was typed since; undefined when it no longer fits. */
export function remainder(last: Remembered | undefined, uri: string, place: Place): Joined | undefined {
  if (last?.uri !== uri) return undefined;
  const typed = place.offset - last.place.offset;
  if (typed < 0 || typed >= last.suggestion.text.length) return undefined;
  if (!last.suggestion.text.startsWith(place.text.slice(last.place.offset, place.offset))) return undefined;
  if (place.lineAfter !== last.place.lineAfter || before(place, typed) !== before(last.place, 0)) return undefined;
  return { text: last.suggestion.text.slice(typed), replace: last.suggestion.replace };
}

function before({ text, offset }: Place, back: number): string {
  return text.slice(Math.max(0, offset - back - COMPARED), offset - back);
}
