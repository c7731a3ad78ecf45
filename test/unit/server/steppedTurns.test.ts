import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { CancelledError } from '../../../server/errors';
import { Lane, type Turn } from '../../../server/llm/lane';

const { signal: never } = new AbortController();
const typing = { name: 'typing' };
const flood = { name: 'flood' };

/** Lets all others do what they can do at once. */
const aside = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A lane with a clock that only work moves on, in milliseconds. */
function timed() {
  let now = 0;
  const lane = new Lane(() => now);
  const seen: string[] = [];
  /** A job of so many steps, each of which takes so long. @returns how long it took with all that it waited for */
  const work = async (name: string, turn: Turn, steps: number, ms: number, signal = never): Promise<number> => {
    const asked = now;
    const stepped = await lane.enterStepped(signal, turn);
    try {
      for (let step = 0; step < steps; step++) {
        if (stepped.isWanted()) await stepped.giveWay(signal);
        now += ms;
        seen.push(name);
        await aside();
      }
      return now - asked;
    } finally {
      stepped.leave();
    }
  };
  const pass = (ms: number): void => {
    now += ms;
  };
  return { lane, seen, work, pass };
}

describe('turns of many steps', () => {
  it('are not interrupted where nobody else waits, nor for what the same window wants', async () => {
    const { lane, work, seen } = timed();
    const turn = await lane.enterStepped(never, { window: flood });
    assert.equal(turn.isWanted(), false);
    const second = work('second', { window: flood }, 1, 10);
    assert.equal(turn.isWanted(), false);
    turn.leave();
    await second;
    await Promise.all([work('a', { window: flood }, 3, 10), work('b', { window: flood }, 3, 10)]);
    assert.deepEqual(seen, ['second', 'a', 'a', 'a', 'b', 'b', 'b']);
  });

  for (const [batch, steps, ms] of [
    [25, 10, 2],
    [100, 30, 2],
    [5, 4, 40],
  ] as const)
    it(`let one of ${steps} steps of ${ms} ms in beside a flood of ${batch} ms: twice its time and two steps`, async () => {
      const { work, seen } = timed();
      // It has had the engine for itself for long, which is not held against it.
      await work('flood', { window: flood }, 100, batch);
      const controller = new AbortController();
      setMaxListeners(0, controller.signal);
      const flooding = Array.from({ length: 1000 }, () =>
        work('flood', { window: flood }, 12, batch, controller.signal).catch((error: unknown) => error),
      );
      const times: number[] = [];
      for (let key = 0; key < 12; key++) {
        await aside();
        times.push(await work('typing', { window: typing }, steps, ms));
      }
      const count = seen.length;
      await aside();
      assert.ok(seen.length > count, 'the flood is over');
      controller.abort();
      await Promise.all(flooding);
      const bound = 2 * steps * ms + 2 * Math.max(batch, ms);
      assert.ok(Math.max(...times) <= bound, `${times.join()} of ${bound}`);
    });

  it('have the same time each, however long their steps are', async () => {
    const { work, seen } = timed();
    await Promise.all([work('long', { window: flood }, 10, 50), work('short', { window: typing }, 100, 5)]);
    const half = seen.slice(0, 55);
    const of = (name: string, ms: number): number => half.filter((each) => each === name).length * ms;
    assert.ok(Math.abs(of('long', 50) - of('short', 5)) <= 100, `${of('long', 50)} and ${of('short', 5)}`);
  });

  it('go on before all else that their window wants', async () => {
    const { work, seen } = timed();
    await Promise.all([
      work('first', { window: flood }, 3, 10),
      work('second', { window: flood }, 2, 10),
      work('typing', { window: typing }, 2, 10),
    ]);
    assert.ok(seen.lastIndexOf('first') < seen.indexOf('second'), seen.join());
    assert.equal(seen.length, 7);
  });

  it('leave chat where it was: it waits for four completions, not for four steps', async () => {
    const { lane, work, seen } = timed();
    const both = [work('a', { window: flood }, 12, 10), work('b', { window: typing }, 12, 10)];
    const chat = lane.enter(never, { window: typing, isChat: true }).then((leave) => {
      seen.push('chat');
      leave();
    });
    await Promise.all([...both, chat]);
    assert.equal(seen.indexOf('chat'), 24, seen.join());
  });

  it('are over when they are cancelled while another one is in, and the lane goes on', async () => {
    const { lane, pass } = timed();
    const controller = new AbortController();
    const turn = await lane.enterStepped(controller.signal, { window: flood });
    const other = lane.enterStepped(never, { window: typing });
    pass(5);
    assert.equal(turn.isWanted(), true);
    const back = assert.rejects(turn.giveWay(controller.signal), CancelledError);
    const inside = await other;
    controller.abort();
    await back;
    turn.leave();
    assert.equal(lane.isTaken, true);
    inside.leave();
    assert.equal(lane.isTaken, false);
  });

  it('let others in while they wait for something else, and give it back when they are cancelled then', async () => {
    const { lane } = timed();
    const controller = new AbortController();
    const turn = await lane.enterStepped(controller.signal, { window: flood });
    let given = 0;
    const other = lane.enter(never, { window: typing });
    let isThere = (): void => undefined;
    const wait = new Promise<() => void>((resolve) => {
      isThere = () => resolve(() => given++);
    });
    const held = assert.rejects(
      turn.outside(() => wait, controller.signal),
      CancelledError,
    );
    const leave = await other;
    isThere();
    await aside();
    assert.equal(given, 0);
    controller.abort();
    await held;
    assert.equal(given, 1);
    leave();
    assert.equal(lane.isTaken, false);
  });
});
