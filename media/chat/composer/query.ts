/** What is being completed at the cursor. Pure. */
import type { Suggestion } from '../../messages';

export interface Query {
  readonly kind: '@' | '/';
  /** What stands behind the sign. */
  readonly query: string;
  /** Where the sign stands. */
  readonly start: number;
}

/** `/` counts at the beginning only; `@` at the beginning of a word, whose path may be quoted: `@file:"my notes.md"`. */
export function queryAt(text: string, cursor: number): Query | undefined {
  const before = text.slice(0, cursor);
  const slash = /^\s*\/([\w.-]{0,100})$/.exec(before);
  if (slash?.[1] !== undefined) return { kind: '/', query: slash[1], start: before.length - slash[1].length - 1 };
  const at = /(?:^|[\s([{])@((?:[\w-]{0,40}:"[^"\n]{0,300})|[^\s@"]{0,300})$/.exec(before);
  if (at?.[1] === undefined) return undefined;
  return { kind: '@', query: at[1], start: before.length - at[1].length - 1 };
}

/** The text with a suggestion taken, and where the cursor stands then. A blank follows unless the list stays open. */
export function withSuggestion(
  text: string,
  cursor: number,
  { start }: Query,
  { insert, goesOn }: Suggestion,
): { readonly text: string; readonly cursor: number } {
  const after = text.slice(cursor);
  const blank = goesOn || /^[ \t]/.test(after) ? '' : ' ';
  const taken = text.slice(0, start) + insert + blank;
  return { text: taken + after, cursor: taken.length + (goesOn || blank !== '' ? 0 : 1) };
}

/** Text that is put into a draft: a slash command goes to the front, all else behind what is there. */
export function withText(draft: string, text: string): string {
  if (draft.trim() === '') return text;
  return text.startsWith('/') ? `${text.trimEnd()} ${draft.trimStart()}` : `${draft.trimEnd()} ${text.trimStart()}`;
}
