import assert from 'node:assert/strict';
import { GiveWay } from '../../../../src/client/giveWay';

function watched() {
  const watches: boolean[] = [];
  return { watches, giveWay: new GiveWay((on) => watches.push(on)) };
}

describe('GiveWay of the client', () => {
  it('watches typing only while something goes on that gives way', () => {
    const { giveWay, watches } = watched();
    const told: boolean[] = [];
    giveWay.hear(true);
    const leave = giveWay.enter((busy) => told.push(busy));
    const leaveOther = giveWay.enter(() => undefined);
    leave();
    assert.deepEqual([watches, told], [[true], []]);
    leaveOther();
    giveWay.hear(true);
    giveWay.enter((busy) => told.push(busy))();
    assert.deepEqual([watches, told], [[true, false, true, false], []]);
  });

  it('tells what it hears, again while it goes on, and its end once', () => {
    const { giveWay } = watched();
    const told: boolean[] = [];
    giveWay.enter((busy) => told.push(busy));
    for (const busy of [false, true, true, false, false, true]) giveWay.hear(busy);
    assert.deepEqual(told, [true, true, false, true]);
  });

  it('tells whoever comes while typing is answered, and that it is over when the last one goes', () => {
    const { giveWay } = watched();
    const [one, other, later]: [boolean[], boolean[], boolean[]] = [[], [], []];
    const leaveOne = giveWay.enter((busy) => one.push(busy));
    giveWay.hear(true);
    const leaveOther = giveWay.enter((busy) => other.push(busy));
    leaveOne();
    leaveOther();
    leaveOther();
    giveWay.enter((busy) => later.push(busy))();
    assert.deepEqual([one, other, later], [[true], [true, false], []]);
  });
});
