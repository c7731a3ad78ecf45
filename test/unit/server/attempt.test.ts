import assert from 'node:assert/strict';
import { chatAttempt, firstAttempt, fits, nextAttempt, roomsOf } from '../../../server/llm/attempt';

const wishes = { job: 'completion', contextSize: 0, trainedOn: 32_768, gpuLayers: -1, flashAttention: 'auto' } as const;
const onGpu = firstAttempt(wishes, 'vulkan');
const onProcessor = firstAttempt(wishes, 'cpu');

describe('firstAttempt', () => {
  it('chooses a room by the backend, never more than the model was trained on', () => {
    assert.deepEqual([onProcessor.contextSize, onGpu.contextSize], [4096, 8192]);
    assert.equal(firstAttempt({ ...wishes, trainedOn: 2048 }, 'cuda').contextSize, 2048);
    assert.equal(firstAttempt({ ...wishes, contextSize: 100_000 }, 'cpu').contextSize, 32_768);
    assert.equal(firstAttempt({ ...wishes, contextSize: 16_384, trainedOn: 0 }, 'cpu').contextSize, 16_384);
  });

  it('gives chat more room and one place, embeddings the least', () => {
    const { contextSize, places } = firstAttempt({ ...wishes, job: 'chat' }, 'cpu');
    assert.deepEqual([contextSize, places], [8192, 1]);
    assert.equal(firstAttempt({ ...wishes, job: 'chat' }, 'metal').contextSize, 16_384);
    assert.equal(firstAttempt({ ...wishes, job: 'chat', trainedOn: 2048 }, 'metal').contextSize, 2048);
    assert.deepEqual(chatAttempt(onGpu, { ...wishes, contextSize: 4096 }), { ...onGpu, contextSize: 4096, places: 1 });
    assert.equal(firstAttempt({ ...wishes, job: 'embedding', contextSize: 4096 }, 'cpu').contextSize, 512);
  });

  it('gives a GPU as many layers as wished, the processor none', () => {
    assert.equal(firstAttempt({ ...wishes, gpuLayers: 12 }, 'metal').layers, 12);
    assert.equal(firstAttempt({ ...wishes, gpuLayers: 12 }, 'cpu').layers, 0);
    assert.equal(onGpu.layers, -1);
  });
});

describe('nextAttempt', () => {
  it('halves a context that does not fit, down to 1024, then gives a GPU fewer layers', () => {
    const tried: (readonly [layers: number, contextSize: number])[] = [];
    let attempt: typeof onGpu | undefined = { ...onGpu, contextSize: 4096 };
    while (attempt) {
      tried.push([attempt.layers, attempt.contextSize]);
      const layers: number = attempt.layers < 0 ? 30 : attempt.layers;
      attempt = nextAttempt(attempt, { code: 'outOfMemory', stage: 'context', layers }, wishes);
    }
    assert.deepEqual(tried, [
      [-1, 4096],
      [-1, 2048],
      [-1, 1024],
      [15, 1024],
      [7, 1024],
    ]);
  });

  it('gives up a processor on which the weights do not fit', () => {
    assert.equal(nextAttempt(onProcessor, { code: 'outOfMemory', stage: 'model' }, wishes), undefined);
    const smaller = nextAttempt(onProcessor, { code: 'outOfMemory', stage: 'context' }, wishes);
    assert.deepEqual([smaller?.contextSize, smaller?.places], [2048, 1]);
  });

  it('gives a GPU fewer layers at once when the weights do not fit', () => {
    assert.equal(nextAttempt(onGpu, { code: 'outOfMemory', stage: 'model' }, wishes)?.layers, 16);
    assert.equal(nextAttempt(onGpu, { code: 'outOfMemory', stage: 'model', layers: 12 }, wishes)?.layers, 6);
    assert.equal(nextAttempt(onGpu, { code: 'outOfMemory', stage: 'model', layers: 0 }, wishes), undefined);
  });

  it('leaves out flash attention where a GPU fails with it and nobody insists', () => {
    const failed = { code: 'engineFailed', stage: 'context' } as const;
    const without = nextAttempt(onGpu, failed, wishes);
    assert.equal(without?.flashAttention, false);
    assert.equal(without && nextAttempt(without, failed, wishes), undefined);
    assert.equal(nextAttempt(onGpu, failed, { ...wishes, flashAttention: 'on' }), undefined);
    assert.equal(nextAttempt(onProcessor, failed, wishes), undefined);
  });

  it('does not try again what no trying helps', () => {
    for (const code of ['adapterUnfit', 'modelUnsupported', 'modelDamaged'] as const)
      assert.equal(nextAttempt(onGpu, { code, stage: 'model' }, wishes), undefined);
  });
});

describe('the room of a context', () => {
  it('gives up kept places before it gives up size', () => {
    assert.deepEqual(
      roomsOf({ contextSize: 4096, places: 3 }).map(({ contextSize, places }) => [contextSize, places]),
      [
        [4096, 3],
        [4096, 2],
        [4096, 1],
        [2048, 1],
        [1024, 1],
      ],
    );
    assert.deepEqual(roomsOf({ contextSize: 512, places: 1 }), [{ contextSize: 512, places: 1 }]);
  });

  it('takes half of the free memory for kept places, all of it for one', () => {
    assert.equal(fits({ contextSize: 4096, places: 3 }, 600, 1000), false);
    assert.equal(fits({ contextSize: 4096, places: 2 }, 500, 1000), true);
    assert.equal(fits({ contextSize: 4096, places: 1 }, 1000, 1000), true);
    assert.equal(fits({ contextSize: 4096, places: 1 }, 1001, 1000), false);
  });
});
