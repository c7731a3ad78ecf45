/** The index of a project: built when it is first asked, kept up with what changes, and bounded in size and time. */
import { performance } from 'node:perf_hooks';
import { breathing } from '../../../breath';
import { type Hit, SearchIndex } from './searchIndex';

export interface IndexParts {
  /** Names of all files that may be searched, those that matter most first. */
  readonly list: (signal: AbortSignal) => Promise<readonly string[]>;
  /** The text of a file; undefined when it has none, or cannot be read. */
  readonly read: (name: string) => Promise<string | undefined>;
}

export interface Bounds {
  readonly files: number;
  /** Characters of all files together, and of one. */
  readonly characters: number;
  readonly charactersOfOne: number;
  /** Milliseconds that one question waits for files to be read; the next one goes on with the rest. */
  readonly timeMs: number;
}

const BOUNDS: Bounds = { files: 2_000, characters: 20_000_000, charactersOfOne: 200_000, timeMs: 10_000 };
/** Files that are read at once. */
const AT_ONCE = 8;

export interface SearchResult {
  readonly hits: readonly Hit[];
  readonly searched: number;
  readonly of: number;
}

export class Indexing {
  readonly #index = new SearchIndex();
  readonly #sizes = new Map<string, number>();
  readonly #changed = new Set<string>();
  #characters = 0;
  /** One question builds at a time. */
  #turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: IndexParts,
    private readonly bounds: Bounds = BOUNDS,
  ) {}

  /** A file is another one now, or gone. It is read again when the next question comes. */
  didChange(name: string): void {
    this.#changed.add(name);
  }

  /** @throws the signal's reason */
  async find(question: string, most: number, signal: AbortSignal): Promise<SearchResult> {
    const names = await this.parts.list(signal);
    signal.throwIfAborted();
    const before = this.#turn;
    const build = before.then(() => this.#build(names, signal));
    // Whoever waits next is not bothered by a question that was given up.
    this.#turn = build.then(undefined, () => undefined);
    await build;
    return { hits: this.#index.find(question, most), searched: this.#index.files, of: names.length };
  }

  async #build(names: readonly string[], signal: AbortSignal): Promise<void> {
    const listed = new Set(names);
    for (const name of this.#sizes.keys()) if (!listed.has(name) || this.#changed.has(name)) this.#forget(name);
    this.#changed.clear();
    const waiting = names.filter((name) => !this.#index.has(name));
    const breathe = breathing(signal);
    const end = performance.now() + this.bounds.timeMs;
    for (let at = 0; at < waiting.length && this.#hasRoom() && performance.now() < end; at += AT_ONCE) {
      signal.throwIfAborted();
      const some = waiting.slice(at, at + Math.min(AT_ONCE, this.bounds.files - this.#index.files));
      const texts = await Promise.all(some.map(async (name) => [name, await this.parts.read(name)] as const));
      for (const [name, text] of texts) await this.#add(name, text ?? '', breathe);
    }
  }

  #hasRoom(): boolean {
    return this.#index.files < this.bounds.files && this.#characters < this.bounds.characters;
  }

  async #add(name: string, text: string, breathe: () => Promise<void>): Promise<void> {
    const part = text.slice(0, this.bounds.charactersOfOne);
    this.#sizes.set(name, part.length);
    this.#characters += part.length;
    try {
      await this.#index.set(name, part, breathe);
    } catch (error) {
      // Given up in the middle of a file: it is read again as a whole.
      this.#forget(name);
      throw error;
    }
  }

  #forget(name: string): void {
    this.#characters -= this.#sizes.get(name) ?? 0;
    this.#sizes.delete(name);
    this.#index.remove(name);
  }
}
