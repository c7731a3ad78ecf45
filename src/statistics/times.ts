/**
 * Times, counted by how long they were: such counts add up over windows and days, which a median does not. Each bound is 15 % above the one
 * before, so what is told of them is right to that.
 */

/** In milliseconds, to twelve seconds. */
const BOUNDS = [...new Set(Array.from({ length: 68 }, (_, index) => Math.round(1.15 ** index)))];
const LONGER = 60_000;

/** The bound that a time is counted under. */
export function boundOf(ms: number): string {
  return String(BOUNDS.find((bound) => ms <= bound) ?? LONGER);
}

/**
 * The time that such a share of all stayed below, in milliseconds; between two bounds as if they were spread evenly.
 *
 * @param share 0 to 1 @returns undefined where nothing was counted
 */
export function quantile(times: Readonly<Record<string, number>>, share: number): number | undefined {
  const counts = [...BOUNDS, LONGER].map((bound) => times[String(bound)] ?? 0);
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return undefined;
  let below = 0;
  for (const [index, count] of counts.entries()) {
    if (count > 0 && below + count >= share * all) {
      const from = BOUNDS[index - 1] ?? 0;
      const to = BOUNDS[index] ?? LONGER;
      return from + ((to - from) * (share * all - below)) / count;
    }
    below += count;
  }
  return LONGER;
}
