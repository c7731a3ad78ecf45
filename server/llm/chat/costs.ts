/** What a batch of several tokens takes beside one of a single token, as measured in this process. */

/**
 * Sizes of batches, and what each takes in relation to a single token before it is measured: a small processor's (`docs/benchmarks.md`). A
 * graphics card's are far less, which shows as soon as one is tried.
 */
const PRIOR = [
  [1, 1],
  [2, 1.7],
  [3, 2.2],
  [4, 2.6],
  [6, 3.5],
  [8, 4.2],
  [12, 5.8],
  [16, 7],
  [24, 10.5],
  [32, 14],
  [48, 20],
  [64, 22],
] as const;
export const SIZES: readonly number[] = PRIOR.map(([size]) => size);
/** How much a new measurement counts: one that is less more, because other work of the machine only ever adds. */
const LESS = 0.5;
const MORE = 0.15;
/** After so many steps a measurement is forgotten, so that one that other work has spoilt is not believed for ever. */
const OLD = 100;

interface Measured {
  /** In milliseconds. */
  readonly ms: number;
  /** The number of the step. */
  readonly step: number;
}

export class Costs {
  readonly #measured = new Map<number, Measured>();
  /** Of a batch of one token, in milliseconds. */
  #single: number | undefined;
  #step = 0;

  /** @param size one of `SIZES` */
  note(size: number, ms: number): void {
    const step = ++this.#step;
    const known = size === 1 ? this.#single : this.#known(size);
    const mean = known === undefined ? ms : known + (ms - known) * (ms < known ? LESS : MORE);
    if (size === 1) this.#single = mean;
    else this.#measured.set(size, { ms: mean, step });
    // A larger batch takes no less.
    if (this.#single !== undefined) this.#single = Math.min(this.#single, mean);
  }

  /** In milliseconds; undefined until a single token was measured. */
  of(size: number): number | undefined {
    if (this.#single === undefined || size === 1) return this.#single;
    const measured = this.#known(size);
    if (measured !== undefined) return measured;
    // The next smaller one that was measured tells how far off the table is.
    const [near, ratio] = PRIOR.findLast(([each]) => each < size && this.#known(each) !== undefined) ?? PRIOR[0];
    const [, wanted] = PRIOR.find(([each]) => each === size) ?? [size, size];
    return ((this.#known(near) ?? this.#single) * wanted) / ratio;
  }

  #known(size: number): number | undefined {
    const known = this.#measured.get(size);
    return known === undefined || this.#step - known.step > OLD ? undefined : known.ms;
  }
}
