import assert from 'node:assert/strict';
import { integer, seeded } from '../../../../server/measure/random';
import { pairsOf, wordDiff } from '../../../../src/edit/wordDiff';

/** Both lines with what goes and comes in brackets. */
function shown(old: string, next: string): string[] {
  const { removed, added } = wordDiff(old, next);
  const marked = (line: string, places: typeof removed): string =>
    places
      .toReversed()
      .reduce((text, { start, end }) => `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`, line);
  return [marked(old, removed), marked(next, added)];
}

describe('wordDiff', () => {
  const table: readonly (readonly [string, string, string, string])[] = [
    ['const a = 1;', 'const b = 1;', 'const [a] = 1;', 'const [b] = 1;'],
    ['call(one, two)', 'call(one, two, three)', 'call(one, two)', 'call(one, two[, three])'],
    ['return first;', 'throw second();', '[return first;]', '[throw second();]'],
    ['say("👩‍👩‍👧 hello")', 'say("👩‍👧 hello")', 'say("[👩‍👩‍👧] hello")', 'say("[👩‍👧] hello")'],
    ['say("😀 hello")', 'say("😁 hello")', 'say("[😀] hello")', 'say("[😁] hello")'],
    ['cafe = bar', 'cafe\u0301 = bar', '[cafe] = bar', '[cafe\u0301] = bar'],
    ['', 'new', '', '[new]'],
    ['same', 'same', 'same', 'same'],
  ];
  for (const [old, next, removed, added] of table)
    it(`${old} → ${next}`, () => assert.deepEqual(shown(old, next), [removed, added]));

  it('never splits what is shown as one character, and takes long lines whole', () => {
    const random = seeded(3);
    const pieces = ['a', 'b', ' ', '😀', '👩‍👧', 'e\u0301', '(', '\u{1F1E9}\u{1F1EA}', 'x1'];
    const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
    for (let round = 0; round < 500; round++) {
      const line = (): string =>
        Array.from({ length: integer(random, 0, 12) }, () => pieces[integer(random, 0, pieces.length)]).join('');
      const [old, next] = [line(), line()];
      const { removed, added } = wordDiff(old, next);
      for (const [text, places] of [
        [old, removed],
        [next, added],
      ] as const) {
        const edges = new Set([...graphemes.segment(text)].map(({ index }) => index)).add(text.length);
        for (const { start, end } of places)
          assert.ok(edges.has(start) && edges.has(end) && start < end, `${old} → ${next}`);
      }
    }
    const long = 'x '.repeat(100_000);
    assert.deepEqual(wordDiff(long, `${long}y`).removed, [{ start: 0, end: long.length }]);
  });

  it('pairs the lines of a hunk that are alike', () => {
    assert.deepEqual(pairsOf(['a', 'b'], ['x', 'y']), [
      [0, 0],
      [1, 1],
    ]);
    assert.deepEqual(pairsOf(['let one = two;'], ['// why', 'let one = three;']), [[0, 1]]);
    assert.deepEqual(pairsOf(['let one = two;'], []), []);
  });
});
