/** Where a hole of each kind begins and ends, told by brackets and indentation. */
import { closersAt, isBalanced, isInString, type Line } from './lines';
import { COMMENT } from './mask';
import { integer, type Random } from './random';

/** A part of a file, in offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** What an editor has closed by itself right of `start`. */
  readonly closers?: string;
}

/** Fewer characters are no help to anyone. */
const LEAST = 3;
/** A line longer than this is data or was minified, in characters. */
const LONGEST_LINE = 200;
const MOST_LINES: Readonly<Record<'statement' | 'block', number>> = { statement: 6, block: 8 };
/** More than one suggestion can hold, in characters. */
const LONGEST = 320;
/** A line that begins so goes on with the statement above. */
const CONTINUES = /^\s*([{.?:=%]|&&|\|\||[-+*/|&]\s|(else|elif|elsif|except|catch|finally|rescue|and|or)\b)/;
/** A line that ends so is not the end of a statement. */
const GOES_ON = /([,\\+*/%|&=<?.]|=>|->|\b(and|or|return))$/;
/** Opens a block without a bracket. */
const WORD_OPENER = /(:|\b(do|then|else))$/;
const END = /^\s*(end|fi|done|esac)\b/;

/** From somewhere in a line to its end, what the editor closed still right of the cursor. */
export function cutRestOfLine(lines: readonly Line[], index: number, random: Random): Span | undefined {
  const line = lines[index];
  if (line === undefined || !isPlain(line)) return undefined;
  const at = integer(random, line.indent + 1, line.text.length - LEAST + 1);
  const closers = closersAt(line, at);
  const truth = line.text.slice(at);
  if (closers === undefined || truth.trim().length < LEAST || splits(line.text, at)) return undefined;
  // A bracket that stays open over the line was not just typed: the lines below are its inside.
  if (!closes(line.mask, at)) return undefined;
  return { start: line.start + at, end: line.start + line.text.length, closers };
}

/** A part of a line with code on both sides, brackets and strings whole. */
export function cutInsideLine(lines: readonly Line[], index: number, random: Random): Span | undefined {
  const line = lines[index];
  if (line === undefined || !isPlain(line)) return undefined;
  const ends = Array.from(line.text.matchAll(/\w+|[^\w\s]/g), (token) => token.index + token[0].length);
  const from = integer(random, 0, Math.max(0, ends.length - 2));
  const at = integer(random, ends[from - 1] ?? line.indent, ends[from] ?? 0);
  const last = integer(random, from, Math.min(ends.length - 1, from + 8));
  const to = ends[last] ?? at;
  const whole = !isInString(line, at) && !isInString(line, to) && isBalanced(line.mask.slice(at, to));
  if (line.text.slice(at, to).trim().length < LEAST || !whole || splits(line.text, at)) return undefined;
  // A value, a name, a call: not `x =`, which no one goes back to write.
  if (!/[\w)\]}"'`]/.test(line.text[to - 1] ?? '')) return undefined;
  return /\w/.test(line.text.slice(to)) ? { start: line.start + at, end: line.start + to } : undefined;
}

/** From the indentation to the end of the statement, with the block that it opens. */
export function cutStatement(lines: readonly Line[], index: number): Span | undefined {
  const line = lines[index];
  if (line === undefined || !isStart(lines, index)) return undefined;
  let last = index;
  for (let at = index + 1; at < lines.length; at++) {
    const next = lines[at];
    if (next === undefined || next.kind === 'blank') continue;
    if (isBalanced(maskOf(lines, index, last)) && !belongs(next, line.indent, last > index)) break;
    if (at - index >= MOST_LINES.statement) return undefined;
    last = at;
  }
  return isBalanced(maskOf(lines, index, last)) ? between(lines, index, line.indent, last) : undefined;
}

/** True for a line after a whole statement that belongs to it all the same: by its indentation or its first word. */
function belongs(line: Line, indent: number, opened: boolean): boolean {
  if (line.indent > indent) return true;
  return line.indent === indent && (CONTINUES.test(line.text) || (opened && END.test(line.text)));
}

/** The inside of a block: the cursor stands behind what opens it, or, as often, in the new line after Enter. */
export function cutBlock(lines: readonly Line[], index: number, random: Random): Span | undefined {
  const line = lines[index];
  const first = lines[index + 1];
  if (line === undefined || first === undefined || first.kind === 'blank' || first.indent <= line.indent)
    return undefined;
  let last = index + 1;
  while (last + 1 < lines.length && isInside(lines, last + 1, line.indent)) last++;
  while (lines[last]?.kind === 'blank') last--;
  if (last - index > MOST_LINES.block) return undefined;
  const closes = lines[last + 1]?.text.trimStart() ?? '';
  const bracket = line.mask.endsWith('{');
  const byWord = isBalanced(line.mask) && (WORD_OPENER.test(line.mask) || END.test(closes));
  if (bracket ? !closes.startsWith('}') : !byWord) return undefined;
  if (random() < 0.5) return between(lines, index + 1, first.indent, last);
  const inside = between(lines, index, line.text.length, !bracket && END.test(closes) ? last + 1 : last);
  const close = lines[last + 1];
  if (!bracket || inside === undefined || close === undefined) return inside;
  // The editor put the closing bracket right behind the cursor.
  return { start: inside.start, end: close.start + close.indent };
}

/** The span from column `from` of line `first` to the end of line `last`; undefined when it is too long or has a comment. */
function between(lines: readonly Line[], first: number, from: number, last: number): Span | undefined {
  const start = lines[first];
  const end = lines[last];
  if (start === undefined || end === undefined) return undefined;
  const span = { start: start.start + from, end: end.start + end.text.length };
  const mask = maskOf(lines, first, last).slice(from);
  const length = mask.trim().length;
  return length < LEAST || length > LONGEST || mask.includes(COMMENT) ? undefined : span;
}

function maskOf(lines: readonly Line[], first: number, last: number): string {
  const masks = lines.slice(first, last + 1).map(({ mask }) => mask);
  return masks.join('\n');
}

function isInside(lines: readonly Line[], at: number, indent: number): boolean {
  const line = lines[at];
  return line !== undefined && (line.kind === 'blank' || line.indent > indent);
}

/** A line of code that is not too long and has no comment. */
function isPlain({ text, mask }: Line): boolean {
  return text.length <= LONGEST_LINE && !mask.includes(COMMENT);
}

/** True where a statement begins: not within brackets, and not in the middle of one that began above. */
function isStart(lines: readonly Line[], index: number): boolean {
  const line = lines[index];
  if (line === undefined || line.within === '(' || line.within === '[' || CONTINUES.test(line.text)) return false;
  let above = index - 1;
  while (lines[above]?.kind === 'blank') above--;
  const last = lines[above];
  return last === undefined || last.kind === 'other' || !GOES_ON.test(last.mask.trimEnd());
}

/** True when every bracket that is open at `at` is closed in the rest of the line. */
function closes(mask: string, at: number): boolean {
  let depth = 0;
  let least = 0;
  for (const char of mask.slice(at)) {
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) least = Math.min(least, --depth);
  }
  const open = Array.from(mask.slice(0, at)).reduce(
    (sum, char) => sum + ('([{'.includes(char) ? 1 : ')]}'.includes(char) ? -1 : 0),
    0,
  );
  return open <= 0 || -least >= open;
}

/** True between the two code units of one character. */
function splits(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[at] ?? '');
}
