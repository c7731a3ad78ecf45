/** Chooses the next token of an answer among the likeliest. Pure but for its state: what it has chosen, and its chance. */
import { type Random, seeded } from '../../measure/random';

export interface Candidate<T> {
  readonly token: T;
  /** Among the candidates; all together 1. */
  readonly probability: number;
}

/** The likeliest that make up this share together are kept (Holtzman et al., arXiv:1904.09751). */
const TOP_P = 0.95;
/** So are those at least this likely in relation to the likeliest (Nguyen et al., arXiv:2407.01082). */
const MIN_P = 0.05;
/**
 * What circles is made less likely, the longer the more, after DRY of p-e-w (oobabooga/text-generation-webui, pull request 5637). There any
 * run of tokens that was written before counts; code repeats its names and brackets, and an answer shows a function twice, so here it counts
 * only once the same words stand there three times, one directly after the other.
 */
const TIMES_BEFORE = 2;
/** So much may be repeated freely, in tokens. */
const FREE_RUN = 12;
const PENALTY = 0.4;
const GROWTH = 1.25;
/** Beyond what is free, in tokens. */
const LONGEST_RUN = 28;
/** The longest circle that is looked for, in tokens. */
const LONGEST_CIRCLE = 256;

export class Sampler<T> {
  readonly #random: Random;
  readonly #written: T[] = [];

  /**
   * @param temperature 0 always takes the likeliest
   * @param seed a whole number; the same one makes the same choices
   */
  constructor(
    private readonly temperature: number,
    seed = Math.floor(Math.random() * 2 ** 32),
  ) {
    this.#random = seeded(seed);
  }

  /** @param likeliest sorted, the likeliest first */
  choose<C extends Candidate<T>>(likeliest: readonly C[]): C | undefined {
    const chosen = this.temperature > 0 ? this.#draw(likeliest) : likeliest[0];
    if (chosen !== undefined) this.note(chosen.token);
    return chosen;
  }

  /** A token of the answer that is there already. */
  note(token: T): void {
    this.#written.push(token);
  }

  #draw<C extends Candidate<T>>(likeliest: readonly C[]): C | undefined {
    const circles = this.#circles();
    const penalized = likeliest
      .map((candidate) => ({
        candidate,
        weight: candidate.probability * Math.exp(-penaltyOf(circles.get(candidate.token))),
      }))
      .toSorted((one, other) => other.weight - one.weight);
    const kept = nucleus(penalized.map(({ weight }) => weight));
    const weights = penalized.slice(0, kept).map(({ weight }) => weight ** (1 / this.temperature));
    let left = this.#random() * weights.reduce((sum, weight) => sum + weight, 0);
    const at = weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    // With a temperature next to nothing all weights are nothing; and rounding may leave a rest.
    return penalized[Math.max(0, at)]?.candidate;
  }

  /** For each token that would go on with a circle: how far it has gone beyond what is free, in tokens. */
  #circles(): ReadonlyMap<T, number> {
    const written = this.#written;
    const end = written.length;
    const circles = new Map<T, number>();
    for (let length = 1; length <= Math.min(LONGEST_CIRCLE, end / (TIMES_BEFORE + 1)); length++) {
      const free = Math.max(FREE_RUN, TIMES_BEFORE * length);
      let run = 0;
      while (
        run < free + LONGEST_RUN &&
        run + length < end &&
        written[end - 1 - run] === written[end - 1 - run - length]
      )
        run++;
      const token = written[end - length];
      if (token !== undefined && run >= free) circles.set(token, Math.max(run - free, circles.get(token) ?? 0));
    }
    return circles;
  }
}

/** In natural logarithms. @param beyond in tokens; undefined where nothing circles */
function penaltyOf(beyond: number | undefined): number {
  return beyond === undefined ? 0 : PENALTY * GROWTH ** beyond;
}

/** How many of the weights, sorted from the largest, are kept: at least one. */
function nucleus(weights: readonly number[]): number {
  const enough = TOP_P * weights.reduce((sum, weight) => sum + weight, 0);
  const least = MIN_P * (weights[0] ?? 0);
  let sum = 0;
  let kept = 0;
  for (const weight of weights) {
    if (kept > 0 && (sum >= enough || weight < least)) break;
    sum += weight;
    kept++;
  }
  return kept;
}
