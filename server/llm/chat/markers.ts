/**
 * Texts that a vocabulary has for special tokens. In what people and files say they are text like any other: they are found there, and kept
 * away from the template and from the tokenizer. Pure.
 */

/** Types of tokens in a GGUF file (`llama_token_type` of llama.cpp). */
const CONTROL = 3;
const USER_DEFINED = 4;
/** How the makers of models write them, but for those that a template names. */
const MARKER = /^<[|｜].+[|｜]>$/;
/** Characters that stand for something while a template is rendered; in data they are taken out of the way as well. */
const RESERVED = '[\\uE000-\\uE003]';

export interface Markers {
  /** Every special token's text. */
  readonly all: RegExp;
  /** Those that the engine takes for tokens even where it is told not to; undefined when there are none. */
  readonly stubborn: RegExp | undefined;
}

/**
 * @param tokens all texts of the vocabulary
 * @param types the type of each
 * @param template the text of the chat template
 */
export function markersOf(tokens: readonly string[], types: readonly number[], template: string): Markers {
  const control: string[] = [];
  const stubborn: string[] = [];
  for (const [at, type] of types.entries()) {
    const token = tokens[at] ?? '';
    if (type === CONTROL && token.length > 1) control.push(token);
    // Words of markup and runs of spaces may be such tokens too: taken apart they would only be read worse.
    if (type === USER_DEFINED && token.trim().length > 2 && (MARKER.test(token) || isNamed(token, template)))
      stubborn.push(token);
  }
  return {
    all: new RegExp([...[...control, ...stubborn].toSorted(longestFirst).map(escaped), RESERVED].join('|'), 'gu'),
    stubborn: stubborn.length === 0 ? undefined : anyOf(stubborn),
  };
}

/** The text in pieces of which none holds such a token as a whole. */
export function brokenUp(text: string, stubborn: RegExp | undefined): string[] {
  if (stubborn === undefined) return [text];
  const pieces: string[] = [];
  let from = 0;
  for (const { index } of text.matchAll(stubborn)) {
    pieces.push(text.slice(from, index + 1));
    from = index + 1;
  }
  return [...pieces, text.slice(from)];
}

const isNamed = (token: string, template: string): boolean => /[<>[\]]/.test(token) && template.includes(token);
const longestFirst = (one: string, other: string): number => other.length - one.length;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const anyOf = (texts: readonly string[]): RegExp =>
  new RegExp(texts.toSorted(longestFirst).map(escaped).join('|'), 'gu');
