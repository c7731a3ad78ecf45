/** When a pause ends, in words. */
export interface Told {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly locale: string;
  readonly t: (message: string, ...args: string[]) => string;
}

const DAY_MS = 24 * 3_600_000;

/** @param until milliseconds since 1970 */
export function untilWords(until: number, { now, locale, t }: Told): string {
  const isFar = until - now >= DAY_MS;
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...(isFar ? { dateStyle: 'short' } : {}) });
  return t('Completions are paused until {0}.', time.format(until));
}
