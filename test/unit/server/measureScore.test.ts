import assert from 'node:assert/strict';
import type { Hole } from '../../../server/measure/holes';
import { type Score, score, similarity } from '../../../server/measure/score';

/** A hole written as `before⟦truth⟧after`, with the closers that the editor wrote. */
function hole(text: string, closers = ''): Hole {
  const start = text.indexOf('⟦');
  const truth = text.slice(start + 1, text.indexOf('⟧'));
  const file = { path: 'a.ts', languageId: 'typescript', text: text.replace(/[⟦⟧]/g, '') };
  return { file, kind: 'restOfLine', start, truth, closers };
}

interface Case {
  readonly name: string;
  readonly hole: Hole;
  readonly text: string;
  readonly replace?: number;
  readonly expected: Partial<Score>;
}

const cases: readonly Case[] = [
  {
    name: 'the same text is exact',
    hole: hole('a = ⟦b + c;⟧\nend'),
    text: 'b + c;',
    expected: { exactLine: true, exactWhole: true, startsRight: true, similarity: 1, shown: 6, saved: 6, wrong: 0 },
  },
  {
    name: 'white space at the end does not count',
    hole: hole('a = ⟦b;  ⟧\r\nend'),
    text: 'b; ',
    expected: { exactLine: true, exactWhole: true, shown: 2, wrong: 0 },
  },
  {
    name: 'what comes after the first wrong character is wrong',
    hole: hole('a = ⟦b + c;⟧'),
    text: 'b - c;',
    expected: { exactLine: false, exactWhole: false, startsRight: false, shown: 6, saved: 2, wrong: 4 },
  },
  {
    name: 'a part that is right so far is neither exact nor wrong',
    hole: hole('f(⟦a, b);⟧', ')'),
    text: 'a, b',
    expected: { exactLine: false, startsRight: true, shown: 4, saved: 4, wrong: 0 },
  },
  {
    name: 'closers that the editor wrote count as there',
    hole: hole('f(⟦a, b)⟧', ')'),
    text: 'a, b',
    expected: { exactLine: true, exactWhole: true, similarity: 1, shown: 4, saved: 4 },
  },
  {
    name: 'closers may be written again and replaced',
    hole: hole('f(⟦a, b);⟧', ')'),
    text: 'a, b);',
    replace: 1,
    expected: { exactLine: true, exactWhole: true, similarity: 1, saved: 6, wrong: 0 },
  },
  {
    name: 'inside a line the rest must fit',
    hole: hole('f(⟦a⟧, b);'),
    text: 'a',
    expected: { exactLine: true, exactWhole: true, similarity: 1, shown: 1, saved: 1 },
  },
  {
    name: 'inside a line the rest written twice is wrong',
    hole: hole('f(⟦a⟧, b);'),
    text: 'a, b);',
    expected: { exactLine: false, exactWhole: false, saved: 6, wrong: 0 },
  },
  {
    name: 'a block counts by its first filled line, without indentation',
    hole: hole('f() {⟦\n  one();\n  two();\n⟧}\n', '}'.slice(1)),
    text: '\n  one();\n  three();\n',
    expected: { exactLine: true, exactWhole: false, startsRight: true, shown: 16, saved: 9, wrong: 7 },
  },
  {
    name: 'line ends of Windows are line ends',
    hole: hole('f() {⟦\r\n  one();\r\n⟧}\r\n'),
    text: '\n  one();\n',
    expected: { exactLine: true, exactWhole: true, similarity: 1, wrong: 0 },
  },
];

describe('score', () => {
  for (const { name, hole: cut, text, replace = 0, expected } of cases)
    it(name, () => {
      const whole = score(cut, { text, replace });
      const told = Object.fromEntries(Object.keys(expected).map((key) => [key, whole[key as keyof Score]]));
      assert.deepEqual(told, expected);
    });
});

describe('similarity', () => {
  it('is one less the share of characters to change', () => {
    assert.equal(similarity('', ''), 1);
    assert.equal(similarity('abc', ''), 0);
    assert.equal(similarity('kitten', 'sitting'), 1 - 3 / 7);
  });
});
