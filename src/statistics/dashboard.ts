/** What the dashboard's page shows, made of what was counted. Pure. */
import type { DashboardData, Range } from '../../media/dashboardMessages';
import { chartsOf } from './charts';
import { figuresOf } from './figures';
import { formatIn, type Translate } from './format';
import { slotsOf } from './slots';
import { type Statistics, total } from './statistics';

export interface DashboardView {
  readonly range: Range;
  /** Whether statistics are kept. */
  readonly isOn: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** BCP 47 tag of the person's language. */
  readonly locale: string;
}

export function dashboardOf(
  statistics: Statistics,
  { range, isOn, now, locale }: DashboardView,
  t: Translate,
): DashboardData {
  const slots = slotsOf(statistics, range, now, locale);
  const format = formatIn(locale, t);
  const charts = chartsOf(slots, format);
  const figures = figuresOf(total(slots.map(({ period }) => period)), format);
  return {
    range,
    isOn,
    isEmpty: charts.length === 0,
    isNew: Object.keys(statistics.days).length === 0,
    figures,
    charts,
  };
}
