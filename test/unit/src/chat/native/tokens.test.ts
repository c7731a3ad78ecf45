import assert from 'node:assert/strict';
import { estimate, TokenCounter } from '../../../../../src/chat/native/tokens';
import { ChatError } from '../../../../../src/client/chatClient';

/** Counts words, and notes what it was asked. */
function words(isReady = true): { counter: TokenCounter; asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = [];
  const count = async (texts: readonly string[]): Promise<readonly number[]> => {
    asked.push(texts);
    return texts.map((text) => text.split(' ').length);
  };
  return { counter: new TokenCounter({ isReady: () => isReady, count }), asked };
}

describe('TokenCounter', () => {
  it('asks together, and never twice for the same text', async () => {
    const { counter, asked } = words();
    assert.deepEqual(await Promise.all(['a b', 'c', 'a b'].map((text) => counter.count(text))), [2, 1, 2]);
    assert.equal(await counter.count('c'), 1);
    assert.deepEqual(asked, [['a b', 'c']]);
    counter.clear();
    await counter.count('c');
    assert.deepEqual(asked, [['a b', 'c'], ['c']]);
  });

  it('counts messages with what stands around them', async () => {
    const { counter } = words();
    const call = { callId: 'c', name: 'read', input: {} };
    assert.equal(await counter.count({ role: 2, content: [{ value: 'one two' }, call] }), 5 + 2);
    assert.equal(await counter.count(''), 0);
  });

  it('estimates, and asks nobody, where the model is not loaded', async () => {
    const { counter, asked } = words(false);
    assert.equal(await counter.count('const a = 1;'), 4);
    assert.deepEqual(asked, []);
  });

  it('estimates when the model dies or takes too long, and passes mistakes on', async () => {
    const failing = (error: Error): TokenCounter =>
      new TokenCounter({ isReady: () => true, count: () => Promise.reject(error) });
    assert.equal(await failing(new ChatError('died')).count('abc'), 1);
    const slow = new TokenCounter({
      isReady: () => true,
      count: (_texts, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new ChatError('stopped')))),
    });
    // The patience is measured by a timer that keeps no process alive by itself.
    const alive = setTimeout(() => assert.fail('was waited for'), 5_000);
    assert.equal(await slow.count('abc'), 1);
    clearTimeout(alive);
    await assert.rejects(failing(new TypeError('a mistake')).count('abc'), TypeError);
  });

  it('estimates other scripts as denser', () => {
    assert.equal(estimate('漢字'), 2);
    assert.ok(estimate('привет') > estimate('privet'));
  });
});
