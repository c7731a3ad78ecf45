/** The few numbers at the top of the dashboard. */
import type { Figure } from '../../media/dashboardMessages';
import type { Format } from './format';
import { type Period, sumOf, type Table } from './statistics';
import { quantile } from './times';

export function figuresOf(period: Period, format: Format): readonly Figure[] {
  return [acceptance(period, format), characters(period, format), speed(period, format), reuse(period, format)];
}

function acceptance({ languages }: Period, { t, share, whole }: Format): Figure {
  const { accepted, typedThrough, refused, shown } = fates(languages);
  return {
    label: t('Suggestions accepted'),
    value: shown === 0 ? '–' : share(accepted / shown),
    detail: t(
      '{0} accepted, {1} typed as suggested, {2} passed over',
      whole(accepted),
      whole(typedThrough),
      whole(refused),
    ),
  };
}

function characters({ languages }: Period, { t, whole }: Format): Figure {
  return {
    label: t('Characters saved'),
    value: whole(sumOf(languages, 'characters')),
    detail: t('In suggestions that you accepted'),
  };
}

function speed({ times }: Period, { t, ms }: Format): Figure {
  const all = timesOf(times);
  const [median, most] = [quantile(all, 0.5), quantile(all, 0.9)];
  return {
    label: t('Time to a suggestion'),
    value: median === undefined ? '–' : ms(median),
    detail:
      most === undefined
        ? t('Half of them come faster')
        : t('Half of them come faster; nine of ten within {0}', ms(most)),
  };
}

function reuse({ completion }: Period, { t, share, whole }: Format): Figure {
  const { read, reused } = tokens(completion);
  return {
    label: t('Tokens reused'),
    value: read + reused === 0 ? '–' : share(reused / (read + reused)),
    detail: t('{0} tokens did not have to be read again', whole(reused)),
  };
}

/** What became of suggestions. */
export function fates(languages: Table) {
  const accepted = sumOf(languages, 'accepted');
  const typedThrough = sumOf(languages, 'typedThrough');
  const refused = sumOf(languages, 'refused');
  return { accepted, typedThrough, refused, shown: accepted + typedThrough + refused };
}

export function tokens(table: Table) {
  return { read: sumOf(table, 'read'), reused: sumOf(table, 'reused') };
}

/** Of all models together. */
export function timesOf(times: Table): Readonly<Record<string, number>> {
  const bounds = new Set(Object.values(times).flatMap((row) => Object.keys(row)));
  return Object.fromEntries([...bounds].map((bound) => [bound, sumOf(times, bound)]));
}
