import assert from 'node:assert/strict';
import { type Outcome, report } from '../../../server/measure/report';
import type { Score } from '../../../server/measure/score';

const right: Score = {
  exactLine: true,
  exactWhole: true,
  startsRight: true,
  similarity: 1,
  shown: 10,
  saved: 10,
  wrong: 0,
};
const wrong: Score = {
  exactLine: false,
  exactWhole: false,
  startsRight: false,
  similarity: 0.5,
  shown: 20,
  saved: 5,
  wrong: 15,
};
const tokens = { read: 100, reused: 10, written: 5 };
const outcome = (parts: Partial<Outcome>): Outcome => ({
  languageId: 'go',
  kind: 'statement',
  ms: 100,
  tokens,
  ...parts,
});

describe('report', () => {
  const outcomes: readonly Outcome[] = [
    outcome({ score: right, parses: true, ms: 100 }),
    outcome({ score: wrong, parses: false, ms: 200 }),
    outcome({ heldBack: wrong, ms: 300 }),
    outcome({ heldBack: wrong, languageId: 'rust', ms: 400 }),
    outcome({ heldBack: right, kind: 'block', ms: 500 }),
    outcome({ ms: 600 }),
  ];
  const { total, byLanguage, byKind, ms, tokens: sums } = report(outcomes);

  it('gives shares of all holes and of what was shown', () => {
    assert.deepEqual([total.holes, total.shown, total.exactLine, total.exactWhole], [6, 2 / 6, 1 / 6, 1 / 6]);
    assert.deepEqual([total.exactLineOfShown, total.exactWholeOfShown, total.parsesOfShown], [0.5, 0.5, 0.5]);
    assert.equal(total.editSimilarity, 0.75);
  });

  it('weighs characters, not suggestions', () => {
    assert.equal(total.savedPerShown, 15 / 30);
    assert.equal(total.wrongCharacters, 15 / 6);
  });

  it('tells what was kept back by what it would have been', () => {
    assert.equal(total.quiet, 2 / 3);
    assert.equal(total.rightKeptBack, 1 / 6);
  });

  it('tells languages and kinds apart', () => {
    assert.deepEqual(Object.keys(byLanguage), ['go', 'rust']);
    assert.deepEqual([byLanguage.go?.holes, byLanguage.rust?.holes, byKind.block?.holes], [5, 1, 1]);
    assert.deepEqual([byLanguage.rust?.shown, byLanguage.rust?.quiet], [0, 1]);
  });

  it('sums tokens and sorts times', () => {
    assert.deepEqual(sums, { read: 600, reused: 60, written: 30 });
    assert.deepEqual(ms, { p50: 300, p90: 500 });
  });

  it('has null where there is nothing to divide by', () => {
    const { total: none } = report([]);
    assert.deepEqual([none.holes, none.shown, none.quiet, none.savedPerShown], [0, null, null, null]);
  });
});
