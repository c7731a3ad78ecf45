import assert from 'node:assert/strict';
import { type Death, recover } from '../../../src/recovery';

const death = (at: number, whileLoading = false, backend: Death['backend'] = 'auto'): Death => ({
  at,
  whileLoading,
  backend,
});

describe('recover', () => {
  it('starts again after a death', () => {
    assert.deepEqual(recover([death(0)]), { action: 'restart', backend: 'auto' });
  });

  it('gives up after many deaths in a short time, not over a long one', () => {
    assert.deepEqual(recover([0, 1, 2, 3, 4].map((at) => death(at))), { action: 'giveUp' });
    assert.deepEqual(recover([0, 1, 2, 3, 4].map((at) => death(at * 100_000))), { action: 'restart', backend: 'auto' });
  });

  it('goes to the processor when a GPU kills the process while it loads, and gives up when that does too', () => {
    const gpu = death(0, true, 'vulkan');
    assert.deepEqual(recover([gpu]), { action: 'restart', backend: 'cpu' });
    assert.deepEqual(recover([gpu, death(1, true, 'cpu')]), { action: 'restart', backend: 'cpu' });
    assert.deepEqual(recover([gpu, death(1, true, 'cpu'), death(2, true, 'cpu')]), { action: 'giveUp' });
  });

  it('counts by the distance of deaths, not by the time of day', () => {
    // As on a steady clock that began anywhere.
    for (const from of [-86_400_000, 86_400_000])
      assert.deepEqual(recover([0, 1, 2, 3, 4].map((n) => death(from + n))), { action: 'giveUp' });
  });

  it('stays on the processor once it had to', () => {
    assert.deepEqual(recover([death(0, true, 'cuda'), death(9, false, 'cpu')]), { action: 'restart', backend: 'cpu' });
  });
});
