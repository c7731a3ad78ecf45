import assert from 'node:assert/strict';
import { Pace, windowSize } from '../../../server/completion/pace';
import { scriptedFacts } from '../../support/scriptedLlm';

describe('Pace', () => {
  it('does not wait while the machine answers quickly, and waits within limits while it does not', () => {
    const pace = new Pace();
    for (let n = 0; n < 50; n++) pace.note(120);
    assert.equal(pace.delay, 0);
    for (let n = 0; n < 50; n++) pace.note(450);
    assert.ok(pace.delay > 150 && pace.delay < 250, String(pace.delay));
    for (let n = 0; n < 50; n++) pace.note(9_000);
    assert.equal(pace.delay, 400);
  });
});

describe('windowSize', () => {
  it('grows with the speed of the machine, in steps, up to the room of the context', () => {
    const sizeAt = (prefillTokensPerSecond: number) => windowSize({ ...scriptedFacts, prefillTokensPerSecond });
    assert.deepEqual(sizeAt(1_000), sizeAt(1_100));
    assert.ok(sizeAt(2_000).prefix > sizeAt(1_000).prefix && sizeAt(10).prefix > 0);
    const { prefix, suffix, context } = sizeAt(1_000_000);
    assert.ok((prefix + suffix + context) / 3 <= scriptedFacts.contextSize);
  });
});
