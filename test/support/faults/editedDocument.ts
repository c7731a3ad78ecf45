/**
 * A document as an editor has it, and random edits of it by seed, told as changes of the protocol. Written without the server's library on
 * purpose: the two are compared.
 */
import { createHash } from 'node:crypto';
import { integer, type Random } from '../../../server/measure/random';

interface Position {
  readonly line: number;
  readonly character: number;
}

/** Without a range it is the whole text. */
export interface Change {
  readonly range?: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

const PIECES = [
  'a',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '😀',
  '漢',
  '\ud83d',
  '\udc00',
  '\u2028',
  '\0',
  'word',
  '  x = 1;\n',
  '\r\n\r\n',
  '\t',
];
/** Undo goes back so far. */
const MOST_KEPT = 20;
/** In UTF-16 code units: a document that grows beyond is shortened. */
const LONGEST = 300_000;

export class EditedDocument {
  version = 1;
  readonly #past: string[] = [];

  constructor(
    readonly uri: string,
    public text: string,
  ) {}

  get digest(): { readonly version: number; readonly length: number; readonly sha256: string } {
    const { version, text } = this;
    return { version, length: text.length, sha256: createHash('sha256').update(text).digest('hex') };
  }

  /** Somewhere in the text. */
  place(random: Random): Position {
    return positionAt(this.text, boundary(this.text, integer(random, 0, this.text.length + 1)));
  }

  /** One edit: what it did is to be sent in one message. */
  edit(random: Random): readonly Change[] {
    this.#past.push(this.text);
    if (this.#past.length > MOST_KEPT) this.#past.shift();
    this.version++;
    const luck = random();
    if (luck < 0.02 || this.text.length > LONGEST) return [this.#whole(manyLines(integer(random, 0, 200), random))];
    if (luck < 0.07) return [this.#goBack(random)];
    if (luck < 0.2) return this.#atManyCursors(random);
    const length = luck < 0.6 ? 0 : integer(random, 1, luck < 0.9 ? 8 : 400);
    return [this.#replace(integer(random, 0, this.text.length + 1), length, luck < 0.75 ? piece(random) : '')];
  }

  #whole(text: string): Change {
    this.text = text;
    return { text };
  }

  /** As undo does it: what differs between now and some earlier text is replaced. */
  #goBack(random: Random): Change {
    const to = this.#past[integer(random, 0, this.#past.length)] ?? '';
    let start = 0;
    while (start < to.length && to[start] === this.text[start]) start++;
    let end = 0;
    const most = Math.min(to.length, this.text.length) - start;
    while (end < most && to.at(-1 - end) === this.text.at(-1 - end)) end++;
    start = boundary(this.text, start);
    while (isInsideLineEnd(this.text, this.text.length - end)) end--;
    const change = this.#replace(
      start,
      this.text.length - Math.max(0, end) - start,
      to.slice(start, to.length - Math.max(0, end)),
    );
    if (this.text !== to) return this.#whole(to);
    return change;
  }

  /** The same piece in several places, from the last one up, as editors tell it. */
  #atManyCursors(random: Random): readonly Change[] {
    const inserted = piece(random);
    const offsets = Array.from({ length: integer(random, 2, 12) }, () => integer(random, 0, this.text.length + 1));
    return offsets.toSorted((a, b) => b - a).map((at) => this.#replace(at, 0, inserted));
  }

  #replace(at: number, length: number, text: string): Change {
    const from = boundary(this.text, Math.min(at, this.text.length));
    const to = boundary(this.text, Math.min(from + length, this.text.length));
    const range = { start: positionAt(this.text, from), end: positionAt(this.text, to) };
    this.text = this.text.slice(0, from) + text + this.text.slice(to);
    return { range, text };
  }
}

/** Lines with ends of all kinds. */
export function manyLines(count: number, random: Random): string {
  const ends = ['\n', '\n', '\r\n', '\r'];
  const line = (n: number): string => `const value${n} = '${PIECES[n % PIECES.length] ?? ''}😀';`;
  return Array.from({ length: count }, (_, n) => line(n) + (ends[integer(random, 0, ends.length)] ?? '\n')).join('');
}

function piece(random: Random): string {
  return Array.from({ length: integer(random, 1, 4) }, () => PIECES[integer(random, 0, PIECES.length)] ?? '').join('');
}

/** Between `\r` and `\n` there is no position: the offset before them. */
function boundary(text: string, offset: number): number {
  return isInsideLineEnd(text, offset) ? offset - 1 : offset;
}

function isInsideLineEnd(text: string, offset: number): boolean {
  return text[offset - 1] === '\r' && text[offset] === '\n';
}

/** Lines end in `\n`, `\r\n` or `\r`, as the protocol says. */
function positionAt(text: string, offset: number): Position {
  let line = 0;
  let start = 0;
  for (const end of text.slice(0, offset).matchAll(/\r\n|\n|\r/g)) {
    line++;
    start = end.index + end[0].length;
  }
  return { line, character: offset - start };
}
