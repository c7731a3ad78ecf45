/** A text as lines and the places where they stand. Lines end where VS Code ends them: at CRLF, LF or CR; the last one may have no end. */

/** Where something stands in a text: UTF-16 offsets, the end not included. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export const BYTE_ORDER_MARK = '\uFEFF';

/** The lines of a text without their ends. A line end at the end of the text does not begin another line; an empty text is one empty line. */
export function linesOf(text: string): string[] {
  return placesOf(text).map(({ start, end }) => text.slice(start, end));
}

/** Where each line stands, without its end and without the byte order mark. */
export function placesOf(text: string): Place[] {
  const places: Place[] = [];
  let start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  for (const { 0: lineEnd, index } of text.matchAll(/\r\n|\n|\r/g)) {
    places.push({ start, end: index });
    start = index + lineEnd.length;
  }
  if (start < text.length || places.length === 0) places.push({ start, end: text.length });
  return places;
}

/** Whether a place holds whole lines: it begins where a line begins and ends where a line ends. Behind the last line end stands no line. */
export function isWholeLines(text: string, { start, end }: Place): boolean {
  const isBehindAll = start === text.length && beforeLineEnd(text, start) < start;
  return isLineStart(text, start) && isLineEnd(text, end) && !isBehindAll;
}

function isLineStart(text: string, offset: number): boolean {
  const before = text[offset - 1];
  if (before === undefined || before === '\n') return true;
  if (before === '\r') return text[offset] !== '\n';
  return offset === 1 && before === BYTE_ORDER_MARK;
}

function isLineEnd(text: string, offset: number): boolean {
  if (offset === 0 && text.startsWith(BYTE_ORDER_MARK)) return false;
  const after = text[offset];
  return after === undefined || after === '\r' || (after === '\n' && text[offset - 1] !== '\r');
}

/** The offset after the line end that stands at an offset; the same offset where none stands. */
export function afterLineEnd(text: string, offset: number): number {
  if (text.startsWith('\r\n', offset)) return offset + 2;
  return text[offset] === '\n' || text[offset] === '\r' ? offset + 1 : offset;
}

/** The offset before the line end that stands left of an offset; the same offset where none stands. */
export function beforeLineEnd(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return text[offset - 2] === '\r' ? offset - 2 : offset - 1;
  return text[offset - 1] === '\r' ? offset - 1 : offset;
}
