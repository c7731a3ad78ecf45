import assert from 'node:assert/strict';
import { areRanges, cut, missing, type Ranges, sizeOf, withRange } from '../../../../src/download/ranges';

describe('ranges of downloads', () => {
  it('become one where they touch', () => {
    const of = (...added: Ranges): Ranges => added.reduce(withRange, []);
    assert.deepEqual(of([0, 5], [5, 9]), [[0, 9]]);
    assert.deepEqual(of([6, 9], [0, 5]), [
      [0, 5],
      [6, 9],
    ]);
    assert.deepEqual(of([0, 2], [4, 6], [8, 9], [1, 8]), [[0, 9]]);
    assert.deepEqual(of([0, 9], [3, 4]), [[0, 9]]);
    assert.deepEqual(of([3, 3]), []);
  });

  it('agree with a file of which each byte is marked', () => {
    let seed = 1;
    const random = (below: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let round = 0; round < 200; round++) {
      const marks = new Array<boolean>(40).fill(false);
      let ranges: Ranges = [];
      for (let each = 0; each < 8; each++) {
        const start = random(40);
        const end = Math.min(40, start + random(8));
        marks.fill(true, start, end);
        ranges = withRange(ranges, [start, end]);
      }
      assert.equal(sizeOf(ranges), marks.filter(Boolean).length);
      const lacking = missing(ranges, 40);
      assert.equal(sizeOf(lacking), marks.filter((mark) => !mark).length);
      for (const [start, end] of lacking) assert.ok(marks.slice(start, end).every((mark) => !mark));
      assert.ok(areRanges(ranges, 40));
    }
  });

  it('are cut into pieces that are the same bytes', () => {
    assert.deepEqual(cut([[0, 10]], 4), [
      [0, 4],
      [4, 8],
      [8, 10],
    ]);
    assert.deepEqual(
      cut(
        [
          [1, 3],
          [7, 12],
        ],
        5,
      ),
      [
        [1, 3],
        [7, 12],
      ],
    );
    assert.deepEqual(cut([], 5), []);
  });

  it('are missing to the end', () => {
    assert.deepEqual(missing([], 5), [[0, 5]]);
    assert.deepEqual(missing([[0, 5]], 5), []);
    assert.deepEqual(missing([[2, 3]], 5), [
      [0, 2],
      [3, 5],
    ]);
    assert.deepEqual(missing([], 0), []);
  });

  it('are read from a disk only where they make sense', () => {
    assert.ok(areRanges([], 5) && areRanges([[0, 5]], 5));
    const bad = [
      null,
      {},
      [[0]],
      [[0, 6]],
      [[3, 2]],
      [[2, 2]],
      [['0', 1]],
      [[0, 1.5]],
      [[-1, 2]],
      [
        [3, 4],
        [0, 1],
      ],
    ];
    for (const value of [
      ...bad,
      [
        [0, 2],
        [2, 3],
      ],
      [null],
    ])
      assert.ok(!areRanges(value, 5), JSON.stringify(value));
  });
});
