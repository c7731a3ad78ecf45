/**
 * Pieces of other files that have most in common with the text at the cursor, by the identifiers they share. (Ranking by what is shared gains
 * most of the ways that others have measured, and more than nearness of paths or declarations alone.)
 */
import type { ContextFile } from '../llm/llm';

export interface Candidate extends ContextFile {
  /** 0 for what was worked on last, then 1, 2 …. */
  readonly age: number;
  /** What a name near the cursor stands for: shown before anything that is merely alike. */
  readonly isDefinition?: boolean;
}

const LINES_A_PIECE = 24;
/** Pieces that share less than this are noise. */
const LEAST_SCORE = 0.08;
/** What a definition counts more. */
const DEFINITION = 0.5;
/** At most so many pieces of one file. */
const MOST_OF_A_FILE = 2;
const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]{2,}/gu;

interface Piece extends ContextFile {
  readonly score: number;
}

/**
 * @param here the text at the cursor
 * @param path of the file with the cursor, relative to its folder
 * @param budget the most characters of all pieces together
 * @returns the most related last
 */
export function similarPieces(
  here: string,
  path: string,
  candidates: readonly Candidate[],
  budget: number,
): ContextFile[] {
  const wanted = identifiers(here);
  const pieces = candidates
    .flatMap((candidate) => best(candidate, wanted, path))
    .filter(({ score }) => score >= LEAST_SCORE)
    .toSorted((a, b) => b.score - a.score);
  const taken: Piece[] = [];
  let left = budget;
  for (const piece of pieces) {
    if (piece.text.length > left) continue;
    taken.push(piece);
    left -= piece.text.length;
  }
  return taken.toReversed().map((piece) => ({ path: piece.path, text: piece.text }));
}

/** The pieces of one file that share most. */
function best(candidate: Candidate, wanted: ReadonlySet<string>, path: string): Piece[] {
  const bonus = nearness(candidate.path, path) + 0.05 / (1 + candidate.age) + (candidate.isDefinition ? DEFINITION : 0);
  return cut(candidate.text)
    .map((text) => ({ path: candidate.path, text, score: shared(identifiers(text), wanted) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_OF_A_FILE)
    .map((piece) => ({ ...piece, score: piece.score + bonus }));
}

/** Runs of lines, begun anew at blank lines where possible. */
function cut(text: string): string[] {
  const pieces: string[] = [];
  let piece: string[] = [];
  for (const line of text.split('\n')) {
    const full = piece.length >= LINES_A_PIECE || (line.trim() === '' && piece.length >= LINES_A_PIECE / 2);
    if (full) {
      pieces.push(`${piece.join('\n')}\n`);
      piece = [];
    }
    piece.push(line);
  }
  pieces.push(`${piece.join('\n')}\n`);
  return pieces;
}

/** Identifiers in both, as a share of those in either (Jaccard). */
function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const each of a) if (b.has(each)) both++;
  return both / (a.size + b.size - both || 1);
}

function nearness(a: string, b: string): number {
  return a.slice(0, a.lastIndexOf('/') + 1) === b.slice(0, b.lastIndexOf('/') + 1) ? 0.03 : 0;
}

function identifiers(text: string): Set<string> {
  return new Set(text.match(IDENTIFIER) ?? []);
}
