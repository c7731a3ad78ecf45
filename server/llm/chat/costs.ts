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

export class Costs {
  /** In milliseconds. */
  readonly #measured = new Map<number, number>();

  /** @param size one of `SIZES` */
  note(size: number, ms: number): void {
    const known = this.#measured.get(size);
    this.#measured.set(size, known === undefined ? ms : known + (ms - known) * (ms < known ? LESS : MORE));
  }

  /** In milliseconds; undefined until a single token was measured. */
  of(size: number): number | undefined {
    const single = this.#measured.get(1);
    if (single === undefined) return undefined;
    const measured = this.#measured.get(size);
    if (measured !== undefined) return measured;
    // The next smaller one that was measured tells how far off the table is.
    const at = PRIOR.findLastIndex(([each]) => each < size && this.#measured.has(each));
    const [near, ratio] = PRIOR[at] ?? PRIOR[0];
    const [, wanted] = PRIOR.find(([each]) => each === size) ?? [size, size];
    return ((this.#measured.get(near) ?? single) * wanted) / ratio;
  }
}
