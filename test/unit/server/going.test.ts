import assert from 'node:assert/strict';
import { Going } from '../../../server/llm/going';

describe('Going', () => {
  it('is idle once all that has begun is over', async () => {
    const going = new Going();
    await going.idle();
    const [first, second] = [going.begin(), going.begin()];
    let isIdle = false;
    const idle = going.idle().then(() => {
      isIdle = true;
    });
    first();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(isIdle, false);
    second();
    await idle;
  });

  it('is not idle when something new begins at the very end of the last', async () => {
    const going = new Going();
    const end = going.begin();
    let isIdle = false;
    const idle = going.idle().then(() => {
      isIdle = true;
    });
    end();
    const next = going.begin();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(isIdle, false);
    next();
    await idle;
  });
});
