import assert from 'node:assert/strict';
import type { Llama, LlamaOptions } from 'node-llama-cpp';
import { chooseThreads, type GetLlama, openBackend } from '../../../server/llm/backend';

/** An engine that has the given backends, each with its devices. */
function engineWith(backends: Readonly<Record<string, readonly string[]>>): {
  getLlama: GetLlama;
  opened: LlamaOptions['gpu'][];
} {
  const opened: LlamaOptions['gpu'][] = [];
  const getLlama = async ({ gpu }: LlamaOptions): Promise<Llama> => {
    opened.push(gpu);
    const name = gpu === 'auto' ? (Object.keys(backends)[0] ?? false) : gpu;
    if (name && backends[String(name)] === undefined) throw new Error(`no binary for ${String(name)}\nmore`);
    const devices = name ? backends[String(name)] : [];
    return { gpu: name, getGpuDeviceNames: async () => devices, dispose: async () => undefined } as unknown as Llama;
  };
  return { getLlama, opened };
}

describe('openBackend', () => {
  it('takes the wished backend when it has a device', async () => {
    const { getLlama } = engineWith({ vulkan: ['GPU 0'] });
    const { backend, fallback } = await openBackend(getLlama, 'vulkan', {});
    assert.deepEqual([backend, fallback], ['vulkan', undefined]);
  });

  it('takes the processor when the wished backend is not there, and says why', async () => {
    const { backend, fallback } = await openBackend(engineWith({}).getLlama, 'cuda', {});
    assert.deepEqual([backend, fallback], ['cpu', 'no binary for cuda']);
  });

  it('takes the processor when a driver has no device', async () => {
    const { getLlama, opened } = engineWith({ vulkan: [] });
    assert.deepEqual((await openBackend(getLlama, 'vulkan', {})).fallback, 'no vulkan device was found');
    assert.deepEqual(opened, ['vulkan', false]);
    assert.deepEqual((await openBackend(engineWith({ vulkan: [] }).getLlama, 'auto', {})).fallback, undefined);
  });

  it('takes the processor when a driver cannot tell of its devices, and says why', async () => {
    const { getLlama } = engineWith({ vulkan: ['GPU 0'] });
    const failing: GetLlama = async (options) =>
      Object.assign(await getLlama(options), { getGpuDeviceNames: () => Promise.reject(new Error('device lost')) });
    const { backend, fallback } = await openBackend(failing, 'vulkan', {}, getLlama);
    assert.deepEqual([backend, fallback], ['cpu', 'device lost']);
  });

  it('opens the processor by another engine where it is told to', async () => {
    const fetched = engineWith({ vulkan: [] });
    const packaged = engineWith({});
    const { backend } = await openBackend(fetched.getLlama, 'vulkan', {}, packaged.getLlama);
    assert.deepEqual([backend, fetched.opened, packaged.opened], ['cpu', ['vulkan'], [false]]);
  });

  it('does not look for a GPU when the processor is wished', async () => {
    const { getLlama, opened } = engineWith({ cuda: ['GPU 0'] });
    await openBackend(getLlama, 'cpu', {});
    assert.deepEqual(opened, [false]);
  });
});

describe('chooseThreads', () => {
  it('leaves a core to the editor, and takes no more than help', () => {
    assert.deepEqual(
      [1, 2, 4, 8, 16, 64].map((cores) => chooseThreads(0, cores)),
      [1, 1, 3, 4, 8, 8],
    );
  });
  it('takes what is wished, up to the cores', () => {
    assert.deepEqual([chooseThreads(2, 2), chooseThreads(9, 4), chooseThreads(3, 8)], [2, 4, 3]);
  });
});
