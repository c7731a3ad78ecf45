import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ReadyStatus } from '../../server/protocol';
import type { Launch } from '../../src/client/launch';
import { type GpuFault, writeFakeEngine } from '../support/fakeEngine';
import type { LspClient } from '../support/lspClient';
import { startServer, uriOf } from '../support/server';

describe('server process on a GPU', () => {
  let folder: string;
  let client: LspClient | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'minnow-'));
  });
  afterEach(async () => {
    await client?.stop();
    client = undefined;
    await rm(folder, { recursive: true });
  });

  async function startOn(fault: GpuFault, launch: Partial<Launch> = {}): Promise<ReadyStatus> {
    const engineFolder = await writeFakeEngine(folder, fault);
    client = await startServer({ launch: { backend: 'vulkan', engineFolder, ...launch } });
    const status = await client.settled();
    assert.ok(status.state === 'ready', JSON.stringify(status));
    return status;
  }

  it('uses all layers of it', async () => {
    const { backend, gpuLayers, layers, contextSize, fallback } = await startOn('sound');
    assert.deepEqual([backend, gpuLayers, layers, contextSize, fallback], ['vulkan', 32, 32, 2048, undefined]);
  });

  it('uses as many layers as wished', async () => {
    assert.equal((await startOn('sound', { gpuLayers: 5 })).gpuLayers, 5);
  });

  it('uses fewer layers where its memory is small', async () => {
    const { backend, gpuLayers } = await startOn('tight');
    assert.deepEqual([backend, gpuLayers], ['vulkan', 8]);
  });

  it('does without flash attention where it cannot do it', async () => {
    assert.equal((await startOn('noFlash')).backend, 'vulkan');
  });

  for (const [fault, reason, launch] of [
    ['full', /VRAM/, {}],
    ['nonsense', /nonsense/, {}],
    ['unsupported', /unsupported toolchain/, {}],
    ['noFlash', /create context/, { flashAttention: 'on' }],
  ] as const)
    it(`goes to the processor when it fails, and says why: ${fault}`, async () => {
      const { backend, gpuLayers, fallback } = await startOn(fault, launch);
      assert.deepEqual([backend, gpuLayers], ['cpu', 0]);
      assert.match(fallback ?? '', reason);
      await client?.open(uriOf('p.py'), 'python', 'def add(a, b):\n    return ');
      assert.match(String((await client?.complete(uriOf('p.py'), { line: 1, character: 11 }))?.insertText), /a \+ b/);
    });

  it('stays on the processor when the model wakes, and says so again', async () => {
    const status = await startOn('nonsense', { unloadAfterMinutes: 0.01 });
    while (client?.statuses.at(-1)?.state !== 'asleep') await new Promise((resolve) => setTimeout(resolve, 50));
    await client.open(uriOf('p.py'), 'python', 'def add(a, b):\n    return ');
    await client.complete(uriOf('p.py'), { line: 1, character: 11 });
    const again = client.statuses.findLast(({ state }) => state === 'ready');
    assert.ok(again?.state === 'ready' && again.fallback === status.fallback, JSON.stringify(again));
    assert.equal(client.logs.filter((line) => line.includes('the GPU is given up')).length, 1);
  });
});
