/** A range of time as the slots that charts show. Slots end with the one that goes on now. */
import type { Range } from '../../media/dashboardMessages';
import { dayOf, MINUTE_MS, type Period, type Statistics, total } from './statistics';

export interface Slot {
  /** As an axis names it. */
  readonly label: string;
  readonly period: Period;
}

const HOUR_MS = 60 * MINUTE_MS;
const SLOT_MS = 5 * MINUTE_MS;

/** @param now milliseconds since 1970 @param locale BCP 47 tag of the person's language */
export function slotsOf(statistics: Statistics, range: Range, now: number, locale: string): readonly Slot[] {
  switch (range) {
    case 'hour':
      return byMinutes(
        statistics,
        { first: Math.floor(now / SLOT_MS) * SLOT_MS - 11 * SLOT_MS, ms: SLOT_MS, count: 12 },
        locale,
      );
    case 'day':
      return byMinutes(
        statistics,
        { first: new Date(now).setMinutes(0, 0, 0) - 23 * HOUR_MS, ms: HOUR_MS, count: 24 },
        locale,
      );
    case 'month':
      return byDays(
        statistics,
        daysBefore(now, 30),
        new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }),
      );
    case 'year':
      return byDays(
        statistics,
        monthsBefore(now, 12),
        // Two digits would read as a day of that month.
        new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric' }),
      );
  }
}

interface Steps {
  /** Beginning of the first, in milliseconds since 1970, and the length of each. */
  readonly first: number;
  readonly ms: number;
  readonly count: number;
}

function byMinutes({ minutes }: Statistics, { first, ms, count }: Steps, locale: string): readonly Slot[] {
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  const periods: Period[][] = Array.from({ length: count }, () => []);
  for (const [minute, period] of Object.entries(minutes))
    periods[Math.floor((Number(minute) * MINUTE_MS - first) / ms)]?.push(period);
  return periods.map((each, index) => ({ label: time.format(first + index * ms), period: total(each) }));
}

interface Stretch {
  /** Noon of its first day, which is that day in spite of summer time. */
  readonly noon: Date;
  /** What all its days begin with. */
  readonly key: string;
}

function byDays({ days }: Statistics, stretches: readonly Stretch[], format: Intl.DateTimeFormat): readonly Slot[] {
  return stretches.map(({ noon, key }) => {
    const periods = Object.entries(days).flatMap(([day, period]) => (day.startsWith(key) ? [period] : []));
    return { label: format.format(noon), period: total(periods) };
  });
}

function daysBefore(now: number, count: number): readonly Stretch[] {
  const today = new Date(now);
  return Array.from({ length: count }, (_, index) => {
    const noon = new Date(today.getFullYear(), today.getMonth(), today.getDate() - (count - 1 - index), 12);
    return { noon, key: dayOf(noon.getTime()) };
  });
}

function monthsBefore(now: number, count: number): readonly Stretch[] {
  const today = new Date(now);
  return Array.from({ length: count }, (_, index) => {
    const noon = new Date(today.getFullYear(), today.getMonth() - (count - 1 - index), 1, 12);
    return { noon, key: dayOf(noon.getTime()).slice(0, 7) };
  });
}
