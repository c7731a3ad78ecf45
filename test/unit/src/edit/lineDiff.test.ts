import assert from 'node:assert/strict';
import { integer, seeded } from '../../../../server/measure/random';
import { type Hunk, lineDiff } from '../../../../src/edit/lineDiff';

const lines = (text: string): string[] => (text === '' ? [] : text.split(' ').map((line) => line.replaceAll('_', ' ')));

/** The new lines, made of the old ones by the hunks. */
function applied(old: readonly string[], hunks: readonly Hunk[]): string[] {
  const next: string[] = [];
  let at = 0;
  for (const { oldStart, newStart, removed, added } of hunks) {
    next.push(...old.slice(at, oldStart));
    assert.equal(next.length, newStart);
    assert.deepEqual(old.slice(oldStart, oldStart + removed.length), removed);
    next.push(...added);
    at = oldStart + removed.length;
  }
  return [...next, ...old.slice(at)];
}

describe('lineDiff', () => {
  const table: readonly (readonly [what: string, old: string, next: string, hunks: string[]])[] = [
    ['nothing changed', 'ab cd', 'ab cd', []],
    ['all is new', '', 'ab cd', ['0: > ab cd']],
    ['all goes', 'ab cd', '', ['0:ab cd > ']],
    ['a line changed', 'ab cd ef', 'ab CD ef', ['1:cd > CD']],
    ['two changes stay apart', 'ab cd ef gh', 'AB cd ef GH', ['0:ab > AB', '3:gh > GH']],
    ['a bracket between two changes goes with them', 'ab } ef', 'AB } EF', ['0:ab } ef > AB } EF']],
    ['a line moved', 'ab cd ef', 'cd ef ab', ['0:ab > ', '3: > ab']],
    [
      'a function added before its like slides to its own start',
      'f() __aa } g() __aa }',
      'f() __aa } new() __aa } g() __aa }',
      ['3: > new() __aa }'],
    ],
    ['a line twice', 'ab ab', 'ab ab ab', ['2: > ab']],
  ];
  for (const [what, old, next, hunks] of table)
    it(what, () => {
      const found = lineDiff(lines(old), lines(next));
      assert.deepEqual(
        found.map(({ oldStart, removed, added }) => `${oldStart}:${removed.join(' ')} > ${added.join(' ')}`),
        hunks.map((hunk) => hunk.replaceAll('_', ' ')),
      );
      assert.deepEqual(applied(lines(old), found), lines(next));
    });

  it('makes the new lines of the old ones, with a line that stays between any two hunks', () => {
    const random = seeded(6);
    for (let round = 0; round < 3_000; round++) {
      const list = (): string[] =>
        Array.from({ length: integer(random, 0, 14) }, () => 'ab,cd,},,  ef'.split(',')[integer(random, 0, 5)] ?? '');
      const [old, next] = [list(), list()];
      const hunks = lineDiff(old, next);
      assert.deepEqual(applied(old, hunks), next);
      for (const [index, hunk] of hunks.entries()) {
        const before = hunks[index - 1];
        if (before) assert.ok(hunk.oldStart > before.oldStart + before.removed.length);
      }
    }
  });

  it('takes milliseconds for 5,000 lines, whatever they are', () => {
    const random = seeded(1);
    const numbered = (name: string): string[] => Array.from({ length: 5_000 }, (_, index) => `${name} ${index}`);
    const cases: Record<string, readonly [string[], string[]]> = {
      'all different': [numbered('a'), numbered('b')],
      'turned round': [numbered('a'), numbered('a').toReversed()],
      'in another order': [numbered('a'), numbered('a').toSorted(() => random() - 0.5)],
      'two lines at random': [
        numbered('').map(() => (random() < 0.5 ? '{' : '}')),
        numbered('').map(() => (random() < 0.5 ? '{' : '}')),
      ],
      'every tenth changed': [
        numbered('a'),
        numbered('a').map((line, index) => (index % 10 === 0 ? `${line}!` : line)),
      ],
      'pairs swapped': [numbered('a'), numbered('a').map((_, index) => `a ${index ^ 1}`)],
    };
    for (const [name, [old, next]] of Object.entries(cases)) {
      const times: number[] = [];
      let hunks: Hunk[] = [];
      for (let time = 0; time < 5; time++) {
        const start = performance.now();
        hunks = lineDiff(old, next);
        times.push(performance.now() - start);
      }
      const ms = Math.min(...times);
      console.log(`      ${name}: ${ms.toFixed(1)} ms at best, ${hunks.length} hunks`);
      assert.deepEqual(applied(old, hunks), next);
      assert.ok(ms < 100, `${name} took ${ms} ms`);
    }
  });
});
