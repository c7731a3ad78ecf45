/**
 * Predicts the tokens of an answer from a text of which it will repeat much (input look-up of LLMA, Yang et al., arXiv:2304.04487). Where the
 * answer stands in that text is known as long as it follows it, and found again by its last tokens after it has gone another way. What it has
 * put in place of something once, a new name say, is expected at the places that are to come as well. Pure.
 */

/** The last tokens by which a place is found. */
const MOST_MATCHED = 16;
/** One is enough so near behind the last place, in tokens. */
const NEAR = 64;
/** So many are needed anywhere else. */
const LEAST_FAR = 6;
/** What nearness is worth, in tokens. */
const NEARNESS = 4;
/** The longest part of the text that counts as replaced, and the longest replacement, in tokens. */
const LONGEST_REPLACED = 8;
/** So many tokens behind it must agree. */
const CERTAIN = 2;
/** How well the answer's beginning is known: as if so many tokens had agreed. */
const AT_START = 4;

export class Lookup<T> {
  readonly #written: T[] = [];
  #likely: readonly T[];
  /** Index of the token that is expected next; undefined where the answer has gone another way. */
  #at: number | undefined = 0;
  /** How many tokens before it agree. */
  #matched = AT_START;
  /** Index behind the last token that agreed. */
  #last = 0;
  /** Where the answer went another way: an index of the text, and how much was written by then. */
  #gap: { readonly at: number; readonly written: number } | undefined;
  /** What was replaced by what; false where that was taken back. */
  readonly #replaced = new Map<string, boolean>();

  constructor(likely: readonly T[]) {
    this.#likely = likely;
  }

  /** How many tokens agreed with the text before those that are expected next. */
  get matched(): number {
    return this.#matched;
  }

  /** The tokens that are expected next, at most so many. */
  expected(most: number): readonly T[] {
    return this.#at === undefined ? [] : this.#likely.slice(this.#at, this.#at + most);
  }

  /** The answer goes on with this token. */
  note(token: T): void {
    const at = this.#at;
    this.#written.push(token);
    if (at !== undefined && this.#likely[at] === token) {
      this.#at = at + 1;
      this.#last = at + 1;
      this.#matched++;
      if (this.#gap !== undefined && this.#matched >= CERTAIN) this.#learn(at + 1, this.#gap);
      return;
    }
    if (at !== undefined) this.#gap ??= { at, written: this.#written.length - 1 };
    const found = this.#find(token);
    // One token in place of another is the likeliest of all that may have happened.
    const next = at !== undefined && this.#matched > 0 ? at + 1 : undefined;
    this.#at = found?.at ?? next;
    this.#matched = found?.matched ?? 0;
    if (found !== undefined && !found.isNear) this.#gap = undefined;
  }

  /** The place where the most of the last tokens stand, near ones first. */
  #find(token: T) {
    let best: { readonly at: number; readonly matched: number; readonly isNear: boolean } | undefined;
    let most = 0;
    for (let at = this.#likely.indexOf(token) + 1; at > 0; at = this.#likely.indexOf(token, at) + 1) {
      const distance = at - this.#last;
      const isNear = distance > 0 && distance <= NEAR;
      const matched = this.#matchedBefore(at);
      const score = matched + (isNear ? NEARNESS * (1 - distance / NEAR) : 0);
      if (score <= most || (!isNear && matched < LEAST_FAR)) continue;
      best = { at, matched, isNear };
      most = score;
    }
    return best;
  }

  #matchedBefore(at: number): number {
    const end = this.#written.length;
    let matched = 0;
    while (
      matched < Math.min(MOST_MATCHED, at, end) &&
      this.#written[end - 1 - matched] === this.#likely[at - 1 - matched]
    )
      matched++;
    return matched;
  }

  /** What was put in place of something is expected from there on, until it is not. */
  #learn(at: number, gap: { readonly at: number; readonly written: number }): void {
    this.#gap = undefined;
    const old = this.#likely.slice(gap.at, at - this.#matched);
    const by = this.#written.slice(gap.written, this.#written.length - this.#matched);
    if (![old, by].every(({ length }) => length > 0 && length <= LONGEST_REPLACED)) return;
    const key = `${old.join()}>${by.join()}`;
    const reverse = `${by.join()}>${old.join()}`;
    if (this.#replaced.get(key) === false) return;
    this.#replaced.set(key, !this.#replaced.has(reverse));
    if (this.#replaced.has(reverse)) this.#replaced.set(reverse, false);
    this.#likely = [...this.#likely.slice(0, at), ...replaced(this.#likely.slice(at), old, by)];
  }
}

function replaced<T>(tokens: readonly T[], old: readonly T[], by: readonly T[]): readonly T[] {
  const result: T[] = [];
  for (let at = 0; at < tokens.length; ) {
    const isOld = old.every((token, index) => tokens[at + index] === token);
    result.push(...(isOld ? by : tokens.slice(at, at + 1)));
    at += isOld ? old.length : 1;
  }
  return result;
}
