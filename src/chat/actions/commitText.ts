/** A commit message out of what a model wrote: small ones chatter, quote and fence. Pure. */

/** A first line that talks about the message instead of being one. */
const CHATTER =
  /^(sure|certainly|of course|okay|ok|great|here(’s|'s| is| are)|below|based on|the following|this is|(the |a |your )?(suggested |proposed )?(git )?(commit )?message\b)[^\n]*[:!.]\s*$/i;
/** The same, where the message follows on the line. */
const LABEL = /^(?:\*\*)?(?:(?:suggested |proposed )?(?:git )?commit message|message|subject)(?:\*\*)?:(?:\*\*)?\s*/i;
/** What may still become one of them, while the line is not whole. */
const MAYBE_CHATTER =
  /^(sure|cert|of c|ok|great|here|below|based|the |this|a |your|sugg|prop|git|commit|mess|subj|\*\*)/i;
/** With so many characters a line that is not chatter cannot become it, in UTF-16 code units. */
const TOLD_APART = 12;
const FENCE = /^\s*(```|~~~)/;
const THOUGHT = /<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/g;
/** Colours of terminals. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const COLOURS = /\u001b\[[\d;]*[A-Za-z]/g;
/** Control characters but tab and line feed, and those that turn the direction of text around: a message is not to look like another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** What closes an opening quote. */
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '“': '”', '‘': '’', '«': '»' };

/**
 * @param written all that the model wrote so far
 * @param isOver whether that is all; until then '' is answered as long as it may be chatter
 */
export function commitText(written: string, isOver: boolean): string {
  const plain = written.replaceAll('\r\n', '\n').replaceAll(COLOURS, '').replaceAll(INVISIBLE, '');
  const lines = plain.replaceAll(THOUGHT, '').trimStart().split('\n');
  if (!isOver && lines.length === 1 && isUnsure(lines[0] ?? '')) return '';
  const message = unfenced(withoutChatter(lines));
  const [first = '', ...rest] = unquoted(message).split('\n');
  const subject = plainSubject(first);
  const body = rest.join('\n').trim();
  return body === '' ? subject : `${subject}\n\n${body}`;
}

function isUnsure(line: string): boolean {
  return line.length < TOLD_APART || MAYBE_CHATTER.test(line);
}

function withoutChatter(lines: readonly string[]): string[] {
  const kept = lines.slice();
  while (kept.length > 0 && (kept[0]?.trim() === '' || CHATTER.test(kept[0]?.trim() ?? ''))) kept.shift();
  if (kept[0] !== undefined) kept[0] = kept[0].trim().replace(LABEL, '');
  // The label stood alone on its line.
  return kept[0] === '' ? withoutChatter(kept.slice(1)) : kept;
}

/** What is inside the first fence, where the message begins with one or follows chatter; else all before explanations. */
function unfenced(lines: readonly string[]): string {
  const opening = lines.findIndex((line) => FENCE.test(line));
  if (opening !== 0) return lines.join('\n').trim();
  const closing = lines.findIndex((line, at) => at > 0 && FENCE.test(line));
  return lines
    .slice(1, closing < 0 ? undefined : closing)
    .join('\n')
    .trim();
}

/** Quotes around the whole, or around the first line. */
function unquoted(text: string): string {
  const closing = QUOTES[text[0] ?? ''];
  if (closing === undefined) return text;
  const [first = '', ...rest] = text.split('\n');
  if (text.length > 1 && text.endsWith(closing)) return text.slice(1, -1).trim();
  if (first.length > 1 && first.endsWith(closing)) return [first.slice(1, -1), ...rest].join('\n');
  // Not closed yet, or never.
  return text.indexOf(closing, 1) < 0 ? text.slice(1) : text;
}

/** Without marks of Markdown: a heading would be a comment to git. */
function plainSubject(line: string): string {
  const bare = line.replace(/^#+\s+/, '').trim();
  return bare.replace(/^\*\*(.+?)\*\*$/, '$1').trim();
}
