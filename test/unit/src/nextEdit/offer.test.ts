import assert from 'node:assert/strict';
import { Offer } from '../../../../src/nextEdit/offer';

const renaming = { old: 'total', name: 'sum', at: 0 };
/** The new name at the begin, the old one at 4 and 10. */
const text = 'sum,total;total';
const offer = (): Offer =>
  new Offer(renaming, [
    { offset: 4, text: 'sum' },
    { offset: 10, text: 'sum' },
  ]);
const offsets = ({ places }: Offer): number[] => places.map(({ offset }) => offset);

describe('Offer', () => {
  it('knows its places and where the name was typed', () => {
    const one = offer();
    assert.equal(one.placeAt(3), undefined);
    assert.equal(one.placeAt(4)?.offset, 4);
    assert.equal(one.placeAt(9)?.offset, 4);
    assert.equal(one.placeAt(15)?.offset, 10);
    assert.ok(one.isOrigin(0) && one.isOrigin(3) && !one.isOrigin(4));
  });

  it('is followed by changes to the name, and by changes to a place, which is dropped', () => {
    const one = offer();
    assert.ok(one.follow({ offset: 3, removed: 0, text: 's' }));
    assert.deepEqual(offsets(one), [5, 11]);
    assert.ok(one.isOrigin(4));
    assert.ok(one.follow({ offset: 5, removed: 5, text: 's' }));
    assert.deepEqual(offsets(one), [7]);
    assert.ok(one.follow({ offset: 6, removed: 0, text: 'u' }), 'the place is still being typed at');
    assert.ok(!one.follow({ offset: 1_000, removed: 0, text: 'u' }));
  });

  it('tells other changes, and keeps to the text', () => {
    const one = new Offer({ ...renaming, at: 8 }, [{ offset: 20, text: 'sum' }]);
    assert.ok(!one.follow({ offset: 2, removed: 3, text: '' }));
    assert.deepEqual(offsets(one), [17]);
    assert.ok(one.isOrigin(5) && !one.isOrigin(4) && !one.isOrigin(9));
    assert.ok(!one.follow({ offset: 12, removed: 0, text: '\n\n' }));
    assert.deepEqual(offsets(one), [19]);
    assert.ok(!one.follow({ offset: 100, removed: 0, text: 'x' }));
    assert.deepEqual(offsets(one), [19]);
  });

  it('never points at anything but the old name, whatever is typed', () => {
    let seed = 5;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 0x7fffffff;
      return seed % below;
    };
    let kept = 0;
    for (let round = 0; round < 20_000; round++) {
      const one = offer();
      let now = text;
      for (let each = random(5); each >= 0; each--) {
        const start = random(now.length + 1);
        const removed = random(Math.min(4, now.length - start) + 1);
        const change = { offset: start, removed, text: ['', 'x', '\r\n', 'total', '😀'][random(5)] ?? '' };
        now = now.slice(0, start) + change.text + now.slice(start + removed);
        one.follow(change);
        for (const { offset } of one.places) assert.equal(now.slice(offset, offset + 5), 'total');
        kept += one.places.length;
      }
    }
    assert.ok(kept > 20_000, `${kept} places kept`);
  });
});
