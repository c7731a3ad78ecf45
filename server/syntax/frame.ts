/**
 * The frame around a place, told by indentation: of all lines above it only those that open the blocks it lies in, of all lines below it
 * only those that close them. A statement in its frame parses as it does in its file, whatever is broken elsewhere in the file.
 */
import {
  continuesBlock,
  indentOf,
  isBlankOrRemark,
  needsLinesBetween,
  openBrackets,
  opensBlock,
  opensBranch,
} from './indentation';

const BRACKETS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** A line that opens a block may go on over so many lines. */
const LONGEST_OPENING = 14;
/** A statement's own lines below the cursor are kept up to so many; of a longer one only its outline. */
const LONGEST_STATEMENT = 20;

export interface Above {
  /** The lines that open the enclosing blocks, outermost first. */
  readonly opening: readonly string[];
  /** What belongs to the statement itself: the `if` of an `else`, say. */
  readonly own: readonly string[];
  /** Index of the line where the statement begins. */
  readonly start: number;
}

export interface Below {
  /** What still belongs to the statement. */
  readonly own: readonly string[];
  /** Index of the first line after the statement. */
  readonly end: number;
  /** The lines that close the enclosing blocks. */
  readonly closing: readonly string[];
}

/**
 * @param lines all lines above the statement
 * @param first the statement's first line
 * @param indented for a language whose blocks are held together by indentation alone
 */
export function frameAbove(lines: readonly string[], first: string, indented: boolean): Above {
  const beginning = beginningOf(lines, lines.length, first, indented);
  const start = beginning?.start ?? lines.length;
  let level = indentOf(first);
  let end = start;
  let opening: string[] = [];
  for (let at = start - 1; at >= 0 && level > 0; at--) {
    const line = lines[at] ?? '';
    if (isBlankOrRemark(line) || indentOf(line) >= level) continue;
    const part = openingAt(lines, at, end);
    const further = beginningOf(lines, at, line, indented);
    opening = [...(further?.lines ?? []), ...part, ...opening];
    at = further?.start ?? at;
    end = at;
    level = indentOf(line);
  }
  return { opening, own: beginning?.lines ?? [], start };
}

/**
 * @param lines all lines below the insertion
 * @param level the indentation of the statement that holds it
 */
export function frameBelow(lines: readonly string[], level: number, indented: boolean): Below {
  const end = endOfBlock(lines, 0, level);
  const rest = lines.slice(0, end);
  const isLong = rest.filter((line) => line.trim() !== '').length > LONGEST_STATEMENT;
  const own = isLong ? [...placeholder(level, indented), ...outline(rest, level, indented)] : rest;
  const closing: string[] = [];
  let limit = level;
  for (let at = end; at < lines.length && limit > 0; at++) {
    const line = lines[at] ?? '';
    const indent = indentOf(line);
    if (isBlankOrRemark(line) || indent >= limit) continue;
    limit = indent;
    if (!continuesBlock(line)) continue;
    const next = endOfBlock(lines, at + 1, indent);
    closing.push(...outline(lines.slice(at, next), indent, indented));
    at = next - 1;
  }
  return { own, end, closing };
}

/**
 * What closes the opening lines, innermost first: the closing lines of the same indentation, or the brackets that the file does not close
 * yet. Lines that close what was opened before the text begins are left out.
 */
export function closingOf(opening: readonly string[], closing: readonly string[]): string[] {
  const levels = [...new Set(opening.map(indentOf))].sort((a, b) => b - a);
  const open = unclosedBrackets(opening);
  return levels.flatMap((level) => {
    const lines = closing.filter((line) => indentOf(line) === level);
    return lines.length > 0 ? lines : open.filter((each) => each.level === level).map(({ closer }) => closer);
  });
}

/** The closing brackets that the lines still need, the last one first, and how far the line is indented that opened each. */
function unclosedBrackets(lines: readonly string[]): { readonly level: number; readonly closer: string }[] {
  const open: { readonly level: number; readonly closer: string }[] = [];
  for (const line of lines)
    for (const char of line) {
      const closer = BRACKETS[char];
      if (closer !== undefined) open.unshift({ level: indentOf(line), closer });
      else if (char === open[0]?.closer) open.shift();
    }
  return open;
}

/** Where the statement began that the line goes on with, and the lines from there that it needs. */
function beginningOf(
  lines: readonly string[],
  at: number,
  line: string,
  indented: boolean,
): { readonly start: number; readonly lines: readonly string[] } | undefined {
  if (!continuesBlock(line)) return undefined;
  const level = indentOf(line);
  let start = at - 1;
  while (start >= 0 && !beginsAt(lines[start] ?? '', level)) start--;
  if (start < 0 || indentOf(lines[start] ?? '') < level) return undefined;
  const keepsBetween = needsLinesBetween(line) && at - start <= LONGEST_OPENING;
  return {
    start,
    lines: keepsBetween
      ? lines.slice(start, at)
      : [...openingAt(lines, start, at), ...placeholder(level, indented && opensBranch(line))],
  };
}

function beginsAt(line: string, level: number): boolean {
  if (isBlankOrRemark(line) || indentOf(line) > level) return false;
  return indentOf(line) < level || !continuesBlock(line);
}

/** The line with those after it in which its brackets are still open. */
function openingAt(lines: readonly string[], start: number, limit: number): string[] {
  let end = start + 1;
  let open = openBrackets(lines[start] ?? '');
  while (open > 0 && end < Math.min(limit, start + LONGEST_OPENING) && !opensBlock(lines[end - 1] ?? '')) {
    open += openBrackets(lines[end] ?? '');
    end++;
  }
  return lines.slice(start, end);
}

/** Index of the first line that is neither deeper than the level nor goes on with a block of the level. */
function endOfBlock(lines: readonly string[], from: number, level: number): number {
  let end = from;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const indent = indentOf(line);
    if (indent < level || (indent === level && !continuesBlock(line))) break;
    end = at + 1;
  }
  return end;
}

/** Of the lines only those of the level, with something in each branch where a language wants it. */
function outline(lines: readonly string[], level: number, indented: boolean): string[] {
  return lines
    .filter((line) => line.trim() !== '' && indentOf(line) === level)
    .flatMap((line) => [line, ...placeholder(level, indented && opensBranch(line))]);
}

function placeholder(level: number, wanted: boolean): string[] {
  return wanted ? [`${' '.repeat(level + 1)}pass`] : [];
}
