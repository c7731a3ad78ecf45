/** From what the model wrote to what is worth showing: the rules, in order. Each can be left out, to measure what it is worth. */
import type { Place } from '../documents';
import type { Rule, Silence } from '../protocol';
import type { Insertion } from '../syntax/insertion';
import { type Draft, withoutHead } from './draft';
import { closeOpen } from './rules/closeOpen';
import { dropRepeated } from './rules/dropRepeated';
import { isEndless } from './rules/isEndless';
import { type Joined, joinRest } from './rules/joinRest';
import { type Floors, sureLength, trimToConfidence } from './rules/trimToConfidence';
import { trimToKeyless } from './rules/trimToKeyless';
import { trimToScope } from './rules/trimToScope';
import { isLineEndOrClosers } from './window';

export interface TidyOptions {
  readonly multiline: boolean;
  /** How sure the model must be. */
  readonly floors: Floors;
  readonly without: ReadonlySet<Rule>;
  /** Whether the insertion leaves the text around it as sound as it was; undefined when nobody can tell. */
  readonly isSound?: (insertion: Insertion) => boolean | undefined;
  /** Where in the inserted text its first whole statement ends; undefined when nobody can tell. */
  readonly statementEnd?: (insertion: Insertion) => number | undefined;
}

export type Tidied = { readonly suggestion: Joined } | { readonly silence: Silence };

/** How much of the text around the cursor a rule may look at, in characters. */
const AROUND = 3_000;
/** Less than this many letters and digits are not worth a look. */
const SHORTEST = 2;

/** True as soon as nothing that may still come can change what is shown: the model can be stopped. */
export function isWhole(draft: Draft, place: Place, options: TidyOptions): boolean {
  if (draft.ended) return true;
  if (!options.without.has('endless') && isEndless(draft.text)) return true;
  if (!options.without.has('confidence') && sureLength(draft.tokens, options.floors.line) < draft.text.length)
    return true;
  return (
    !options.without.has('scope') && trimToScope(place.lineBefore, draft.text, mayOpenLines(place, options)).closed
  );
}

/** True when the first line is whole and can be shown before the rest has come: the rest only adds to it. */
export function isFirstLineWhole(draft: Draft, place: Place): boolean {
  return place.lineAfter.trim() === '' && /\S.*\n/.test(draft.text);
}

/** Like `isWhole`, for a line that is done already: as soon as the statement of the next line is whole. */
export function isNextLineWhole(draft: Draft, place: Place, options: TidyOptions): boolean {
  const head = /^[ \t]*\n+[ \t]*/.exec(draft.text)?.[0];
  if (head === undefined) return isWhole(draft, place, options);
  const next = { ...place, lineBefore: head.slice(head.lastIndexOf('\n') + 1), lineAfter: '' };
  return isWhole(withoutHead(draft, head.length), next, options);
}

export function tidy(draft: Draft, place: Place, options: TidyOptions): Tidied {
  const { without } = options;
  const keyless = without.has('key') ? draft.text : trimToKeyless(draft.text, place);
  if (keyless.trim() === '' && draft.text.trim() !== '') return { silence: 'key' };
  return keyless === draft.text
    ? tidied(draft, place, options)
    : tidied({ ...draft, text: keyless, ended: true }, place, options);
}

function tidied(draft: Draft, place: Place, options: TidyOptions): Tidied {
  const { without } = options;
  if (!without.has('endless') && isEndless(draft.text)) return { silence: 'endless' };
  const sure = without.has('confidence') ? draft.text : trimToConfidence(draft.text, draft.tokens, options.floors);
  if (sure.trim() === '' && draft.text.trim() !== '') return { silence: 'unsure' };
  const finished = draft.ended || sure.length < draft.text.length;
  const scoped = without.has('scope') ? sure : scopedText(sure, finished, place, options);
  if (scoped.trim() === '') return { silence: 'nothing' };
  const fresh = without.has('repeated') ? scoped : dropRepeated(place.lineBefore, scoped, following(place));
  if (fresh.trim() === '') return { silence: 'repeated' };
  const isPart = sure.length < draft.text.length && !sure.includes('\n');
  return sound(
    withoutEnd(oneStatement(fresh, place, options), place),
    place,
    isPart ? { ...options, isSound: unknown } : options,
  );
}

/** Without white space at the end, but for blanks that part the text from what follows in the line. */
function withoutEnd(text: string, { lineAfter }: Place): string {
  const parts = /^\S/.test(lineAfter) && !isLineEndOrClosers(lineAfter);
  return parts && !text.includes('\n') ? text : text.trimEnd();
}

/** A part of a line is never whole; whether it is sound shows only when the rest is typed. */
const unknown = (): undefined => undefined;

/** Without a second statement in the same line, which indentation does not tell. */
function oneStatement(text: string, place: Place, { without, statementEnd }: TidyOptions): string {
  if (without.has('syntax') || text.includes('\n') || !/;[ \t]*\S/.test(text)) return text;
  const end = statementEnd?.(insertionOf({ text, replace: 0 }, place)) ?? 0;
  return end > 0 ? text.slice(0, end) : text;
}

/** The text joined with what stands right of the cursor, or at least its first line, if that leaves the code sound. */
function sound(text: string, place: Place, options: TidyOptions): Tidied {
  const { without } = options;
  const suggestion = without.has('rest') ? { text, replace: 0 } : joinRest(text, place.lineAfter);
  if (suggestion.text.trim() === '') return { silence: 'nothing' };
  if (!without.has('length') && isShort(suggestion.text, place)) return { silence: 'short' };
  // A line that opens a block is not sound before the block is there, and is worth showing all the same.
  const isOpen = /[{:]$/.test(suggestion.text);
  if (isOpen || without.has('syntax') || options.isSound?.(insertionOf(suggestion, place)) !== false)
    return { suggestion };
  const closed = closeOpen(text);
  const whole = joinRest(closed, place.lineAfter);
  if (closed !== text && !without.has('close') && options.isSound?.(insertionOf(whole, place)))
    return { suggestion: whole };
  const line = text.split('\n', 1)[0] ?? '';
  return line === text ? { silence: 'unsound' } : sound(line, place, options);
}

/** A bracket or two is worth showing only where it ends the line. */
function isShort(text: string, place: Place): boolean {
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters < SHORTEST && !(place.lineAfter.trim() === '' && /[)\]};:]$/.test(text));
}

function scopedText(text: string, finished: boolean, place: Place, options: TidyOptions): string {
  const scope = trimToScope(place.lineBefore, text, mayOpenLines(place, options));
  return scope.closed || finished ? scope.text : wholeLines(scope.text);
}

function insertionOf({ text, replace }: Joined, place: Place): Insertion {
  return { before: place.text.slice(0, place.offset), inserted: text, after: place.text.slice(place.offset + replace) };
}

function following(place: Place): string {
  const below = place.offset + place.lineAfter.length;
  return place.text.slice(below, below + AROUND);
}

/** Text that was cut off by the limit of tokens is shown only as far as its lines are complete. */
function wholeLines(text: string): string {
  return text.slice(0, Math.max(0, text.lastIndexOf('\n')));
}

/** In the middle of a line a completion stays in it. */
function mayOpenLines(place: Place, { multiline }: TidyOptions): boolean {
  return multiline && isLineEndOrClosers(place.lineAfter);
}
