/** What an edit is about, told from where the cursor or the selection is. */
import type { LineRange, NamedRange } from '../../server/editProtocol';

/** A place as the editor counts: lines and UTF-16 code units from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The lines of a selection. One that ends before the first character of a line does not reach into it. */
export function linesOfSelection(start: Position, end: Position): LineRange {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { first: start.line, count: last - start.line + 1 };
}

/** Larger definitions are not taken for what a cursor in them means, in lines. */
const MOST_LINES = 200;

/**
 * What a cursor means: on an empty line that line, to be written; else the innermost definition around it, else the block of lines between
 * empty ones.
 */
export function rangeAtCursor(lines: readonly string[], line: number, names: readonly NamedRange[]): LineRange {
  if (isEmpty(lines, line)) return line < lines.length ? { first: line, count: 1 } : { first: lines.length, count: 0 };
  const around = names
    .filter(({ first, count }) => line >= first && line < first + count && count <= MOST_LINES)
    .toSorted((a, b) => a.count - b.count)[0];
  if (around !== undefined) return { first: around.first, count: around.count };
  let first = line;
  while (first > 0 && !isEmpty(lines, first - 1)) first--;
  let end = line + 1;
  while (end < lines.length && !isEmpty(lines, end)) end++;
  return { first, count: end - first };
}

/** A range for problems: the definition around them, else a few lines to both sides. */
export function rangeOfProblem(lines: readonly string[], at: LineRange, names: readonly NamedRange[]): LineRange {
  const last = at.first + at.count - 1;
  const around = names
    .filter(({ first, count }) => at.first >= first && last < first + count && count <= MOST_LINES)
    .toSorted((a, b) => a.count - b.count)[0];
  if (around !== undefined) return { first: around.first, count: around.count };
  const first = Math.max(0, at.first - AROUND);
  return { first, count: Math.min(lines.length, last + 1 + AROUND) - first };
}

const AROUND = 5;

/** Whether new lines are written, and none changed. */
export function isGenerating(lines: readonly string[], { first, count }: LineRange): boolean {
  return lines.slice(first, first + count).every((line) => line.trim() === '');
}

/** The words of the comment right above a line, for one who has written there what shall come; undefined where there is none. */
export function commentAbove(lines: readonly string[], line: number): string | undefined {
  const words: string[] = [];
  for (let index = line - 1; index >= 0; index--) {
    const text = COMMENT.exec(lines[index] ?? '')?.[1];
    if (text === undefined) break;
    words.unshift(text);
  }
  const comment = words.join(' ').trim();
  return /[\p{L}\p{N}]/u.test(comment) ? comment : undefined;
}

const COMMENT =
  /^\s*(?:\/\/+|\/\*+|\*(?!\/)|#(?!!|include\b|define\b|region\b|if|e)|--|;+|%+|<!--)\s*(.*?)\s*(?:\*\/|-->)?$/;

/** What the lines to be written begin with: the blanks of the empty line, else those of the last line above that has text. */
export function indentationAt(lines: readonly string[], { first }: LineRange): string {
  const own = /^[ \t]*/.exec(lines[first] ?? '')?.[0] ?? '';
  if (own !== '') return own;
  const above = lines.slice(0, first).findLast((line) => line.trim() !== '');
  return /^[ \t]*/.exec(above ?? '')?.[0] ?? '';
}

function isEmpty(lines: readonly string[], line: number): boolean {
  return (lines[line] ?? '').trim() === '';
}
