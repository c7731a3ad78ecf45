/** The file in which a person takes their first completion: what comes next is so plain that the smallest model knows it. */

export interface Prepared {
  readonly languageId: string;
  readonly text: string;
  /** Where the cursor stands, counted from 0. */
  readonly line: number;
  readonly character: number;
}

type Translate = (message: string) => string;

export function prepared(t: Translate): Prepared {
  const hints = [
    t('The grey text below is a suggestion, made by a model on this machine.'),
    t('Tab accepts it. Escape dismisses it, Alt+\\ asks again. Then type on as you like.'),
  ];
  const before = [
    // A word for word translation may have several lines, none of which may end the comment.
    ...hints.flatMap((hint) => hint.split(/\r?\n/)).map((hint) => `// ${hint}`),
    '',
    'function sum(numbers) {',
    '  let total = 0;',
    '  for (const number of numbers) {',
    '    ',
  ];
  const text = [...before, '  }', '  return total;', '}', ''].join('\n');
  return {
    languageId: 'javascript',
    text,
    line: before.length - 1,
    character: before.at(-1)?.length ?? 0,
  };
}
