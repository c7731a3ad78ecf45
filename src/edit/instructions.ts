/** What can be asked for without typing it: ready instructions by a slash, and what was asked before. */
import type { Translate } from './words';

/** The slash commands. Their words for the model are English, whatever the language of the editor is: models know that best. */
export const READY = {
  '/fix': 'Fix the problems in this code. Change nothing else.',
  '/doc':
    'Add documentation comments in the usual style of the language to the functions, classes and types. Change no code.',
  '/types': 'Add type annotations wherever the language allows them and they are missing. Change no behaviour.',
  '/tests': 'Write unit tests for this code.',
  '/simplify': 'Make this code simpler and easier to read without changing what it does.',
} as const;

export type Slash = keyof typeof READY;

export function isSlash(text: string): text is Slash {
  return Object.hasOwn(READY, text);
}

/** What a slash command is for, in a few words. */
export function slashWords(slash: Slash, t: Translate): string {
  switch (slash) {
    case '/fix':
      return t('Fix the problems here');
    case '/doc':
      return t('Write documentation comments');
    case '/types':
      return t('Add types');
    case '/tests':
      return t('Write tests');
    case '/simplify':
      return t('Make it simpler');
  }
}

/** What the model is told: a slash command may have more words behind it. */
export function expanded(instruction: string): string {
  const [, slash = '', rest = ''] = /^(\/\w+)\s*(.*)$/s.exec(instruction.trim()) ?? [];
  return isSlash(slash) ? [READY[slash], rest].filter((each) => each !== '').join(' ') : instruction.trim();
}

/** Whether a row can have been found by what is typed: its characters stand in the row in their order, as every way to compare them wants. */
export function isLike(row: string, typed: string): boolean {
  const [text, wanted] = [row.toLowerCase(), typed.trim().toLowerCase()];
  let at = 0;
  for (const character of wanted) {
    at = text.indexOf(character, at) + character.length;
    if (at < character.length) return false;
  }
  return true;
}

/** What was asked before is kept so far. */
const MOST_KEPT = 50;
/** Longer ones are not kept, in UTF-16 code units. */
const LONGEST = 2_000;

/** The newest first, each once. */
export function withInstruction(history: readonly string[], instruction: string): string[] {
  const text = instruction.trim();
  if (text === '' || text.length > LONGEST) return [...history];
  return [text, ...history.filter((each) => each !== text)].slice(0, MOST_KEPT);
}

/** What was kept may have been written by another version: anything else than texts is left out. */
export function historyFrom(kept: unknown): string[] {
  return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string').slice(0, MOST_KEPT) : [];
}
