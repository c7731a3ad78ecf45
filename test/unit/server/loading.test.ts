import assert from 'node:assert/strict';
import { UserError } from '../../../server/errors';
import { explain } from '../../../server/llm/failures';
import { isSound, warmUpOf } from '../../../server/llm/warmUp';

describe('explain', () => {
  const codes = [
    [
      'a context that is too large',
      'A context size of 8192 with 3 sequences is too large for the available VRAM',
      [],
      'outOfMemory',
    ],
    ['weights that are too large', 'Not enough VRAM to fit the model with the specified settings', [], 'outOfMemory'],
    ['a GPU that is full', 'Failed to load model', ['cudaMalloc failed: out of memory'], 'outOfMemory'],
    [
      'another that is full',
      'Failed to create context',
      ['vk::Device::allocateMemory: ErrorOutOfDeviceMemory'],
      'outOfMemory',
    ],
    ['an architecture of the future', 'Failed to load model', ["unknown model architecture: 'x'"], 'modelUnsupported'],
    ['a file that is cut short', 'Failed to load model', ['tensor data is not within the file bounds'], 'modelDamaged'],
    ['an adapter for another model', 'Failed to initialize LoRA adapter "a.gguf"', ['wrong shape'], 'adapterUnfit'],
    ['a system that lacks what the engine needs', 'NoBinaryFoundError', [], 'engineUnfit'],
    ['anything else', 'Failed to create context', ['bad'], 'engineFailed'],
    [
      'a lock that was refused, which is harmless',
      'Failed to create context',
      ['warning: failed to mlock 27000832-byte buffer: Cannot allocate memory\nTry increasing RLIMIT_MEMLOCK'],
      'engineFailed',
    ],
  ] as const;
  for (const [what, message, log, code] of codes)
    it(`knows ${what}`, () => assert.equal(explain(new Error(message), log).code, code));

  it('leaves a refusal as it is', () => {
    const refusal = new UserError('modelMissing', 'gone');
    assert.equal(explain(refusal, ['out of memory']), refusal);
  });
});

describe('the warm-up', () => {
  const tokens = Array.from({ length: 100 }, (_, n) => n % 7);

  it('reads one batch and knows what follows', () => {
    assert.deepEqual(warmUpOf(tokens, { batchSize: 8, contextSize: 512 }, 3), {
      prompt: tokens.slice(0, 9),
      expected: tokens.slice(9, 12),
    });
    assert.equal(warmUpOf(tokens, { batchSize: 512, contextSize: 512 }, 4).prompt.length, 96);
    assert.equal(warmUpOf(tokens, { batchSize: 64, contextSize: 32 }, 4).prompt.length, 27);
  });

  const written = (...all: (readonly [token: number, probability: number])[]) =>
    all.map(([token, probability]) => ({ token, probability }));

  it('trusts a GPU that writes what follows, at least in part', () => {
    assert.ok(isSound(written([1, 0.9], [2, 0.8]), [1, 2]));
    assert.ok(isSound(written([9, 0.4], [2, 0.8]), [1, 2]));
  });

  it('does not trust one whose probabilities are no numbers, or that writes something else', () => {
    assert.equal(isSound(written([1, Number.NaN], [2, 0.8]), [1, 2]), false);
    assert.equal(isSound(written([1, 0], [1, 0]), [1, 2]), false);
    assert.equal(isSound(written([0, 0.1], [0, 0.1]), [1, 2]), false);
    assert.equal(isSound([], [1, 2]), false);
  });
});
