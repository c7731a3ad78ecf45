import assert from 'node:assert/strict';
import { CancelledError } from '../../../server/errors';
import { Lane } from '../../../server/llm/lane';

const never = new AbortController().signal;

describe('Lane', () => {
  it('lets one in at a time, in order', async () => {
    const lane = new Lane();
    const seen: string[] = [];
    const job = async (name: string): Promise<void> => {
      const leave = await lane.enter(never);
      seen.push(`${name} in`);
      await Promise.resolve();
      seen.push(`${name} out`);
      leave();
    };
    await Promise.all([job('a'), job('b'), job('c')]);
    assert.deepEqual(seen, ['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  it('goes on without one that was cancelled while it waited', async () => {
    const lane = new Lane();
    const leave = await lane.enter(never);
    const controller = new AbortController();
    const cancelled = lane.enter(controller.signal);
    const third = lane.enter(never);
    controller.abort();
    await assert.rejects(cancelled, CancelledError);
    leave();
    (await third)();
  });

  it('tells a job that gives way when another one waits, in its turn or before it', async () => {
    const lane = new Lane();
    const { signal } = new AbortController();
    const first = await lane.enter(signal);
    const waiting = lane.enterYielding(signal);
    const second = lane.enter(signal);
    first();
    const early = await waiting;
    assert.equal(early.wanted.aborted, true);
    early.leave();
    (await second)();
    const turn = await lane.enterYielding(signal);
    assert.equal(turn.wanted.aborted, false);
    const third = lane.enter(signal);
    assert.equal(turn.wanted.aborted, true);
    turn.leave();
    (await third)();
  });
});
