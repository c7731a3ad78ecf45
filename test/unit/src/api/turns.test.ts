import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/api/apiError';
import { givingWay, OneByOne } from '../../../../src/api/turns';
import { ChatError } from '../../../../src/client/chatClient';
import { settle } from '../../../support/scriptedClient';

const never = new AbortController().signal;
const isStopped = (error: unknown): boolean => error instanceof ChatError && error.code === 'stopped';

/** Work that is done when the test says so. */
function slow() {
  const begun: { readonly end: (what: string) => void; readonly signal: AbortSignal }[] = [];
  const work = (signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      begun.push({ end: resolve, signal });
      signal.addEventListener('abort', () => reject(new ChatError('stopped')), { once: true });
    });
  return { begun, work };
}

describe('the turns of other extensions', () => {
  it('come one after the other, whatever becomes of those before', async () => {
    const turns = new OneByOne(3, 'too many');
    const { begun, work } = slow();
    const first = turns.run(() => work(never), never);
    const failing = turns.run(() => Promise.reject(new Error('it failed')), never);
    const last = turns.run(() => work(never), never);
    await settle();
    assert.equal(begun.length, 1);
    begun[0]?.end('first');
    assert.equal(await first, 'first');
    await assert.rejects(failing, /it failed/);
    await settle();
    begun[1]?.end('last');
    assert.equal(await last, 'last');
  });

  it('are refused where too many wait, and given again afterwards', async () => {
    const turns = new OneByOne(1, 'too many');
    const { begun, work } = slow();
    const first = turns.run(() => work(never), never);
    const isBusy = (error: unknown): boolean => error instanceof ApiError && error.code === 'busy';
    await assert.rejects(
      turns.run(() => work(never), never),
      isBusy,
    );
    await settle();
    begun[0]?.end('first');
    await first;
    assert.equal(await turns.run(() => Promise.resolve('again'), never), 'again');
  });

  it('are left at once when they are cancelled, and hold nobody up', async () => {
    const turns = new OneByOne(3, 'too many');
    const { begun, work } = slow();
    const first = turns.run(() => work(never), never);
    const cancel = new AbortController();
    const second = turns.run(() => work(never), cancel.signal);
    const third = turns.run(() => Promise.resolve('third'), never);
    cancel.abort();
    await assert.rejects(second, isStopped);
    begun[0]?.end('first');
    assert.deepEqual(await Promise.all([first, third]), ['first', 'third']);
    assert.equal(begun.length, 1);
  });
});

describe('work that gives way to typing', () => {
  function typing(isBusy = false) {
    let tell = (_: boolean): void => undefined;
    const state = { left: 0 };
    const enter = (told: (busy: boolean) => void) => {
      tell = told;
      if (isBusy) told(true);
      return () => void state.left++;
    };
    return { giveWay: { enter }, tell: (busy: boolean) => tell(busy), state };
  }

  it('is stopped for a key, and begun anew', async () => {
    const { giveWay, tell, state } = typing();
    const { begun, work } = slow();
    const done = givingWay(giveWay, work, never);
    tell(true);
    await settle();
    assert.equal(begun[0]?.signal.aborted, true);
    assert.equal(begun.length, 1);
    tell(true);
    tell(false);
    await settle();
    begun[1]?.end('done');
    assert.equal(await done, 'done');
    assert.equal(state.left, 1);
  });

  it('does not begin while somebody types, and can be cancelled meanwhile', async () => {
    const { giveWay, state } = typing(true);
    const { begun, work } = slow();
    const cancel = new AbortController();
    const done = givingWay(giveWay, work, cancel.signal);
    await settle();
    assert.equal(begun.length, 0);
    cancel.abort();
    await assert.rejects(done, isStopped);
    assert.equal(state.left, 1);
  });

  it('fails as it fails', async () => {
    const { giveWay, state } = typing();
    await assert.rejects(
      givingWay(giveWay, () => Promise.reject(new ChatError('died')), never),
      (error: unknown) => error instanceof ChatError && error.code === 'died',
    );
    assert.equal(state.left, 1);
  });
});
