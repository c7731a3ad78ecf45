import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { Typing } from '../../../server/typing';

/** Keys at speed: each is answered in 20 ms. */
async function type(typing: Typing, keys: number): Promise<void> {
  for (let n = 0; n < keys; n++) {
    await typing.during(() => delay(20));
    await delay(60);
  }
}

describe('Typing', () => {
  it('is said when it begins and when it is over, again while it goes on, and not at each key', async () => {
    const typing = new Typing();
    const said: { readonly busy: boolean; readonly at: number }[] = [];
    typing.hear(said, (busy) => said.push({ busy, at: performance.now() }));
    await type(typing, 20);
    await delay(400);
    const words = said.map(({ busy }) => busy);
    assert.deepEqual([words[0], words.at(-1)], [false, false]);
    assert.ok(words.slice(1, -1).every((busy) => busy));
    assert.ok(words.length >= 4 && words.length <= 9, `${words.length} times for 20 keys`);
    const goesOn = said.slice(1, -1).map(({ at }) => at);
    assert.ok(goesOn.slice(1).every((at, before) => at - (goesOn[before] ?? 0) < 1000));
  });

  it('is said at once to whom comes while it goes on, and to nobody who wants to hear no more', async () => {
    const typing = new Typing();
    const said: boolean[] = [];
    const answered = typing.during(() => delay(30));
    typing.hear(said, (busy) => said.push(busy));
    typing.unhear(said);
    await answered;
    await delay(400);
    assert.deepEqual(said, [true]);
  });

  it('is over when its work fails', async () => {
    const typing = new Typing();
    const said: boolean[] = [];
    typing.hear(said, (busy) => said.push(busy));
    await assert.rejects(
      typing.during(() => Promise.reject(new Error('told to fail'))),
      /told to fail/,
    );
    await delay(400);
    assert.deepEqual(said, [false, true, false]);
  });
});
