import assert from 'node:assert/strict';
import type { Gate } from '../../../../src/client/client';
import { Busy } from '../../../../src/status/busy';
import { standingClock } from '../../../support/scriptedClient';

/** What of a request nobody looks at. */
const nothing = {} as never;

function watched() {
  const { clock, pass } = standingClock();
  const busy = new Busy(clock);
  const told: boolean[] = [];
  busy.onDidChange(() => told.push(busy.isBusy));
  return { busy, told, pass };
}

describe('Busy', () => {
  it('tells nothing of quick answers, however many there are', () => {
    const { busy, told, pass } = watched();
    let leave = busy.enter();
    for (let n = 0; n < 50; n++) {
      pass(100);
      const next = busy.enter();
      leave();
      leave = next;
    }
    leave();
    pass(1_000);
    assert.deepEqual(told, []);
  });

  it('tells of one that takes its time, until shortly after its end', () => {
    const { busy, told, pass } = watched();
    const leave = busy.enter();
    pass(299);
    assert.deepEqual(told, []);
    pass(1);
    assert.deepEqual(told, [true]);
    leave();
    leave();
    pass(199);
    assert.deepEqual(told, [true]);
    pass(1);
    assert.deepEqual(told, [true, false]);
  });

  it('does not flicker between two slow answers', () => {
    const { busy, told, pass } = watched();
    const first = busy.enter();
    pass(400);
    const second = busy.enter();
    pass(300);
    first();
    pass(500);
    second();
    pass(500);
    assert.deepEqual(told, [true, false]);
  });

  it('follows ghost text to its end, also where that is a failure, and leaves alone what is answered at once', async () => {
    const { busy, told, pass } = watched();
    const gate: Gate = (_document, _position, _context, _token, next) => next(nothing, nothing, nothing, nothing);
    const around = busy.aroundGate(gate);
    let fail = (_: Error): void => undefined;
    const result = around(nothing, nothing, nothing, nothing, () => new Promise((_, reject) => (fail = reject)));
    pass(300);
    fail(new Error('gone'));
    await assert.rejects(Promise.resolve(result), /gone/);
    pass(200);
    assert.deepEqual(told, [true, false]);
    assert.equal(
      around(nothing, nothing, nothing, nothing, () => null),
      null,
    );
    pass(1_000);
    assert.deepEqual(told, [true, false]);
  });
});
