/** A window's statistics as they lie on disk. They may be of another version, damaged, or made by somebody else. */
import { parseJson } from '../json';
import type { Period, Statistics, Table } from './statistics';

export interface Kept {
  readonly version: 1;
  /** Of the window that wrote it. */
  readonly id: string;
  /** Files whose counts are in this one, and which may not be deleted yet. */
  readonly taken: readonly string[];
  readonly statistics: Statistics;
}

/** @returns undefined where the text is none of ours; `newer` where a later version of Minnow wrote it */
export function parseKept(text: string): Kept | 'newer' | undefined {
  const value = parseJson(text);
  if (isKept(value)) return value;
  return isRecord(value) && isCount(value.version) && value.version > 1 ? 'newer' : undefined;
}

function isKept(value: unknown): value is Kept {
  return (
    isRecord(value) &&
    value.version === 1 &&
    isId(value.id) &&
    Array.isArray(value.taken) &&
    value.taken.every(isId) &&
    isStatistics(value.statistics)
  );
}

function isStatistics(value: unknown): value is Statistics {
  return (
    isRecord(value) &&
    isRecord(value.days) &&
    Object.entries(value.days).every(([day, period]) => /^\d{4}-\d\d-\d\d$/.test(day) && isPeriod(period)) &&
    isRecord(value.minutes) &&
    Object.entries(value.minutes).every(([minute, period]) => /^\d{1,12}$/.test(minute) && isPeriod(period))
  );
}

function isPeriod(value: unknown): value is Period {
  return (
    isRecord(value) &&
    [value.languages, value.completion, value.times, value.chat].every(isTable) &&
    isCount(value.memory)
  );
}

function isTable(value: unknown): value is Table {
  return isRecord(value) && Object.values(value).every((row) => isRecord(row) && Object.values(row).every(isCount));
}

/** Of larger ones the sum would be no number any more. */
function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
