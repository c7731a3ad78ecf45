/** The dashboard's charts: each is what was counted in some slots of time, as series, with a sentence that says the same. */
import type { Chart, Series } from '../../media/dashboardMessages';
import { fates, timesOf, tokens } from './figures';
import type { Format } from './format';
import type { Slot } from './slots';
import { type Period, sumOf, type Table, total } from './statistics';
import { quantile } from './times';

/** More models than that make a chart of lines hard to read, and more languages one of rows; those that come after are one row. */
const MOST_LINES = 4;
const MOST_LANGUAGES = 10;

/** Those that have something to show. */
export function chartsOf(slots: readonly Slot[], format: Format): readonly Chart[] {
  const all = total(slots.map(({ period }) => period));
  return [
    ...(quantile(timesOf(all.times), 0.5) === undefined ? [] : [speed(slots, all, format)]),
    ...(fates(all.languages).shown > 0 ? [acceptance(all, format), characters(slots, all, format)] : []),
    ...(Object.keys(all.completion).length > 0 ? [reuse(slots, all, format)] : []),
    ...(all.memory > 0 ? [memory(slots, all, format)] : []),
    ...(Object.keys(all.chat).length > 0 ? [chat(slots, all, format)] : []),
  ];
}

function speed(slots: readonly Slot[], { times }: Period, format: Format): Chart {
  const { t, ms } = format;
  const models = mostOf(times, (row) => Object.values(row).reduce((sum, count) => sum + count, 0));
  const of = (name: string, each: (period: Period) => number | undefined): Series => series(name, slots, each, ms);
  const [only] = models;
  const lines =
    models.length === 1 && only !== undefined
      ? [
          of(t('Half of the suggestions within'), (period) => quantile(timesOf(period.times), 0.5)),
          of(t('Nine of ten within'), (period) => quantile(timesOf(period.times), 0.9)),
        ]
      : models.map((model) => of(model, (period) => quantile(period.times[model] ?? {}, 0.5)));
  const median = quantile(timesOf(times), 0.5) ?? 0;
  return {
    ...over(slots, t('Time')),
    id: 'speed',
    title: t('Speed'),
    summary:
      models.length === 1
        ? t('Half of the suggestions of {0} came within {1}. Lower is better.', only ?? '', ms(median))
        : Object.keys(times).length === models.length
          ? t('Half of the suggestions came within {0}; a line for each model. Lower is better.', ms(median))
          : t(
              'Half of the suggestions came within {0}; a line for each model that was used most. Lower is better.',
              ms(median),
            ),
    shape: 'lines',
    unit: t('milliseconds'),
    series: lines,
  };
}

function acceptance({ languages }: Period, { t, whole, share }: Format): Chart {
  const shown = (row: Table[string]): number => fates({ row }).shown;
  const sorted = Object.entries(languages).toSorted(([, a], [, b]) => shown(b) - shown(a));
  const most = sorted.length > MOST_LANGUAGES ? MOST_LANGUAGES - 1 : MOST_LANGUAGES;
  const after = Object.fromEntries(sorted.slice(most));
  const others = t('{0} others', whole(sorted.length - most));
  const rows = [...sorted.slice(0, most), ...(sorted.length > most ? [[others, fates(after)] as const] : [])];
  const of = (name: string, measure: 'accepted' | 'typedThrough' | 'refused'): Series => {
    const values = rows.map(([, row]) => row[measure] ?? 0);
    return { name, values, shown: values.map(whole) };
  };
  const shares = rows.map(([, row]) => share((row.accepted ?? 0) / Math.max(1, shown(row))));
  const { accepted, shown: all } = fates(languages);
  return {
    id: 'acceptance',
    title: t('Acceptance by language'),
    summary: t('Accepted suggestions: {0} of {1}.', whole(accepted), whole(all)),
    shape: 'rows',
    unit: t('suggestions'),
    of: t('Language'),
    labels: rows.map(([language]) => language),
    series: [
      of(t('Accepted'), 'accepted'),
      of(t('Typed as suggested'), 'typedThrough'),
      { ...of(t('Passed over'), 'refused'), isQuiet: true },
    ],
    more: [{ name: t('Share accepted'), cells: shares }],
  };
}

function characters(slots: readonly Slot[], { languages }: Period, { t, whole }: Format): Chart {
  const of = ({ languages }: Period): number => sumOf(languages, 'characters');
  return {
    ...over(slots, t('Time')),
    id: 'characters',
    title: t('Characters saved'),
    summary: t('{0} characters came from accepted suggestions.', whole(sumOf(languages, 'characters'))),
    shape: 'bars',
    unit: t('characters'),
    series: [series(t('Characters saved'), slots, of, whole)],
  };
}

function reuse(slots: readonly Slot[], { completion }: Period, { t, whole, share }: Format): Chart {
  const { read, reused } = tokens(completion);
  return {
    ...over(slots, t('Time')),
    id: 'reuse',
    title: t('Tokens reused'),
    summary: t(
      '{0} of the text before the cursor was known from the key before, and not read again.',
      share(reused / Math.max(1, read + reused)),
    ),
    shape: 'stack',
    unit: t('tokens'),
    series: [
      series(t('Reused'), slots, ({ completion }) => tokens(completion).reused, whole),
      series(t('Read'), slots, ({ completion }) => tokens(completion).read, whole),
    ],
  };
}

function memory(slots: readonly Slot[], { memory }: Period, { t, bytes }: Format): Chart {
  const isLarge = memory >= 1e9;
  const scale = isLarge ? 1e9 : 1e6;
  const { values, ...named } = series(t('Memory'), slots, ({ memory }) => memory || undefined, bytes);
  return {
    ...over(slots, t('Time')),
    id: 'memory',
    title: t('Memory'),
    summary: t('The models took {0} of main memory at most.', bytes(memory)),
    shape: 'lines',
    unit: isLarge ? 'GB' : 'MB',
    series: [{ ...named, values: values.map((value) => value && value / scale) }],
  };
}

function chat(slots: readonly Slot[], all: Period, { t, perSecond, whole }: Format): Chart {
  const models = mostOf(all.chat, ({ written = 0 }) => written);
  const rate = ({ written = 0, writingMs = 0 }: Table[string]): number | undefined =>
    writingMs > 0 ? (1000 * written) / writingMs : undefined;
  return {
    ...over(slots, t('Time')),
    id: 'chat',
    title: t('Speed of chat'),
    summary: t(
      'Answers: {0}. Tokens in them: {1}. Higher is better.',
      whole(sumOf(all.chat, 'answers')),
      whole(sumOf(all.chat, 'written')),
    ),
    shape: 'lines',
    unit: t('tokens per second'),
    series: models.map((model) => series(model, slots, ({ chat }) => rate(chat[model] ?? {}), perSecond)),
  };
}

function over(slots: readonly Slot[], of: string): Pick<Chart, 'labels' | 'of' | 'more'> {
  return { labels: slots.map(({ label }) => label), of, more: [] };
}

function series(
  name: string,
  slots: readonly Slot[],
  of: (period: Period) => number | undefined,
  show: (value: number) => string,
): Series {
  const values = slots.map(({ period }) => of(period) ?? null);
  return { name, values, shown: values.map((value) => (value === null ? '–' : show(value))) };
}

/** The names of the rows that count most. */
function mostOf(table: Table, weight: (row: Table[string]) => number): readonly string[] {
  return Object.entries(table)
    .toSorted(([, a], [, b]) => weight(b) - weight(a))
    .slice(0, MOST_LINES)
    .map(([name]) => name);
}
