/** Sizes for people. */

/**
 * In units of a thousand, as hubs and file systems show them: "1.6 GB".
 * @param locale BCP 47 tag of the person's language: `vscode.env.language`
 */
export function sizeText(bytes: number, locale = 'en'): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${numberText(value, value < 10 && power > 0 ? 1 : 0, locale)} ${units[power]}`;
}

/** With just so many digits behind the point, or the comma that the language has for it. */
export function numberText(value: number, digits: number, locale = 'en'): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, options).format(value);
}
