/** A source file as lines, with what the cutter of holes must know about each. */
import { COMMENT, LONG_STRING, maskOf } from './mask';

export interface Line {
  /** Offset of its first character in the file. */
  readonly start: number;
  /** Without the line end and the white space before it. */
  readonly text: string;
  /** The text with comments and strings masked, see `maskOf`. */
  readonly mask: string;
  /** White space at its start, in characters. */
  readonly indent: number;
  /**
   * `closer`: nothing but what ends a block. `other`: an import, a comment, the inside of a long string; no one wishes these to be
   * completed. `blank`: nothing. `code`: the rest.
   */
  readonly kind: 'code' | 'closer' | 'other' | 'blank';
  /** The innermost bracket that is open where the line starts; empty when none is. */
  readonly within: string;
}

const IMPORT =
  /^\s*(import\b|from\s+\S+\s+import\b|export\s+(\*|\{.*)\s*from\b|use\s|using\s+[\w.=\s]+;|#\s*\w|package\s|namespace\s+[\w.]+;|module\s+[\w.]+;?$|mod\s+\w+;|extern\s+crate\b|require\b|@import\b|(const|var|let)\s.*=\s*require\b)/;
const CLOSER = /^\s*(\W*[)\]}]\W*|end|fi|done|esac|<\/.*)\s*$/;
const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

export function linesOf(text: string, languageId: string): Line[] {
  const mask = maskOf(text, languageId);
  const open: string[] = [];
  let importing = false;
  let start = 0;
  return text.split('\n').map((whole) => {
    const line = whole.trimEnd();
    const masked = mask.slice(start, start + line.length);
    const within = open.at(-1) ?? '';
    const depth = open.length;
    pass(masked, open);
    const imports = importing || IMPORT.test(line);
    importing = imports && (importing ? open.length > 0 : open.length > depth);
    const made: Line = {
      start,
      text: line,
      mask: masked,
      indent: indentOf(line),
      kind: kindOf(masked, imports),
      within,
    };
    start += whole.length + 1;
    return made;
  });
}

/** The closing brackets and quotes that an editor has written by itself right of a cursor at `at`; undefined within a long string. */
export function closersAt(line: Line, at: number): string | undefined {
  const open: string[] = [];
  pass(line.mask.slice(0, at), open);
  const closers = open
    .map((bracket) => PAIRS[bracket] ?? '')
    .reverse()
    .join('');
  if (!isInString(line, at)) return closers;
  const sign = line.mask[at] ?? '';
  return sign === LONG_STRING || sign === COMMENT ? undefined : sign + closers;
}

/** True between two characters of one string or comment. */
export function isInString({ mask }: Line, at: number): boolean {
  const sign = mask[at] ?? '';
  return sign !== '' && sign === mask[at - 1] && `"'\`${COMMENT}${LONG_STRING}`.includes(sign);
}

/** True when a part of a mask opens no bracket that it does not close, and the other way round. */
export function isBalanced(mask: string): boolean {
  const open: string[] = [];
  let crossed = false;
  for (const char of mask) {
    if (PAIRS[char] !== undefined) open.push(char);
    else if (')]}'.includes(char) && PAIRS[open.pop() ?? ''] !== char) crossed = true;
  }
  return open.length === 0 && !crossed;
}

function pass(mask: string, open: string[]): void {
  for (const char of mask) {
    if (PAIRS[char] !== undefined) open.push(char);
    else if (')]}'.includes(char)) open.pop();
  }
}

function kindOf(mask: string, imports: boolean): Line['kind'] {
  if (mask.trim() === '') return 'blank';
  const code = mask.replaceAll(COMMENT, ' ').replaceAll(LONG_STRING, ' ').trim();
  if (imports || code === '') return 'other';
  return CLOSER.test(code) ? 'closer' : 'code';
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
