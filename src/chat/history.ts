/** The list of past conversations, and the search over them. */
import type { Past } from '../../media/messages';
import type { Summary } from './store';

/** Characters of a snippet before and behind what was found. */
const AROUND = 40;
const MINUTE_MS = 60_000;

export interface HistoryView {
  readonly query: string;
  /** Identifier of the open conversation. */
  readonly current: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** BCP 47 tag of the person's language. */
  readonly locale: string;
}

/** Those in which all words of the query occur, in title or text, in any case; in the order given. */
export function pastOf(summaries: readonly Summary[], { query, current, now, locale }: HistoryView): readonly Past[] {
  const words = query.split(/\s+/).filter((word) => word !== '');
  return summaries.flatMap((summary) => {
    const found = foundIn(summary, words);
    if (found === undefined) return [];
    const { id, title, changed } = summary;
    return [{ id, title, when: whenText(changed, now, locale), found, isCurrent: id === current }];
  });
}

/** A snippet of where the first word was found; '' where it was in the title only, or nothing is looked for; undefined: not found. */
function foundIn({ title, texts }: Summary, words: readonly string[]): string | undefined {
  const [first] = words;
  if (first === undefined) return '';
  const all = [title, ...texts];
  if (!words.every((word) => all.some((text) => patternOf(word).test(text)))) return undefined;
  for (const word of words)
    for (const text of texts) {
      const match = patternOf(word).exec(text);
      if (match) return snippet(text, match.index, match.index + match[0].length);
    }
  return '';
}

/** Lower-casing would move what stands behind some letters: a pattern finds the true place. */
function patternOf(word: string): RegExp {
  return new RegExp(word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
}

function snippet(text: string, start: number, end: number): string {
  const before = wholeCharacters(text.slice(Math.max(0, start - AROUND), start));
  const behind = wholeCharacters(text.slice(end, end + AROUND));
  const line = `${before}${text.slice(start, end)}${behind}`.replace(/\s+/g, ' ').trim();
  return `${start > AROUND ? '…' : ''}${line}${end + AROUND < text.length ? '…' : ''}`;
}

/** Without a half of a surrogate pair at either end. */
function wholeCharacters(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]/, '').replace(/[\uD800-\uDBFF]$/, '');
}

/** "5 minutes ago", "yesterday", and a date after a week. */
export function whenText(then: number, now: number, locale: string): string {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const minutes = Math.max(0, Math.round((now - then) / MINUTE_MS));
  if (minutes < 60) return relative.format(-minutes, 'minute');
  if (minutes < 24 * 60) return relative.format(-Math.round(minutes / 60), 'hour');
  if (minutes < 7 * 24 * 60) return relative.format(-Math.round(minutes / (24 * 60)), 'day');
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(then);
}
