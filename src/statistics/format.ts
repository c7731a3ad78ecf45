/** Numbers for people, in their language. */

export type Translate = (message: string, ...args: (string | number)[]) => string;

export interface Format {
  readonly t: Translate;
  readonly whole: (value: number) => string;
  /** Of 1. */
  readonly share: (value: number) => string;
  readonly ms: (value: number) => string;
  /** In units of a thousand, as the rest of the interface has them. */
  readonly bytes: (value: number) => string;
  readonly perSecond: (value: number) => string;
}

/** @param locale BCP 47 tag of the person's language */
export function formatIn(locale: string, t: Translate): Format {
  const numbers = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, options);
    return (value: number): string => format.format(value);
  };
  const whole = numbers({ maximumFractionDigits: 0 });
  const mega = numbers({ style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 });
  const giga = numbers({ style: 'unit', unit: 'gigabyte', maximumFractionDigits: 1 });
  const oneDigit = numbers({ maximumFractionDigits: 1 });
  return {
    t,
    whole,
    share: numbers({ style: 'percent', maximumFractionDigits: 0 }),
    ms: (value) => t('{0} ms', whole(value)),
    bytes: (value) => (value >= 1e9 ? giga(value / 1e9) : mega(value / 1e6)),
    perSecond: (value) => t('{0} per second', value < 10 ? oneDigit(value) : whole(value)),
  };
}
