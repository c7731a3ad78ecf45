/** Follows what is typed on the cursor's line, and tells when a whole name has become another there. */
import { isRename, type Span, wordAround } from './names';

/** A change within one line: a span of the line as it was, and what stands there now. */
export interface LineChange extends Span {
  readonly line: number;
  /** Without line breaks. */
  readonly text: string;
}

/** The cursor: its line, and what is selected in it. */
export interface Cursor extends Span {
  readonly line: number;
  /** The whole line. */
  readonly text: string;
}

export interface Rename {
  readonly old: string;
  readonly name: string;
  readonly line: number;
  /** Where the new name begins in the line, in UTF-16 code units. */
  readonly start: number;
}

interface Edited extends Span {
  readonly old: string;
}

/**
 * Knows the cursor's line as it was before each change, since the editor tells only what was put in. A name is renamed when it stood there
 * before the cursor came to the line, when its change began at the cursor, and when what is left is again one whole name.
 */
export class Renames {
  #cursor: Cursor | undefined;
  /** The name that was changed last on this line. */
  #edited: Edited | undefined;
  /** What was written since the cursor came to the line: names in it are new, and changing them renames nothing. */
  #written: Span | undefined;

  /** The cursor has moved, or the selection has changed. */
  moveTo(cursor: Cursor): void {
    if (cursor.line !== this.#cursor?.line) this.forget();
    this.#cursor = cursor;
  }

  /** Something has happened to the text that no one typed here. */
  forget(): void {
    this.#cursor = undefined;
    this.#edited = undefined;
    this.#written = undefined;
  }

  /** @param text the line after the change. @returns whether the change is one to a name that stood there */
  change(change: LineChange, text: string): boolean {
    const cursor = this.#cursor;
    if (cursor?.line !== change.line || applied(cursor.text, change) !== text) {
      this.forget();
      return false;
    }
    const before = this.#edited;
    const isInside = before !== undefined && isWithin(change, before);
    const edited = isInside ? grown(before, change, text) : begun(change, text, cursor, this.#written);
    this.#edited = edited ?? (isInside ? undefined : beside(before, change));
    this.#written = joined(this.#written, change);
    const end = change.start + change.text.length;
    this.#cursor = { line: change.line, text, start: end, end };
    return edited !== undefined;
  }

  /** Whether the name that was changed is left by moving there. */
  isLeft(cursor: Cursor): boolean {
    return this.#edited !== undefined && (cursor.line !== this.#cursor?.line || !isWithin(cursor, this.#edited));
  }

  /** What has been renamed when the name is left as it is now; while typing only pauses, it may not be all of it. */
  renamed(isPause: boolean): Rename | undefined {
    if (this.#edited === undefined || this.#cursor === undefined) return undefined;
    const { start, end, old } = this.#edited;
    const { line, text } = this.#cursor;
    const name = text.slice(start, end);
    if (!isRename(old, name)) return undefined;
    // The rest is still to come, or what stands before the old name will be parted from it by a blank.
    if (isPause && (old.startsWith(name) || name.endsWith(old))) return undefined;
    return { old, name, line, start };
  }
}

/** The name after a change in it or at its ends; undefined when it is no name by itself any more. */
function grown({ start, end, old }: Edited, change: LineChange, text: string): Edited | undefined {
  const span = { start, end: end + growth(change) };
  return isWhole(text, span) ? { ...span, old } : undefined;
}

/** The name that the change is the first one to. */
function begun(change: LineChange, text: string, cursor: Cursor, written: Span | undefined): Edited | undefined {
  if (!isTyped(change, cursor)) return undefined;
  const word = wordAround(cursor.text, change);
  if (word === undefined || word.start === word.end) return undefined;
  if (written !== undefined && word.start <= written.end && word.end >= written.start) return undefined;
  return grown({ ...word, old: cursor.text.slice(word.start, word.end) }, change, text);
}

/** The name after a change beside it. */
function beside(edited: Edited | undefined, change: LineChange): Edited | undefined {
  if (edited === undefined || change.start > edited.end) return edited;
  if (change.end >= edited.start) return undefined;
  return { ...edited, start: edited.start + growth(change), end: edited.end + growth(change) };
}

/** Refactorings replace names where nothing is selected; typing, deleting and pasting work at the cursor. */
function isTyped({ start, end, text }: LineChange, cursor: Cursor): boolean {
  if (text === '') return start <= cursor.end && end >= cursor.start;
  return start === cursor.start && end === cursor.end;
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function isWhole(text: string, span: Span): boolean {
  const word = wordAround(text, span);
  return word?.start === span.start && word.end === span.end;
}

function applied(line: string, { start, end, text }: LineChange): string {
  return line.slice(0, start) + text + line.slice(end);
}

/** One span over what was written before and now. Taking out is writing too: it may make one word of two. */
function joined(written: Span | undefined, change: LineChange): Span {
  const before = written && { start: shifted(written.start, change), end: shifted(written.end, change) };
  const now = { start: change.start, end: change.start + change.text.length };
  if (before === undefined) return now;
  return { start: Math.min(before.start, now.start), end: Math.max(before.end, now.end) };
}

/** Where a place of the line lies after a change. */
function shifted(place: number, change: LineChange): number {
  if (place <= change.start) return place;
  return place >= change.end ? place + growth(change) : change.start + change.text.length;
}

function growth({ start, end, text }: LineChange): number {
  return text.length - (end - start);
}
