/**
 * What is counted: numbers under the names of languages and models, and nothing of any text. By local calendar day for a year, and by minute
 * for a day. All but memory are sums, so what several windows have counted is added up.
 */

/** Rows by name, each with its measures. What is not there is 0. */
export type Table = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A stretch of time. */
export interface Period {
  /** By language identifier: `accepted`, `typedThrough` and `refused` suggestions; `characters` of those that were accepted. */
  readonly languages: Table;
  /** By model: `answers`; tokens `read`, `reused` and `written`. */
  readonly completion: Table;
  /** By model: how many suggestions took at most so many milliseconds, by bound; see `times.ts`. */
  readonly times: Table;
  /** By model: `answers`; tokens `read`, `reused` and `written`; `writingMs`, the time of writing them. */
  readonly chat: Table;
  /** Resident memory of the models' processes at its highest, in bytes; 0 where it is not known. */
  readonly memory: number;
}

export interface Statistics {
  /** By local calendar day, as `2026-11-22`. */
  readonly days: Readonly<Record<string, Period>>;
  /** By minutes since 1970. */
  readonly minutes: Readonly<Record<string, Period>>;
}

export const NO_PERIOD: Period = { languages: {}, completion: {}, times: {}, chat: {}, memory: 0 };
export const NOTHING: Statistics = { days: {}, minutes: {} };

export const MINUTE_MS = 60_000;
const DAYS_KEPT = 366;
const MINUTES_KEPT = 24 * 60;
/** With those of a wrong clock. */
const MOST_DAYS = 2 * DAYS_KEPT;
/** Rows that a table keeps by their names; the others are counted together. */
export const MOST_ROWS = 50;
export const OTHERS = 'other';

/** With something that happened at this time, in milliseconds since 1970. */
export function counted(statistics: Statistics, what: Partial<Period>, now: number): Statistics {
  const period = { ...NO_PERIOD, ...what };
  const minute = String(Math.floor(now / MINUTE_MS));
  return merged(statistics, { days: { [dayOf(now)]: period }, minutes: { [minute]: period } });
}

export function merged(a: Statistics, b: Statistics): Statistics {
  return { days: joined(a.days, b.days, addedUp), minutes: joined(a.minutes, b.minutes, addedUp) };
}

/** All periods as one. */
export function total(periods: readonly Period[]): Period {
  return periods.reduce(addedUp, NO_PERIOD);
}

/**
 * Without what is too old to be kept. What lies in the future stays: a clock that was set back, or lost its battery, is put right one day, and
 * may not cost a year's counts until then.
 */
export function pruned({ days, minutes }: Statistics, now: number): Statistics {
  const today = new Date(now);
  const oldest = dayOf(new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1 - DAYS_KEPT, 12).getTime());
  const minute = Math.floor(now / MINUTE_MS);
  const recent = Object.entries(days)
    .filter(([day]) => day >= oldest)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    days: Object.fromEntries(recent.slice(0, MOST_DAYS)),
    minutes: kept(minutes, (key) => Math.abs(minute - Number(key)) < MINUTES_KEPT),
  };
}

/** The calendar day on this machine at a time in milliseconds since 1970, as `2026-11-22`. */
export function dayOf(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The sum of a measure over all rows. */
export function sumOf(table: Table, measure: string): number {
  return Object.values(table).reduce((sum, row) => sum + (row[measure] ?? 0), 0);
}

function addedUp(a: Period, b: Period): Period {
  return {
    languages: tablesAdded(a.languages, b.languages),
    completion: tablesAdded(a.completion, b.completion),
    times: tablesAdded(a.times, b.times),
    chat: tablesAdded(a.chat, b.chat),
    memory: Math.max(a.memory, b.memory),
  };
}

function tablesAdded(a: Table, b: Table): Table {
  return fewRows(joined(a, b, (one, other) => joined(one, other, (x, y) => x + y)));
}

/** What other extensions call their languages is not known: the rows that come after the first so many are added up. */
function fewRows(table: Table): Table {
  const rows = Object.entries(table);
  if (rows.length <= MOST_ROWS) return table;
  const named = rows.filter(([name]) => name !== OTHERS).slice(0, MOST_ROWS - 1);
  const names = new Set(named.map(([name]) => name));
  const rest = rows.filter(([name]) => !names.has(name)).map(([, row]) => row);
  const other = rest.reduce((sum, row) => joined(sum, row, (x, y) => x + y), {});
  return Object.fromEntries([...named, [OTHERS, other]]);
}

type ByName<T> = Readonly<Record<string, T>>;

function joined<T>(a: ByName<T>, b: ByName<T>, both: (a: T, b: T) => T): ByName<T> {
  const entries = Object.entries(b).map(([name, value]): [string, T] => {
    const old = Object.hasOwn(a, name) ? a[name] : undefined;
    return [name, old === undefined ? value : both(old, value)];
  });
  return Object.fromEntries([...Object.entries(a), ...entries]);
}

function kept<T>(all: ByName<T>, isKept: (key: string) => boolean): ByName<T> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => isKept(key)));
}
