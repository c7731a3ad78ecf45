import assert from 'node:assert/strict';
import { CancelledError } from '../../../server/errors';
import { Lane, type Turn } from '../../../server/llm/lane';

const { signal: never } = new AbortController();
const a = { name: 'a' };
const b = { name: 'b' };
const c = { name: 'c' };

/** A lane whose turns are noted, and are over as soon as they begin. */
function noted() {
  const lane = new Lane(() => 0);
  const seen: string[] = [];
  const jobs: Promise<void>[] = [];
  const ask = (name: string, turn: Turn, signal = never): void => {
    const job = lane.enter(signal, turn).then((leave) => {
      seen.push(name);
      leave();
    });
    jobs.push(job);
  };
  return { lane, seen, ask, all: () => Promise.all(jobs) };
}

describe('turns of windows', () => {
  it('let a window in after one turn at most of each other, however much they want', async () => {
    const { lane, seen, ask, all } = noted();
    const leave = await lane.enter(never, { window: a });
    for (let n = 0; n < 1000; n++) ask('a', { window: a });
    ask('b', { window: b });
    ask('c', { window: c });
    ask('b', { window: b });
    leave();
    await all();
    // The turn that went on was of the window that floods: the others come before its next one.
    assert.deepEqual(seen.slice(0, 6), ['b', 'c', 'a', 'b', 'a', 'a']);
    assert.equal(seen.length, 1003);
  });

  it('let a window that comes back again and again in at every second turn beside one that floods', async () => {
    const { lane, seen, ask, all } = noted();
    const leave = await lane.enter(never, { window: a });
    for (let n = 0; n < 50; n++) ask('a', { window: a });
    const typing = async (): Promise<void> => {
      for (let n = 0; n < 20; n++) {
        const done = await lane.enter(never, { window: b });
        seen.push('b');
        await Promise.resolve();
        done();
      }
    };
    const typed = typing();
    leave();
    await Promise.all([all(), typed]);
    const places = seen.flatMap((name, at) => (name === 'b' ? [at] : []));
    const gaps = places.map((at, n) => at - (places[n - 1] ?? -1));
    assert.equal(gaps.length, 20);
    assert.ok(Math.max(...gaps) <= 2, gaps.join());
  });

  it('go by arrival within a window', async () => {
    const { lane, seen, ask, all } = noted();
    const leave = await lane.enter(never, { window: c });
    for (const name of ['1', '2', '3']) ask(name, { window: a });
    leave();
    await all();
    assert.deepEqual(seen, ['1', '2', '3']);
  });

  it('let typing of any window go before chat, and do not forget chat', async () => {
    const { lane, seen, ask, all } = noted();
    const leave = await lane.enter(never, { window: a });
    ask('chat a', { window: a, isChat: true });
    ask('chat b', { window: b, isChat: true });
    for (let n = 0; n < 6; n++) ask('a', { window: a });
    ask('b', { window: b });
    leave();
    await all();
    assert.deepEqual(seen, ['b', 'a', 'a', 'a', 'chat a', 'a', 'a', 'a', 'chat b']);
  });

  it('forget who was cancelled, and let in last who waits for all others', async () => {
    const { lane, seen, ask, all } = noted();
    const leave = await lane.enter(never, { window: a });
    const last = lane.enterLast().then((done) => {
      seen.push('last');
      done();
    });
    const controller = new AbortController();
    ask('never', { window: b }, controller.signal);
    const cancelled = assert.rejects(all(), CancelledError);
    controller.abort();
    await cancelled;
    const late = lane.enter(never, { window: c, isChat: true }).then((done) => {
      seen.push('chat');
      done();
    });
    leave();
    await Promise.all([last, late]);
    assert.deepEqual(seen, ['chat', 'last']);
    (await lane.enter(never))();
  });
});
