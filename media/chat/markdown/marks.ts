/**
 * Characters that cannot be seen but change what is: in code each becomes a visible mark, as "Trojan Source" (CVE-2021-42574) taught;
 * in running text those that scripts and emoji need stay, since each paragraph is isolated.
 */

/** A character to be shown by its name, and what to show. */
export interface Mark {
  readonly shown: string;
  /** `U+202E`. */
  readonly name: string;
}

const controls = '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f';
const overrides = '\\u202d\\u202e\\u{e0000}-\\u{e007f}';
const unseen =
  '\\u00ad\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u200c\\u200e\\u200f\\u2028-\\u202c\\u2060-\\u206f\\u3164\\ufeff';
/** The joiner within an emoji is part of it. */
const joiner = '(?<!\\p{Extended_Pictographic}\\p{Emoji_Modifier}?\\ufe0f?)\\u200d';

const patterns = {
  code: new RegExp(`[${controls}${overrides}${unseen}]|${joiner}`, 'gu'),
  text: new RegExp(`[${controls}${overrides}]`, 'gu'),
};

export function splitMarks(text: string, where: 'code' | 'text'): readonly (string | Mark)[] {
  const parts: (string | Mark)[] = [];
  let from = 0;
  for (const { 0: character, index } of text.matchAll(patterns[where])) {
    if (index > from) parts.push(text.slice(from, index));
    parts.push(markOf(character));
    from = index + character.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** Control characters have pictures of their own in Unicode: ␛. */
function markOf(character: string): Mark {
  const code = character.codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (code < 0x20) return { shown: String.fromCodePoint(0x2400 + code), name };
  return { shown: code === 0x7f ? '␡' : name, name };
}
