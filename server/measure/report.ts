/** Sums of scores: in total, by language and by kind of hole. docs/benchmarks.md says what each figure means. */
import type { HoleKind, MeasuredFigures, MeasureReport } from '../measureProtocol';
import type { Score } from './score';

/** One hole as it was answered. */
export interface Outcome {
  readonly languageId: string;
  readonly kind: HoleKind;
  /** Of what was shown; absent when nothing was. */
  readonly score?: Score;
  /** Of what would have been shown without gates, where they left nothing. */
  readonly heldBack?: Score;
  /** Whether the text with the suggestion parses; absent when nobody can tell. */
  readonly parses?: boolean;
  readonly ms: number;
  readonly tokens: MeasureReport['tokens'];
}

export function report(outcomes: readonly Outcome[]): MeasureReport {
  const tokens = outcomes.map((outcome) => outcome.tokens);
  return {
    total: figures(outcomes),
    byLanguage: grouped(outcomes, ({ languageId }) => languageId),
    byKind: grouped(outcomes, ({ kind }) => kind),
    ms: spread(outcomes.map(({ ms }) => ms)),
    tokens: {
      read: sum(tokens, ({ read }) => read),
      reused: sum(tokens, ({ reused }) => reused),
      written: sum(tokens, ({ written }) => written),
    },
  };
}

function figures(outcomes: readonly Outcome[]): MeasuredFigures {
  const holes = outcomes.length;
  const scores = outcomes.flatMap(({ score }) => (score ? [score] : []));
  const heldBack = outcomes.flatMap((outcome) => (outcome.score || !outcome.heldBack ? [] : [outcome.heldBack]));
  const parsed = outcomes.flatMap(({ score, parses }) => (score && parses !== undefined ? [parses] : []));
  const exactLines = scores.filter(({ exactLine }) => exactLine).length;
  const exactWholes = scores.filter(({ exactWhole }) => exactWhole).length;
  const quiet = heldBack.filter(({ startsRight }) => !startsRight).length;
  const loud = scores.filter(({ startsRight }) => !startsRight).length;
  return {
    holes,
    shown: ratio(scores.length, holes),
    exactLine: ratio(exactLines, holes),
    exactWhole: ratio(exactWholes, holes),
    exactLineOfShown: ratio(exactLines, scores.length),
    exactWholeOfShown: ratio(exactWholes, scores.length),
    parsesOfShown: ratio(parsed.filter(Boolean).length, parsed.length),
    editSimilarity: ratio(
      sum(scores, ({ similarity }) => similarity),
      scores.length,
    ),
    savedPerShown: ratio(
      sum(scores, ({ saved }) => saved),
      sum(scores, ({ shown }) => shown),
    ),
    wrongCharacters: ratio(
      sum(scores, ({ wrong }) => wrong),
      holes,
    ),
    quiet: ratio(quiet, quiet + loud),
    rightKeptBack: ratio(heldBack.length - quiet, holes),
  };
}

function grouped<K extends string>(
  outcomes: readonly Outcome[],
  key: (outcome: Outcome) => K,
): Record<K, MeasuredFigures> {
  const groups = new Map<K, Outcome[]>();
  for (const outcome of outcomes) groups.set(key(outcome), [...(groups.get(key(outcome)) ?? []), outcome]);
  const sorted = Array.from(groups).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, group]) => [name, figures(group)])) as Record<K, MeasuredFigures>;
}

function spread(values: readonly number[]): MeasureReport['ms'] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number => Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0);
  return { p50: at(0.5), p90: at(0.9) };
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

/** Null where there is nothing to divide by: plain JSON has no NaN. */
function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
