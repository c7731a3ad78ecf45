/** Statistics as a file that other programs read. */
import { MINUTE_MS, type Period, type Statistics } from './statistics';

/** What they are, for whoever finds the file. */
const ABOUT =
  'Counts of Minnow. Days are local calendar days; minutes are UTC. Times: how many took at most so many milliseconds.';

const HEAD = 'from,unit,kind,name,measure,value';

export function asJson({ days, minutes }: Statistics): string {
  return `${JSON.stringify({ about: ABOUT, version: 1, days: inOrder(days), minutes: inOrder(minutes, minuteText) }, null, 2)}\n`;
}

/** A line for each number: `from,unit,kind,name,measure,value`, with CRLF as RFC 4180 has it. */
export function asCsv({ days, minutes }: Statistics): string {
  const lines = [
    ...Object.entries(inOrder(days)).flatMap(([day, period]) => rowsOf(day, 'day', period)),
    ...Object.entries(inOrder(minutes, minuteText)).flatMap(([minute, period]) => rowsOf(minute, 'minute', period)),
  ];
  return [HEAD, ...lines.map((cells) => cells.map(cell).join(','))].map((line) => `${line}\r\n`).join('');
}

function rowsOf(from: string, unit: string, { memory, ...tables }: Period): readonly (readonly string[])[] {
  const rows = Object.entries(tables).flatMap(([kind, table]) =>
    Object.entries(table).flatMap(([name, row]) =>
      Object.entries(row).map(([measure, value]) => [from, unit, kind, name, measure, String(value)]),
    ),
  );
  return memory > 0 ? [...rows, [from, unit, 'memory', '', 'bytes', String(memory)]] : rows;
}

/** Names come from other extensions and from files: none may become a formula of a spreadsheet. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function inOrder(periods: Statistics['days'], nameOf = (key: string): string => key): Statistics['days'] {
  const named = Object.entries(periods).map(([key, period]): [string, Period] => [nameOf(key), period]);
  return Object.fromEntries(named.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function minuteText(minute: string): string {
  return new Date(Number(minute) * MINUTE_MS).toISOString();
}
