/** Ranks again by meaning what words have found, where there is a model for it. */

type Point = readonly number[];
export type Embed = (texts: readonly string[], signal: AbortSignal) => Promise<readonly Point[] | undefined>;

/** What stands in front of a question and of a text: some models were trained with words there (`search_query: `). The model's matter. */
export interface Prefixes {
  readonly question: string;
  readonly text: string;
}

const NO_PREFIXES: Prefixes = { question: '', text: '' };
/** Characters of a piece that are looked at: models for it see little. */
const MOST_CHARACTERS = 2_000;
/** Points that are kept: those of the last few searches. */
const MOST_KEPT = 500;
/** Words alone will do where the model takes longer, in milliseconds. */
const TIME_LIMIT = 20_000;

export class Reranking {
  readonly #points = new Map<string, Point>();

  constructor(
    private readonly embed: Embed,
    private readonly prefixes: Prefixes = NO_PREFIXES,
  ) {}

  /**
   * @returns the nearest to the question first; as they came where there is no model for it, or it fails
   * @throws the signal's reason
   */
  async rank<T extends { readonly text: string }>(question: string, pieces: readonly T[], signal: AbortSignal) {
    const texts = pieces.map(({ text }) => this.prefixes.text + text.slice(0, MOST_CHARACTERS));
    try {
      const points = await this.#pointsOf([this.prefixes.question + question, ...texts], signal);
      if (points === undefined) return pieces;
      const [asked = [], ...others] = points;
      return pieces
        .map((piece, index) => ({ piece, near: cosine(asked, others[index] ?? []) }))
        .toSorted((a, b) => b.near - a.near)
        .map(({ piece }) => piece);
    } catch {
      // The model does not load, has died, or takes too long: what words have found is an answer too.
      signal.throwIfAborted();
      return pieces;
    }
  }

  async #pointsOf(texts: readonly string[], signal: AbortSignal): Promise<readonly Point[] | undefined> {
    const unknown = [...new Set(texts.filter((text) => !this.#points.has(text)))];
    const limited = AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT)]);
    const points = unknown.length > 0 ? await this.embed(unknown, limited) : [];
    if (points === undefined) {
      this.#points.clear();
      return undefined;
    }
    for (const [index, text] of unknown.entries()) this.#points.set(text, points[index] ?? []);
    const all = texts.map((text) => this.#points.get(text) ?? []);
    for (const text of [...this.#points.keys()].slice(0, Math.max(0, this.#points.size - MOST_KEPT)))
      this.#points.delete(text);
    return all;
  }

  /** Another model has other points. */
  forget(): void {
    this.#points.clear();
  }
}

/** Of any two points; 0 where one is none. */
export function cosine(a: Point, b: Point): number {
  let [dot, lengthA, lengthB] = [0, 0, 0];
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const [x, y] = [a[index] ?? 0, b[index] ?? 0];
    dot += x * y;
    lengthA += x * x;
    lengthB += y * y;
  }
  return dot / (Math.sqrt(lengthA * lengthB) || 1);
}
