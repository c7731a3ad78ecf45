/** Prompts as token arrays, laid out so that typing only appends to them: all that was read before stays of use in the KV cache. */
import type { FimLayout } from '../protocol';
import { type FimTokens, layOut } from './fim';
import type { ContextFile, InfillPrompt } from './llm';

/** A prompt whose end the model takes for the begin of its own answer. */
interface Base<T> {
  readonly prompt: InfillPrompt;
  readonly tokens: readonly T[];
}

/** Texts whose tokens are kept. */
const MOST_TOKENIZED = 64;
/** Files whose last base is kept. */
const MOST_BASES = 3;
/** What was typed since, in UTF-16 code units: with more, the next prompt is laid out anew. */
const MOST_TYPED = 400;

export class Prompts<T> {
  readonly #tokenized = new Map<string, readonly T[]>();
  /** By the path of their file, the most recently used last. */
  readonly #bases = new Map<string, Base<T>>();

  constructor(
    private readonly layout: FimLayout,
    private readonly fim: FimTokens<T>,
    private readonly tokenize: (text: string) => readonly T[],
  ) {}

  /** @param room in tokens, at least 64 */
  layOut(prompt: InfillPrompt, room: number): readonly T[] {
    return this.#continued(prompt, room) ?? this.#anew(prompt, room);
  }

  /**
   * With the prefix first, the suffix stands behind what is typed and would be read again at each key. But the middle of a document is as well
   * what was typed plus what is missing: so what was typed since the last layout goes behind the middle token, where the model's answer begins.
   */
  #continued({ path, prefix, suffix, context }: InfillPrompt, room: number): readonly T[] | undefined {
    const base = this.#bases.get(path);
    if (base === undefined || suffix !== base.prompt.suffix || !prefix.startsWith(base.prompt.prefix)) return undefined;
    if (!areSame(context ?? [], base.prompt.context ?? [])) return undefined;
    const typed = prefix.slice(base.prompt.prefix.length);
    if (typed.length > MOST_TYPED) return undefined;
    const tokens = typed === '' ? base.tokens : [...base.tokens, ...this.tokenize(typed)];
    if (tokens.length > room) return undefined;
    this.#keep(path, base);
    return tokens;
  }

  #anew(prompt: InfillPrompt, room: number): readonly T[] {
    const { context, path, prefix, suffix } = prompt;
    const parts = {
      context: (context ?? []).map((file) => ({ path: this.#tokens(`${file.path}\n`), text: this.#tokens(file.text) })),
      path: this.#tokens(`${path}\n`),
      prefix: this.tokenize(prefix),
      suffix: this.#tokens(suffix),
    };
    const tokens = layOut(this.layout, this.fim, parts, room);
    if (this.layout === 'psm') this.#keep(path, { prompt, tokens });
    return tokens;
  }

  #keep(path: string, base: Base<T>): void {
    this.#bases.delete(path);
    this.#bases.set(path, base);
    const [oldest] = this.#bases.keys();
    if (this.#bases.size > MOST_BASES && oldest !== undefined) this.#bases.delete(oldest);
  }

  /** What stays the same from keystroke to keystroke is tokenized once. */
  #tokens(text: string): readonly T[] {
    const known = this.#tokenized.get(text);
    if (known) return known;
    const tokens = this.tokenize(text);
    if (this.#tokenized.size >= MOST_TOKENIZED) this.#tokenized.clear();
    this.#tokenized.set(text, tokens);
    return tokens;
  }
}

function areSame(one: readonly ContextFile[], other: readonly ContextFile[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ path, text }, at) => path === other[at]?.path && text === other[at]?.text)
  );
}
