/** Tokens to text, as they come: a character may be spread over several of them. */

/** What the engine writes in place of a character that is not whole. */
const INCOMPLETE = '\uFFFD';
/** The most tokens that one character is waited for: UTF-8 has four bytes at most. */
const MOST_PENDING = 4;
/** How many tokens decide whether a space belongs before the next one. */
const BEFORE = 3;

export class Writer<T> {
  text = '';
  readonly tokens: T[] = [];
  /** For each token, how much of the text there is with it; Infinity where it ends within a character. */
  readonly ends: number[] = [];
  #pending: T[] = [];

  /** @param detokenize the text of tokens that stand behind others */
  constructor(private readonly detokenize: (tokens: readonly T[], before: readonly T[]) => string) {}

  /** @returns what the token adds to the text: whole characters only */
  add(token: T): string {
    const before = this.tokens.slice(0, this.tokens.length - this.#pending.length).slice(-BEFORE);
    this.tokens.push(token);
    this.#pending.push(token);
    const text = this.detokenize(this.#pending, before);
    if (text.endsWith(INCOMPLETE) && this.#pending.length < MOST_PENDING) {
      this.ends.push(Number.POSITIVE_INFINITY);
      return '';
    }
    this.#pending = [];
    this.text += text;
    this.ends.push(this.text.length);
    return text;
  }
}
