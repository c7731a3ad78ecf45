/**
 * What the model sees of the file around the cursor. Cut so that the prompt of one keystroke is the prompt of the last one plus what was
 * typed: the start moves in large steps, and the suffix begins after whatever closes the cursor's line.
 */
import { endOfLine, type Place } from '../documents';

export interface Window {
  /** Starts at a line start. */
  readonly prefix: string;
  readonly suffix: string;
  /** Offset of the prefix in the text; give it to the next cut of the same file. */
  readonly start: number;
}

export interface WindowSize {
  /** The most characters before the cursor. */
  readonly prefix: number;
  /** The most characters after it. */
  readonly suffix: number;
  /** The most characters of other files. */
  readonly context: number;
}

/** A window that has to move leaves this share of its length free to grow into. */
const GROWTH = 0.4;
/** A line start is looked for within so many characters; a longer line is cut where it is. */
const LONGEST_LINE = 400;
/** Only what the editor closed by itself, or separators: the model writes these anew, and they are matched afterwards. */
const CLOSERS = /^[\s)\]}>"'`;,]*$/;

/** @param lastStart where the last window of this file began */
export function cutWindow(place: Place, size: WindowSize, lastStart?: number): Window {
  const start = keeps(place, size, lastStart) ? lastStart : freshStart(place, size.prefix);
  return { start, prefix: place.text.slice(start, place.offset), suffix: suffixOf(place, size.suffix) };
}

/** True when nothing but closing characters stands right of the cursor. */
export function isLineEndOrClosers(lineAfter: string): boolean {
  return CLOSERS.test(lineAfter);
}

function keeps({ text, offset }: Place, size: WindowSize, start: number | undefined): start is number {
  if (start === undefined || start > offset || offset - start > size.prefix) return false;
  const atLineStart = start === 0 || text[start - 1] === '\n';
  return atLineStart && (start === 0 || offset - start > size.prefix * (1 - GROWTH) * 0.5);
}

function freshStart({ text, offset }: Place, most: number): number {
  if (offset <= most) return 0;
  const from = offset - Math.floor(most * (1 - GROWTH));
  const lineStart = text.indexOf('\n', from) + 1;
  if (lineStart > 0 && lineStart <= offset && lineStart - from <= LONGEST_LINE) return lineStart;
  return isLowSurrogate(text.charCodeAt(from)) ? from + 1 : from;
}

function suffixOf({ text, offset, lineAfter }: Place, most: number): string {
  const from = isLineEndOrClosers(lineAfter) ? offset + lineAfter.length : offset;
  const limit = from + most;
  if (limit >= text.length) return text.slice(from);
  const end = text.lastIndexOf('\n', limit);
  const cut = end > from ? end : Math.min(limit, endOfLine(text, from));
  return text.slice(from, isLowSurrogate(text.charCodeAt(cut)) ? cut - 1 : cut);
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
