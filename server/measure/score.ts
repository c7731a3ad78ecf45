/** How good one suggestion is, told by what stood in the hole. */
import type { Joined } from '../completion/rules/joinRest';
import { withLf } from '../documents';
import type { Hole } from './holes';

export interface Score {
  /** The first filled line came out as it was, up to white space at its end. */
  readonly exactLine: boolean;
  /** All of the hole came out as it was, and the line behind it. */
  readonly exactWhole: boolean;
  /** The first filled line that was shown is right as far as it goes. */
  readonly startsRight: boolean;
  /** 1 − Levenshtein distance ÷ the longer length; 1 is the same text. */
  readonly similarity: number;
  /** In characters that a person would type: without the indentation of new lines, which the editor writes. */
  readonly shown: number;
  /** The part of `shown` up to the first wrong character. */
  readonly saved: number;
  /** The rest of `shown`. */
  readonly wrong: number;
}

export function score(hole: Hole, suggestion: Joined): Score {
  const text = trimmed(suggestion.text);
  const tail = tailOf(hole);
  const wanted = trimmed(hole.truth + tail);
  const made = trimmed(suggestion.text + (hole.closers + tail).slice(suggestion.replace));
  const right = commonPrefix(text, wanted);
  const shown = typedLength(text);
  const saved = typedLength(text.slice(0, right));
  return {
    exactLine: firstLine(made) === firstLine(wanted),
    exactWhole: made === wanted,
    startsRight: firstLine(wanted).startsWith(firstLine(text)),
    similarity: similarity(withoutTail(made, tail), withoutTail(wanted, tail)),
    shown,
    saved,
    wrong: shown - saved,
  };
}

/** What stands right of the hole in the line where it ends. */
function tailOf({ file, start, truth }: Hole): string {
  const after = file.text.slice(start + truth.length);
  return /^[^\r\n]*/.exec(after)?.[0] ?? '';
}

function withoutTail(text: string, tail: string): string {
  const end = tail.trimEnd();
  return end !== '' && text.endsWith(end) ? text.slice(0, -end.length) : text;
}

/** With `\n` line ends, without white space at the ends of lines. */
function trimmed(text: string): string {
  return withLf(text)
    .replace(/[^\S\n]+(?=\n|$)/g, '')
    .trimEnd();
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? '';
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function typedLength(text: string): number {
  return text.replace(/\n[^\S\n]+/g, '\n').length;
}

/** 1 − Levenshtein distance ÷ the longer length. */
export function similarity(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - distance(a, b) / longest;
}

/** The least number of characters to insert, delete or replace. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [index, char] of a.split('').entries()) {
    const next = [index + 1];
    for (let at = 0; at < b.length; at++) {
      const replaced = (row[at] ?? 0) + (char === b[at] ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
