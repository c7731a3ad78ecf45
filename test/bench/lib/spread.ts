/** How times lie: the middle, and how bad it gets. */

export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function spread(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number => round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0);
  return { count: values.length, p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99), max: at(1) };
}

export function printedSpread(name: string, values: Spread | undefined): string {
  if (values === undefined) return `${name}: –`;
  const { count, p50, p90, p99, max } = values;
  return `${name}: p50 ${p50}, p90 ${p90}, p99 ${p99}, max ${max} ms (of ${count})`;
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
