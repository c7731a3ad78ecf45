/** Pieces of files, found by the words that they share with a question (BM25+, by minisearch). Keeps where they are and not what they say. */
import MiniSearch from 'minisearch';
import { chunksOf } from './chunks';
import { questionTokens, tokensOf } from './tokens';

export interface Hit {
  readonly path: string;
  /** Lines from 0, the end included. */
  readonly lines: readonly [first: number, last: number];
}

interface Entry extends Hit {
  readonly id: number;
  readonly text: string;
}

/** What scores less than this share of the best has hardly a word of the question. */
const LEAST_SHARE = 0.15;
/** Words of a path say what a file is for. */
const PATH_WEIGHT = 2;

export class SearchIndex {
  readonly #index = new MiniSearch<Entry>({
    fields: ['text', 'path'],
    tokenize: tokensOf,
    processTerm: (term) => term,
    searchOptions: { boost: { path: PATH_WEIGHT }, tokenize: questionTokens },
  });
  readonly #hits = new Map<number, Hit>();
  readonly #idsOf = new Map<string, readonly number[]>();
  #next = 0;

  get files(): number {
    return this.#idsOf.size;
  }

  has(path: string): boolean {
    return this.#idsOf.has(path);
  }

  /** @param breathe is awaited between pieces, so that others may run */
  async set(path: string, text: string, breathe: () => Promise<void>): Promise<void> {
    this.remove(path);
    const ids: number[] = [];
    this.#idsOf.set(path, ids);
    for (const { lines, text: part } of chunksOf(text)) {
      const id = this.#next++;
      this.#index.add({ id, path, lines, text: part });
      this.#hits.set(id, { path, lines });
      ids.push(id);
      await breathe();
    }
  }

  remove(path: string): void {
    for (const id of this.#idsOf.get(path) ?? []) {
      this.#index.discard(id);
      this.#hits.delete(id);
    }
    this.#idsOf.delete(path);
  }

  /** @returns the best first */
  find(question: string, most: number): Hit[] {
    const found = this.#index.search(question);
    const least = (found[0]?.score ?? 0) * LEAST_SHARE;
    return found
      .slice(0, most)
      .filter(({ score }) => score >= least)
      .flatMap(({ id }) => this.#hits.get(id) ?? []);
  }
}
