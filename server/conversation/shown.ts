/** How a piece of the project is shown to the model, and how it is cut where it has no room. */
import type { ContextItem } from '../chatProtocol';

/** Tokens of a text. */
export type Count = (text: string) => number;

/** No text that a model can read has more characters to a token, on the average. */
export const MOST_CHARACTERS_PER_TOKEN = 16;

/** Its title, and its text in a fence that is longer than any in it. */
export function shown({ title, text, languageId = '' }: ContextItem): string {
  return `${title.replace(/\s+/g, ' ').trim()}:\n${fenced(text, languageId, fenceFor([text]))}`;
}

/** A fence that is longer than any in the texts. */
export function fenceFor(texts: readonly string[]): string {
  const runs = texts.flatMap((text) => Array.from(text.matchAll(/`{3,}/g), ([run]) => run.length));
  return '`'.repeat(runs.reduce((most, length) => Math.max(most, length), 2) + 1);
}

/** What opens a fence, with its line's end. */
export function opened(fence: string, languageId: string): string {
  return `${fence}${/^[\w#+.-]*$/.test(languageId) ? languageId : ''}\n`;
}

/** The text between two fences. */
export function fenced(text: string, languageId: string, fence: string): string {
  return `${opened(fence, languageId)}${text.replaceAll('\r\n', '\n').replace(/\n$/, '')}\n${fence}`;
}

/** A question as the model reads it: what it is about stands before it. */
export function question(text: string, context: readonly ContextItem[]): string {
  return [...context.map(shown), text].join('\n\n');
}

/**
 * The beginning of a text that has room, up to the end of a line, and a mark that says how much is missing.
 *
 * @param count tokens of the text as it will be shown
 * @returns undefined when not even its first line has room
 */
export function cutAtLine(text: string, tokens: number, count: Count): string | undefined {
  let end = Math.min(text.length, Math.max(0, Math.floor(tokens)) * MOST_CHARACTERS_PER_TOKEN);
  if (end === text.length && count(text) <= tokens) return text;
  while (end > 0) {
    end = text.lastIndexOf('\n', end - 1);
    if (end <= 0) return undefined;
    const kept = `${text.slice(0, end).replace(/\r$/, '')}\n${mark(text, end)}`;
    const needed = count(kept);
    if (needed <= tokens) return kept;
    end = Math.floor(end * Math.min(0.95, tokens / needed));
  }
  return undefined;
}

function mark(text: string, end: number): string {
  let lines = 0;
  for (let at = end; at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return `[${text.endsWith('\n') ? lines - 1 : lines} more lines are left out here]`;
}
