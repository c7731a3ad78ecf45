/**
 * What is told of a running edit, as the new lines of its range. A range is written piece by piece; a piece whose answer has come back to its old
 * lines is filled up with the rest of them, and so is one about which nothing was said. After a piece that was cut nothing more is taken.
 */
import type { EditProgress, LineRange } from '../../server/editProtocol';
import { answerLines } from './answer';
import { StreamingDiff } from './streaming';

interface Piece {
  readonly index: number;
  readonly of: number;
  readonly old: readonly string[];
  readonly fence: number | undefined;
  readonly diff: StreamingDiff;
  raw: string;
}

export interface PiecesOptions {
  /** The lines of the text that was sent. */
  readonly sent: readonly string[];
  readonly range: LineRange;
  /** To give where the old lines are empty. */
  readonly indentation: string;
  /** The rest of this piece is not needed. */
  readonly onEnough: (piece: number) => void;
}

export class Pieces {
  /** New lines of the pieces that are over. */
  readonly #done: string[] = [];
  /** Lines that were sent before this one are told of in `#done`. */
  #next: number;
  #piece: Piece | undefined;
  #isCut = false;

  constructor(private readonly options: PiecesOptions) {
    this.#next = options.range.first;
  }

  /** New lines so far; those that were given once stay. */
  get lines(): readonly string[] {
    const piece = this.#piece;
    return piece === undefined ? this.#done : [...this.#done, ...piece.diff.lines];
  }

  /** Whether a piece has no end that its model came to by itself. */
  get isCut(): boolean {
    return this.#isCut || this.#piece !== undefined;
  }

  /** Whether every line of the range is told of. */
  get isWhole(): boolean {
    const { first, count } = this.options.range;
    return !this.isCut && this.#next === first + count;
  }

  /** @returns whether there are more lines, or others to tell of */
  take(progress: EditProgress): boolean {
    if (this.#isCut) return false;
    if (progress.kind === 'piece') this.#begin(progress);
    else if (progress.kind === 'text') return this.#add(progress.text);
    else if (progress.kind === 'pieceEnd') return this.#end(progress.end === 'complete' || progress.end === 'skipped');
    return false;
  }

  #begin({ index, of, range, opening }: Extract<EditProgress, { readonly kind: 'piece' }>): void {
    const { sent } = this.options;
    // What lies between pieces is nobody's to change.
    this.#done.push(...sent.slice(this.#next, range.first));
    this.#next = range.first + range.count;
    const old = sent.slice(range.first, this.#next);
    this.#piece = { index, of, old, fence: opening.fence, diff: new StreamingDiff(old), raw: '' };
  }

  #add(text: string): boolean {
    const piece = this.#piece;
    if (piece === undefined) return false;
    piece.raw += text;
    if (!text.includes('\n')) return false;
    this.#push(piece, false);
    if (piece.diff.rejoined) this.#skip(piece);
    return true;
  }

  #push(piece: Piece, isWhole: boolean): void {
    const lines = answerLines(piece.raw, {
      old: piece.old,
      isWhole,
      indentation: this.options.indentation,
      ...(piece.fence === undefined ? {} : { openedFence: piece.fence }),
    });
    piece.diff.push(lines.slice(piece.diff.lines.length));
  }

  #skip(piece: Piece): void {
    this.options.onEnough(piece.index);
    this.#done.push(...piece.diff.lines, ...piece.old.slice(piece.diff.reached));
    this.#piece = undefined;
  }

  #end(isWhole: boolean): boolean {
    const piece = this.#piece;
    if (piece === undefined) return false;
    this.#push(piece, isWhole);
    const { lines } = piece.diff;
    const isEmpty = !lines.some((line) => line.trim() !== '');
    this.#done.push(...(isEmpty && piece.of > 1 && isWhole ? piece.old : lines));
    this.#isCut = !isWhole;
    this.#piece = undefined;
    return true;
  }
}
