import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type ReadyStatus, StatusRequest } from '../../server/protocol';
import type { Launch } from '../../src/client/launch';
import type { LspClient } from '../support/lspClient';
import { embedded, startServer, uriOf } from '../support/server';

const text = 'class P:\n    def get_x(self):\n        return self.x\n\n    def get_y(self):\n        return ';
const end = { line: 5, character: 15 };

describe('server process with engine options', () => {
  let client: LspClient | undefined;
  afterEach(async () => {
    await client?.stop();
    client = undefined;
  });

  async function startWith(launch: Partial<Launch>): Promise<{ client: LspClient; status: ReadyStatus }> {
    const started = await startServer({ launch });
    client = started;
    const status = await started.settled();
    assert.ok(status.state === 'ready', JSON.stringify(status));
    return { client: started, status };
  }

  /** What is suggested at a place that leaves no doubt. */
  async function said(by: LspClient): Promise<string> {
    await by.open(uriOf('p.py'), 'python', text);
    return String((await by.complete(uriOf('p.py'), end))?.insertText);
  }

  it('takes all that the model was trained on, on the processor, by itself', async () => {
    const { client, status } = await startWith({});
    const { contextSize, gpuLayers, layers, backend, fallback } = status;
    assert.deepEqual(
      { contextSize, gpuLayers, layers, backend, fallback },
      { contextSize: embedded.model.context, gpuLayers: 0, layers: 21, backend: 'cpu', fallback: undefined },
    );
    assert.equal(await said(client), 'self.y');
  });

  it('makes the context as large as wished, up to what the model was trained on', async () => {
    assert.equal((await startWith({ contextSize: 768 })).status.contextSize, 768);
    assert.equal(await said(client ?? assert.fail()), 'self.y');
    await client?.stop();
    assert.equal((await startWith({ contextSize: 1 << 20 })).status.contextSize, embedded.model.context);
  });

  it('takes as many threads as wished, up to the cores', async () => {
    assert.equal((await startWith({ threads: 1 })).status.threads, 1);
  });

  const variants: readonly Partial<Launch>[] = [
    { kvCacheType: 'q8_0' },
    { kvCacheType: 'f16' },
    { flashAttention: 'off' },
    { flashAttention: 'off', kvCacheType: 'q8_0' },
    { flashAttention: 'on', memoryLock: true },
    { gpuLayers: 0, backend: 'auto' },
  ];
  for (const variant of variants)
    it(`answers with ${JSON.stringify(variant)}`, async () => {
      assert.equal(await said((await startWith(variant)).client), 'self.y');
    });

  it('keeps the weights from being paged out, or says in the log that it may not', async function () {
    if (process.platform !== 'linux') this.skip();
    const { client } = await startWith({ memoryLock: true });
    const locked = Number(/VmLck:\s+(\d+)/.exec(readFileSync(`/proc/${client.process.pid}/status`, 'utf8'))?.[1]);
    assert.ok(locked > 10_000 || client.logs.some((line) => line.includes('mlock')), `${locked} kB`);
  });

  it('takes the packaged engine on the processor where the fetched one is not there, and says so', async () => {
    const { client, status } = await startWith({ backend: 'auto', engineFolder: '/nowhere/engine' });
    assert.ok(status.backend === 'cpu' && status.fallback?.includes('nowhere'), JSON.stringify(status));
    assert.equal(await said(client), 'self.y');
  });

  it('starts with defaults where values are nonsense, and says so in the log', async () => {
    client = await startServer({
      args: [`--model=${embedded.file}`, '--layout=spm', '--threads=many', '--trainedOn=2048', '--contextSize'],
    });
    const status = await client.settled();
    assert.ok(status.state === 'ready' && status.contextSize === embedded.model.context, JSON.stringify(status));
    assert.ok(client.logs.some((line) => line.startsWith('--threads=many')));
    assert.deepEqual(await client.connection.sendRequest(StatusRequest), status);
  });
});
