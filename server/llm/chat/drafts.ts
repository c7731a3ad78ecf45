/**
 * How many predicted tokens are checked at once: as many as give the most tokens for the time, by what batches took in this process and by
 * how often predictions were right in this answer; none where one token after the other is as fast. Pure.
 */
import { type Costs, SIZES } from './costs';
import { Lookup } from './lookup';

/** How much faster it must be to be worth it. */
const GAIN = 1.05;
/**
 * The longest batch at the beginning, and by what it grows while all of it is right and shrinks when it is not, in tokens. Where a batch costs
 * nearly what its tokens cost one by one, a long one that is wrong at its start takes what ten right ones have gained.
 */
const FIRST = 16;
const LEAST = 8;
const MOST = 64;
const GROWTH = 1.5;
/** The most time for one batch, in milliseconds: so long a cancelled answer may still go on, and typing may have to wait. */
const LONGEST_MS = 500;
/** How sure a prediction is behind so many tokens that agreed, before anything is known. */
const PRIOR = [
  [0, 0.5],
  [1, 0.75],
  [2, 0.88],
  [4, 0.95],
  [8, 0.975],
  [16, 0.985],
] as const;
/** So many predictions the prior is worth, and so fast older ones are forgotten: thirty right ones in a row do not mean that no wrong one comes. */
const WORTH = 24;
const FADE = 0.99;

/** Of the predictions behind a number of tokens that agreed. */
interface Odds {
  readonly from: number;
  right: number;
  all: number;
}

export class Drafts<T> {
  readonly #lookup: Lookup<T>;
  readonly #odds: readonly Odds[] = PRIOR.map(([from, prior]) => ({ from, right: prior * WORTH, all: WORTH }));
  #longest = FIRST;

  constructor(
    likely: readonly T[],
    private readonly costs: Costs,
  ) {
    this.#lookup = new Lookup(likely);
  }

  /** The tokens to check with the next step. @param most in tokens */
  next(most: number): readonly T[] {
    const expected = this.#lookup.expected(Math.min(most, Math.floor(this.#longest) - 1));
    const single = this.costs.of(1);
    if (single === undefined || expected.length === 0) return [];
    let best = 0;
    let rate = GAIN / single;
    for (const size of SIZES) {
      if (size < 2 || size > expected.length + 1) continue;
      const cost = this.costs.of(size) ?? Number.POSITIVE_INFINITY;
      const gained = this.#gained(size - 1) / cost;
      if (gained <= rate || cost > LONGEST_MS) continue;
      rate = gained;
      best = size - 1;
    }
    return expected.slice(0, best);
  }

  /**
   * What came of a step.
   *
   * @param draft the tokens that were checked with it
   * @param written what the answer went on with
   * @param ms how long it took
   */
  took(draft: readonly T[], written: readonly T[], ms: number): void {
    this.costs.note(draft.length + 1, ms);
    for (const token of written) {
      const [expected] = this.#lookup.expected(1);
      if (expected !== undefined) this.#count(this.#lookup.matched, expected === token);
      this.#lookup.note(token);
    }
    if (draft.length === 0) return;
    const isRight = written.length > draft.length;
    this.#longest = isRight ? Math.min(MOST, this.#longest * GROWTH) : Math.max(LEAST, this.#longest / GROWTH);
  }

  /** How many tokens a step will write on the average. */
  #gained(drafted: number): number {
    let gained = 1;
    let chance = 1;
    for (let n = 0; n < drafted; n++) {
      const { right, all } = this.#oddsAt(this.#lookup.matched + n);
      chance *= right / all;
      gained += chance;
    }
    return gained;
  }

  #count(matched: number, isRight: boolean): void {
    const odds = this.#oddsAt(matched);
    odds.right = odds.right * FADE + Number(isRight);
    odds.all = odds.all * FADE + 1;
  }

  #oddsAt(matched: number): Odds {
    const odds = this.#odds.findLast(({ from }) => from <= matched) ?? this.#odds[0];
    if (odds === undefined) throw new Error('no odds');
    return odds;
  }
}
