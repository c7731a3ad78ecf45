import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type * as vscode from 'vscode';
import type { Gate } from '../../../../src/client/client';
import { GiveWay } from '../../../../src/client/giveWay';

/** What of a request the gate does not look at. */
const nothing = {} as never;

/** A gate whose requests are answered when the test says so. */
function followed() {
  const open: ((items: vscode.InlineCompletionItem[]) => void)[] = [];
  const giveWay = new GiveWay();
  const gate: Gate = (_document, _position, _context, _token, next) => next(nothing, nothing, nothing, nothing);
  const around = giveWay.around(gate);
  const key = (): unknown =>
    around(nothing, nothing, nothing, nothing, () => new Promise((resolve) => open.push(resolve)));
  const off = (): unknown => around(nothing, nothing, nothing, nothing, () => null);
  return { giveWay, key, off, answer: () => open.shift()?.([]) };
}

describe('GiveWay of the client', () => {
  it('tells once when typing begins to be answered, and once when it is over', async () => {
    const { giveWay, key, answer } = followed();
    const told: boolean[] = [];
    const leave = giveWay.enter((busy) => told.push(busy));
    for (let n = 0; n < 5; n++) {
      key();
      await delay(20);
      answer();
      await delay(20);
    }
    assert.deepEqual(told, [true]);
    await delay(500);
    assert.deepEqual(told, [true, false]);
    leave();
  });

  it('stays busy as long as one is not answered', async () => {
    const { giveWay, key, answer } = followed();
    const told: boolean[] = [];
    giveWay.enter((busy) => told.push(busy));
    key();
    key();
    answer();
    await delay(500);
    assert.deepEqual(told, [true]);
    answer();
    await delay(500);
    assert.deepEqual(told, [true, false]);
  });

  it('tells nothing where completion is off, and nobody when no answer is written', async () => {
    const { giveWay, key, off, answer } = followed();
    const told: boolean[] = [];
    key();
    const leave = giveWay.enter((busy) => told.push(busy));
    off();
    answer();
    await delay(20);
    assert.deepEqual(told, []);
    leave();
    key();
    answer();
    await delay(400);
    assert.deepEqual(told, []);
  });

  it('tells whoever comes while typing is answered, and that it is over when the last one goes', () => {
    const { giveWay, key } = followed();
    const [one, other, later]: [boolean[], boolean[], boolean[]] = [[], [], []];
    const leaveOne = giveWay.enter((busy) => one.push(busy));
    key();
    const leaveOther = giveWay.enter((busy) => other.push(busy));
    leaveOne();
    leaveOther();
    giveWay.enter((busy) => later.push(busy))();
    assert.deepEqual([one, other, later], [[true], [true, false], []]);
  });

  it('tells again while the typing goes on, before chat would go on by itself', async () => {
    const { giveWay, key, answer } = followed();
    const told: { readonly busy: boolean; readonly at: number }[] = [];
    const leave = giveWay.enter((busy) => told.push({ busy, at: performance.now() }));
    for (let n = 0; n < 20; n++) {
      key();
      await delay(20);
      answer();
      await delay(80);
    }
    leave();
    assert.ok(told.length >= 4 && told.length <= 7, `${told.length} times`);
    assert.ok(told.slice(0, -1).every(({ busy }) => busy));
    assert.ok(told.slice(1).every(({ at }, before) => at - (told[before]?.at ?? 0) < 1000));
    assert.equal(told.at(-1)?.busy, false);
  });

  it('watches other windows only while an answer is written, and tells what is heard of them', () => {
    const watched: boolean[] = [];
    const told: boolean[] = [];
    const giveWay = new GiveWay((on) => watched.push(on));
    giveWay.hear(true);
    const leave = giveWay.enter((busy) => told.push(busy));
    const leaveOther = giveWay.enter(() => undefined);
    assert.deepEqual([watched, told], [[true], []]);
    for (const busy of [false, true, true, false, true]) giveWay.hear(busy);
    leave();
    leaveOther();
    giveWay.hear(true);
    giveWay.enter((busy) => told.push(busy))();
    assert.deepEqual(told, [true, true, false, true]);
    assert.deepEqual(watched, [true, false, true, false]);
  });

  it('stays busy while this window types, whatever is heard of others, and the other way round', async () => {
    const { giveWay, key, answer } = followed();
    const told: boolean[] = [];
    giveWay.enter((busy) => told.push(busy));
    key();
    giveWay.hear(true);
    giveWay.hear(false);
    assert.deepEqual(told, [true, true]);
    giveWay.hear(true);
    answer();
    await delay(400);
    assert.deepEqual(told, [true, true, true]);
    giveWay.hear(false);
    assert.equal(told.at(-1), false);
  });

  it('gives the answer of the gate as it is', () => {
    const { off } = followed();
    assert.equal(off(), null);
  });
});
