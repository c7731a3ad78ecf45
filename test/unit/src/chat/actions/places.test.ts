import assert from 'node:assert/strict';
import { labelOf, linesAround, linesOf, meets, problemsText, span } from '../../../../../src/chat/actions/places';

const at = (line: number, character: number): { line: number; character: number } => ({ line, character });

describe('places', () => {
  it('count the lines of a selection, the last only when the selection reaches into it', () => {
    assert.deepEqual(linesOf({ start: at(2, 4), end: at(5, 1) }), [2, 5]);
    assert.deepEqual(linesOf({ start: at(2, 0), end: at(5, 0) }), [2, 4]);
    assert.deepEqual(linesOf({ start: at(2, 0), end: at(2, 0) }), [2, 2]);
  });

  it('stay in the document', () => {
    assert.deepEqual(linesAround([3, 4], 100), [0, 19]);
    assert.deepEqual(linesAround([95, 99], 100), [80, 99]);
  });

  it('meet and span', () => {
    assert.ok(meets([1, 3], [3, 5]));
    assert.ok(!meets([1, 2], [3, 5]));
    assert.deepEqual(
      span([
        [4, 6],
        [1, 2],
      ]),
      [1, 6],
    );
  });

  it('are named by file and lines from 1', () => {
    assert.equal(labelOf('src/basket.ts', [2, 19]), 'basket.ts:3-20');
    assert.equal(labelOf('basket.ts', [2, 2]), 'basket.ts:3');
  });
});

describe('problemsText', () => {
  const problem = { lines: [11, 11], severity: 'error', message: "';' expected.", origin: 'ts 1005' } as const;

  it('says where, how bad, who and what', () => {
    const warning = { ...problem, severity: 'warning', origin: '' } as const;
    assert.equal(
      problemsText([problem, warning]),
      "Line 12, error (ts 1005): ';' expected.\nLine 12, warning: ';' expected.",
    );
  });

  it('bears many and long ones', () => {
    const many = Array.from({ length: 500 }, () => ({ ...problem, message: '😀'.repeat(5_000) }));
    const text = problemsText(many);
    assert.ok(text.length < 21_000);
    assert.ok(text.isWellFormed());
  });
});
