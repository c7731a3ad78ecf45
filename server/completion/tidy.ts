/** From what the model wrote to what is worth showing: the rules, in order. */
import { type Place, withLf } from '../documents';
import { dropRepeated } from './rules/dropRepeated';
import { type Joined, joinRest } from './rules/joinRest';
import { trimToScope } from './rules/trimToScope';
import { isLineEndOrClosers } from './window';

/** How much of the text below the cursor a rule may look at, in characters. */
const FOLLOWING = 2_000;

export interface Draft {
  /** What the model wrote so far, `\n` line ends. */
  readonly text: string;
  /** True when the model ended by itself. */
  readonly ended: boolean;
}

/** True as soon as nothing that may still come can change what is shown: the model can be stopped. */
export function isWhole(text: string, place: Place, multiline: boolean): boolean {
  return trimToScope(place.lineBefore, text, mayOpenLines(place, multiline)).closed;
}

/** The text to insert and what it replaces; an empty text when nothing is worth showing. */
export function tidy(draft: Draft, place: Place, multiline: boolean): Joined {
  const scope = trimToScope(place.lineBefore, draft.text, mayOpenLines(place, multiline));
  const sound = scope.closed || draft.ended ? scope.text : wholeLines(scope.text);
  const below = place.offset + place.lineAfter.length;
  const following = withLf(place.text.slice(below, below + FOLLOWING));
  const fresh = dropRepeated(place.lineBefore, sound, following).trimEnd();
  return joinRest(fresh, place.lineAfter);
}

/** Text that was cut off by the limit of tokens is shown only as far as its lines are complete. */
function wholeLines(text: string): string {
  return text.slice(0, Math.max(0, text.lastIndexOf('\n')));
}

/** In the middle of a line a completion stays in it. */
function mayOpenLines(place: Place, multiline: boolean): boolean {
  return multiline && isLineEndOrClosers(place.lineAfter);
}
