/** Files in pieces that are worth finding: about a screen or two, begun at blank lines where possible. */

export interface Chunk {
  /** Lines from 0, the end included. */
  readonly lines: readonly [first: number, last: number];
  readonly text: string;
}

const LINES = 60;
/** A blank line ends a piece from here on. */
const FEWEST = 40;
const MOST_CHARACTERS = 4_000;
/** Lines are so long on average only where a program wrote them. */
const LONG_LINES = 400;

/** Nothing for what no person wrote: minified code, data on one line. */
export function chunksOf(text: string): Chunk[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (text.length / lines.length > LONG_LINES) return [];
  const chunks: Chunk[] = [];
  let first = 0;
  let length = 0;
  for (const [index, line] of lines.entries()) {
    const count = index - first;
    if (
      count >= LINES ||
      (count >= FEWEST && line.trim() === '') ||
      (count > 0 && length + line.length > MOST_CHARACTERS)
    ) {
      chunks.push(chunkOf(lines, first, index - 1));
      first = index;
      length = 0;
    }
    length += line.length + 1;
  }
  chunks.push(chunkOf(lines, first, lines.length - 1));
  return chunks.filter(({ text }) => text.trim() !== '');
}

function chunkOf(lines: readonly string[], first: number, last: number): Chunk {
  return { lines: [first, last], text: lines.slice(first, last + 1).join('\n') };
}
