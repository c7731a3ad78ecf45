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
 * Repetition, after DRY of p-e-w (oobabooga/text-generation-webui, pull request 5637): what would go on with a run of tokens that was written
 * before is made less likely, the longer the run the more. A penalty for each token that occurred would spoil code, which repeats its names
 * and brackets; runs as long as a line of it may repeat freely, and only what circles is broken.
 */
const FREE_RUN = 12;
const PENALTY = 0.4;
const GROWTH = 1.25;
/** Of a run, in tokens. */
const LONGEST_RUN = 40;
/** How far back is looked, in tokens. */
const LOOK_BACK = 1024;

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
    const runs = this.#runs();
    const penalized = likeliest
      .map((candidate) => ({
        candidate,
        weight: candidate.probability * Math.exp(-penaltyOf(runs.get(candidate.token))),
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

  /** For each token that followed on the words that stand at the end now: how many they are. */
  #runs(): ReadonlyMap<T, number> {
    const written = this.#written;
    const end = written.length;
    const runs = new Map<T, number>();
    for (let at = end - 1; at > Math.max(0, end - LOOK_BACK); at--) {
      let run = 0;
      while (run < LONGEST_RUN && run < at && written[at - 1 - run] === written[end - 1 - run]) run++;
      const token = written[at];
      if (token !== undefined && run > (runs.get(token) ?? FREE_RUN - 1)) runs.set(token, run);
    }
    return runs;
  }
}

/** In natural logarithms. @param run in tokens; undefined where nothing is repeated */
function penaltyOf(run: number | undefined): number {
  return run === undefined || run < FREE_RUN ? 0 : PENALTY * GROWTH ** (run - FREE_RUN);
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
