import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InlineCompletionTriggerKind } from 'vscode-languageserver-protocol';
import { type Lora, writeLora } from '../support/loraFile';
import type { LspClient } from '../support/lspClient';
import { startServer, uriOf } from '../support/server';

/** The shape of the embedded model. */
const fitting: Lora = { architecture: 'llama', blocks: 20, width: 512, rank: 4, valueAt: () => 0 };
const invoked = { triggerKind: InlineCompletionTriggerKind.Invoked };

describe('server process with an adapter', () => {
  let folder: string;
  let client: LspClient | undefined;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'minnow-'));
  });
  afterEach(async () => {
    await client?.stop();
    client = undefined;
  });
  after(() => rm(folder, { recursive: true }));

  /** What the model says with the adapter, the likeliest and its alternatives; or why it says nothing. */
  async function saidWith(adapter?: string): Promise<string> {
    await client?.stop();
    client = await startServer({ launch: adapter === undefined ? {} : { adapter } });
    const status = await client.settled();
    if (status.state === 'failed') return status.code;
    const text = 'class P:\n    def get_x(self):\n        return self.x\n\n    def get_y(self):\n        return ';
    await client.open(uriOf('p.py'), 'python', text);
    const items = await client.ask(uriOf('p.py'), { line: 5, character: 15 }, invoked);
    return JSON.stringify(items.map(({ insertText }) => insertText));
  }

  async function fileOf(lora: Partial<Lora>): Promise<string> {
    const file = path.join(folder, 'adapter ä.gguf');
    await writeLora(file, { ...fitting, ...lora });
    return file;
  }

  it('says what it says without one when it changes nothing, and something else when it changes much', async () => {
    const plain = await saidWith();
    assert.match(plain, /self\.y/);
    assert.equal(await saidWith(await fileOf({})), plain);
    assert.notEqual(await saidWith(await fileOf({ valueAt: (index) => Math.sin(index * 12.9898) })), plain);
  });

  it('tells that the adapter was made for another model', async () => {
    for (const wrong of [{ width: 256 }, { architecture: 'qwen2' }, { type: 'model' }, { blocks: 40 }])
      assert.equal(await saidWith(await fileOf(wrong)), 'adapterUnfit', JSON.stringify(wrong));
  });

  it('tells that the file is no adapter, or is not there', async () => {
    const page = path.join(folder, 'page.gguf');
    await writeFile(page, '<!doctype html>');
    assert.equal(await saidWith(page), 'adapterUnfit');
    assert.equal(await saidWith(folder), 'adapterUnfit');
    assert.equal(await saidWith(path.join(folder, 'none.gguf')), 'adapterMissing');
  });
});
