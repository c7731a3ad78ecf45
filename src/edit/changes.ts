/** Changes of a document as the editor tells them, and where a place is after them. */
import { type Place, placesOf } from './lines';

/** `length` UTF-16 code units from `offset` on give way to `text`. Offsets count in the document before all changes of the same event. */
export interface Change {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** The changes of one event from the start of the document to its end, in the order in which their texts stand afterwards. */
export function inOrder(changes: readonly Change[]): Change[] {
  const end = (change: Change): number => change.offset + change.length;
  return changes.toSorted((a, b) => b.offset - a.offset || end(b) - end(a)).toReversed();
}

/** The text after changes that are in order and do not overlap. */
export function changed(text: string, changes: readonly Change[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { offset, length, text: inserted } of changes) {
    parts.push(text.slice(from, offset), inserted);
    from = offset + length;
  }
  return parts.join('') + text.slice(from);
}

/** The same changes without what they put back as it was: the common start, then the common end; and line by line where only line ends change. */
export function withoutSame(text: string, changes: readonly Change[]): Change[] {
  return changes.flatMap((change) => lineEndsOf(text, change) ?? [trimmed(text, change)]);
}

function trimmed(text: string, { offset, length, text: inserted }: Change): Change {
  let start = 0;
  const most = Math.min(length, inserted.length);
  while (start < most && text[offset + start] === inserted[start]) start++;
  let end = 0;
  while (end < most - start && text[offset + length - 1 - end] === inserted[inserted.length - 1 - end]) end++;
  return {
    offset: offset + start,
    length: length - start - end,
    text: inserted.slice(start, inserted.length - end),
  };
}

/** A change that only gives lines other ends, as one change for each of these; undefined when it does more. */
function lineEndsOf(text: string, { offset, length, text: inserted }: Change): Change[] | undefined {
  if (length === 0 || inserted === '') return undefined;
  const removed = text.slice(offset, offset + length);
  const plain = (part: string): string => part.replace(/\r\n?/g, '\n');
  if (removed === inserted || plain(removed) !== plain(inserted)) return undefined;
  const [old, next] = [removed, inserted].map((part) => placesOf(`${part}|`));
  return old?.flatMap((place, index) => {
    const [start, to] = [place.end, old[index + 1]?.start];
    const other = next?.[index];
    const otherTo = next?.[index + 1]?.start;
    if (to === undefined || other === undefined || otherTo === undefined) return [];
    const lineEnd = inserted.slice(other.end, otherTo);
    return lineEnd === removed.slice(start, to) ? [] : [{ offset: offset + start, length: to - start, text: lineEnd }];
  });
}

/**
 * Where places are after changes, both in order; undefined for one that a change goes over an edge of. At an edge the rule is: what comes at the start
 * stands before the place, what comes at the end stands after it. In an empty place, text that begins with a line end stands after it.
 */
export function moved(places: readonly (Place | undefined)[], changes: readonly Change[]): (Place | undefined)[] {
  let [next, shift] = [0, 0];
  return places.map((place) => {
    if (place === undefined) return undefined;
    for (let change = changes[next]; change && isBefore(change, place); change = changes[++next])
      shift += change.text.length - change.length;
    return grown(place, changes, next, shift);
  });
}

function isBefore({ offset, length, text }: Change, { start, end }: Place): boolean {
  const breaksLine = length === 0 && start === end && offset === start && /^[\r\n]/.test(text);
  return offset + length <= start && !breaksLine;
}

/** A place with what the changes from `next` on do inside it. */
function grown(place: Place, changes: readonly Change[], next: number, shift: number): Place | undefined {
  let growth = 0;
  for (let index = next; index < changes.length; index++) {
    const { offset, length, text } = changes[index] ?? { offset: place.end, length: 0, text: '' };
    if (offset >= place.end) break;
    if (offset < place.start || offset + length > place.end) return undefined;
    growth += text.length - length;
  }
  return { start: place.start + shift, end: place.end + shift + growth };
}
