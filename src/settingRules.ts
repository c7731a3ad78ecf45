/** What package.json allows a setting to be. People write settings by hand, and the editor hands on what they wrote. Pure. */
import { field } from './json';

export type Translate = (message: string, ...args: string[]) => string;

/** Values in sentences are cut to so many characters. */
const MOST_SHOWN = 60;

/** @param manifest what package.json says @returns the schema of each setting, by its full name */
export function rulesOf(manifest: unknown): ReadonlyMap<string, unknown> {
  const groups = field(field(manifest, 'contributes'), 'configuration');
  const all: readonly unknown[] = Array.isArray(groups) ? groups : [groups];
  return new Map(
    all.flatMap((group): [string, unknown][] => {
      const properties = field(group, 'properties');
      return isRecord(properties) ? Object.entries(properties) : [];
    }),
  );
}

/**
 * What is nearest to a value of those that are allowed: the bound that it exceeds, an object without the entries that are wrong, else the
 * default. An address that is none stays: nothing may be fetched from elsewhere instead.
 */
export function nearest(rule: unknown, given: unknown): unknown {
  const type = field(rule, 'type');
  if (type === 'object' && isRecord(given)) {
    const entryType = field(field(rule, 'additionalProperties'), 'type');
    return Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === entryType));
  }
  if ((type === 'number' || type === 'integer') && typeof given === 'number') {
    const bounded = Math.min(numberOf(rule, 'maximum', given), Math.max(numberOf(rule, 'minimum', given), given));
    return type === 'integer' ? Math.round(bounded) : bounded;
  }
  const choices = field(rule, 'enum');
  const isChoice = !Array.isArray(choices) || choices.includes(given);
  return typeof given === type && type !== 'object' && isChoice ? given : field(rule, 'default');
}

/** @returns what is told of a value that is not allowed; undefined where it is */
export function wrongSentence(name: string, rule: unknown, given: unknown, t: Translate): string | undefined {
  const used = nearest(rule, given);
  if (isRecord(used) && isRecord(given)) {
    const wrong = Object.entries(given).filter(([key]) => !Object.hasOwn(used, key));
    if (wrong.length === 0) return undefined;
    return t('Minnow: the setting {0} cannot have {1}, which is left out.', name, shown(Object.fromEntries(wrong)));
  }
  if (isRecord(used))
    return t('Minnow: the setting {0} cannot be {1}. The default is used instead.', name, shown(given));
  if (used !== given)
    return t('Minnow: the setting {0} cannot be {1}. {2} is used instead.', name, shown(given), shown(used));
  const pattern = field(rule, 'pattern');
  if (typeof given !== 'string' || typeof pattern !== 'string' || new RegExp(pattern).test(given)) return undefined;
  // Without the value: an address may have a password in it, and this goes to the log.
  return t('Minnow: the setting {0} is no web address. It begins with https:// or http://.', name);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

function numberOf(rule: unknown, name: string, otherwise: number): number {
  const value = field(rule, name);
  return typeof value === 'number' ? value : otherwise;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
