import assert from 'node:assert/strict';
import { integer, seeded } from '../../../../server/measure/random';
import type { Hunk } from '../../../../src/edit/lineDiff';
import { StreamingDiff } from '../../../../src/edit/streaming';

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index}`);

function applied(old: readonly string[], hunks: readonly Hunk[]): string[] {
  return hunks
    .toReversed()
    .reduce<string[]>(
      (text, { oldStart, removed, added }) => text.toSpliced(oldStart, removed.length, ...added),
      [...old],
    );
}

/** How often the person would see a line marked as added that is not one any more one line later. */
function streamed(old: readonly string[], next: readonly string[]): { diff: StreamingDiff; flickers: number } {
  const diff = new StreamingDiff(old);
  let finished: readonly Hunk[] = [];
  let flickers = 0;
  let shown = 0;
  for (const line of next) {
    diff.push([line]);
    assert.deepEqual(diff.finished.slice(0, finished.length), finished, 'a finished hunk changed');
    if (diff.finished.length === finished.length && (diff.growing?.added.length ?? 0) < shown) flickers++;
    finished = [...diff.finished];
    shown = diff.growing?.added.length ?? 0;
  }
  return { diff, flickers };
}

describe('StreamingDiff', () => {
  const old = numbered(0, 60);

  it('says nothing of old lines that were not reached', () => {
    const { diff } = streamed(old, ['line 0', 'new', 'newer']);
    assert.deepEqual(diff.finished, []);
    assert.deepEqual(diff.growing, { oldStart: 1, newStart: 1, removed: [], added: ['new', 'newer'] });
  });

  it('finishes a hunk when three lines after it are as they were', () => {
    const { diff } = streamed(old, ['line 0', 'new', 'line 2', 'line 3']);
    assert.deepEqual([diff.finished.length, diff.growing?.added], [0, ['new']]);
    diff.push(['line 4']);
    assert.deepEqual(diff.finished, [{ oldStart: 1, newStart: 1, removed: ['line 1'], added: ['new'] }]);
    assert.equal(diff.growing, undefined);
  });

  it('comes to hunks that make the new lines of the old ones, whatever comes, and takes none back', () => {
    const random = seeded(9);
    let flickers = 0;
    for (let round = 0; round < 300; round++) {
      const start = Array.from({ length: integer(random, 0, 40) }, () => `l ${integer(random, 0, 30)}`);
      const next = start.flatMap((line) => (random() < 0.8 ? [line] : random() < 0.5 ? [] : ['new', line]));
      const result = streamed(start, next);
      assert.deepEqual(applied(start, result.diff.whole()), next);
      flickers += result.flickers;
    }
    assert.ok(flickers < 10, `${flickers} times shown lines were taken back`);
  });

  describe('has rejoined', () => {
    const isRejoined = (next: readonly string[], of = old): boolean => streamed(of, next).diff.rejoined;
    it('after ten lines that are as they were', () => {
      assert.equal(isRejoined(['line 0', 'line new', ...numbered(2, 11)]), false);
      assert.equal(isRejoined(['line 0', 'line new', ...numbered(2, 12)]), true);
    });
    it('not before anything changed', () => assert.equal(isRejoined(numbered(0, 40)), false));
    it('not in the middle of a hunk', () =>
      assert.equal(isRejoined(['line 0', 'line new', ...numbered(2, 20), 'more']), false));
    it('not at the very end, where more may be added', () =>
      assert.equal(isRejoined(['line new', ...numbered(1, 60)]), false));
    it('not while changes come in long strides', () => {
      const next = [...numbered(0, 2), 'line new', ...numbered(3, 18), 'line newer', ...numbered(19, 34)];
      assert.equal(isRejoined(next), false);
    });
    it('not where a word that was done away with stands in the rest', () => {
      const other = old.with(1, 'old name').with(50, 'call(name)');
      assert.equal(isRejoined(['line 0', 'old title', ...numbered(2, 20)], other), false);
      assert.equal(isRejoined(['line 0', 'old title', ...numbered(2, 20)], other.with(50, 'line 50')), true);
    });
  });

  it('follows 5,000 lines as they come', () => {
    const many = numbered(0, 5_000);
    for (const [name, next] of [
      ['every tenth changed', many.map((line, index) => (index % 10 === 0 ? `${line}!` : line))],
      ['all different', many.map((line) => `${line}!`).slice(0, 1_000)],
    ] as const) {
      const diff = new StreamingDiff(many);
      let worst = 0;
      const start = performance.now();
      for (const line of next) {
        const before = performance.now();
        diff.push([line]);
        worst = Math.max(worst, performance.now() - before);
      }
      const ms = performance.now() - start;
      console.log(`      ${name}: ${(ms / next.length).toFixed(2)} ms a line, at most ${worst.toFixed(1)} ms`);
      assert.ok(ms / next.length < 20);
    }
  });
});
