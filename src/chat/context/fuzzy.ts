/** Finds paths by some of their letters, in order: `chcl` finds `src/client/chatClient.ts`. */

/** Not worth more: a list is read by a person. */
export interface Ranked<T> {
  readonly item: T;
  readonly score: number;
}

/**
 * @param name of an item; a path with `/`
 * @returns the best first; equal ones in the order given, so that recent ones may come first
 */
export function fuzzyFind<T>(query: string, items: Iterable<T>, name: (item: T) => string, most: number): T[] {
  const wanted = query.toLowerCase().replaceAll('\\', '/');
  const found: Ranked<T>[] = [];
  for (const item of items) {
    const score = scoreOf(wanted, name(item));
    if (score !== undefined) found.push({ item, score });
  }
  return found
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ item }) => item);
}

/** @param wanted in lower case @returns undefined where the letters are not in it */
export function scoreOf(wanted: string, path: string): number | undefined {
  if (wanted === '') return 0;
  const lower = path.toLowerCase();
  const base = lower.lastIndexOf('/') + 1;
  const whole = lower.indexOf(wanted, base);
  if (whole >= 0) return 1_000 - (whole - base) * 2 - (lower.length - base - wanted.length) - lower.length / 100;
  const inPath = lower.indexOf(wanted);
  if (inPath >= 0) return 500 - (lower.length - wanted.length) / 10;
  return scattered(wanted, path, lower, base) ?? (base > 0 ? scattered(wanted, path, lower, 0) : undefined);
}

/** Letters one by one: those at the beginning of words, and next to each other, are worth more. */
function scattered(wanted: string, path: string, lower: string, from: number): number | undefined {
  let score = from > 0 ? 100 : 0;
  let at = from - 1;
  for (const letter of wanted) {
    const next = lower.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    if (isWordStart(path, next)) score += 12;
    else if (next === at + 1) score += 8;
    else score -= Math.min(6, next - at);
    at = next;
  }
  return score - lower.length / 10;
}

function isWordStart(path: string, at: number): boolean {
  if (at === 0) return true;
  const [before, here] = [path[at - 1] ?? '', path[at] ?? ''];
  return /[/\\_.\-\s]/.test(before) || (before === before.toLowerCase() && here !== here.toLowerCase());
}
