/** What models say around the text that they were asked for, and what they think before it. */

const OPENERS =
  /^(?:\*\*)?(?:here(?:'s|’s| is| are)|sure|certainly|of course|absolutely|okay|ok|below is|the following|(?:the )?(?:updated|modified|revised|refactored|fixed|corrected|final|complete) (?:code|version|file|function|text)|i(?:'ve|’ve| have)|to (?:fix|do|make|add|solve) |let's|let’s|output|answer|result|code)\b.*[:.!](?:\*\*)?$/i;
const CLOSERS =
  /^(?:[*_#]+ ?)?(?:this |these |the (?:above|updated|code|change|function|main)|i(?:'ve|’ve| have)|note\b|explanation|changes?\b|key changes|what changed|let me know|in this|here(?:'s|’s| is)|hope this|feel free|you can|as you can)/i;
const THOUGHT = /^\s*<(think|thinking|thought|reasoning)>/i;

/** The answer without the thoughts that it begins with; empty while they go on. `isOpen`: the prompt has opened the thought already. */
export function withoutThoughts(raw: string, isOpen: boolean): string {
  let rest = raw;
  let tag = isOpen ? 'think(?:ing)?' : THOUGHT.exec(rest)?.[1];
  while (tag !== undefined) {
    const end = new RegExp(`</${tag}>[ \\t]*(?:\\r\\n|\\n|\\r)?`, 'i').exec(rest);
    if (end === null) return '';
    rest = rest.slice(end.index + end[0].length);
    tag = THOUGHT.exec(rest)?.[1];
  }
  return rest;
}

/** Whether a line reads as a sentence and not as code. */
export function isSentence(line: string): boolean {
  const text = line.trim();
  return (
    /^[*_\-\d.]{0,4} ?[\p{Lu}`"'].*[.:!?]\**$/u.test(text) &&
    /\S+(?: \S+){2}/.test(text) &&
    !/[;{}=<>[\]]|\)$/.test(text)
  );
}

/** Whether most of these lines are sentences: then nothing can be told from chatter by that. */
export function isProse(lines: readonly string[]): boolean {
  const written = lines.filter((line) => line.trim() !== '');
  return written.filter((line) => isSentence(line) || OPENERS.test(line.trim())).length * 2 > written.length;
}

/** Whether a line before the text announces it. */
export function announces(line: string, isProse: boolean): boolean {
  return OPENERS.test(line.trim()) || (!isProse && isSentence(line));
}

/** Whether a line behind an empty one may begin what is said after the text. */
export function mayConclude(line: string): boolean {
  return CLOSERS.test(line.trim()) && !/[;{}=]\s*$/.test(line);
}

/** Whether a line can go on with what is said after the text: a sentence, a point of a list, or nothing. */
export function isSpoken(line: string): boolean {
  return line.trim() === '' || isSentence(line) || /^\s*(?:[-*•]|\d+[.)]) \S/.test(line) || mayConclude(line);
}
