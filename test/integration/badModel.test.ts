import assert from 'node:assert/strict';
import { copyFile, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkModelFile, type ModelFile } from '../../src/client/modelFile';
import type { LspClient } from '../support/lspClient';
import { embedded, startServer, uriOf } from '../support/server';

/** A copy whose bytes are changed to others of the same number. */
async function copyWith(folder: string, changes: readonly (readonly [from: string, to: string])[]): Promise<ModelFile> {
  const file = path.join(folder, 'changed.gguf');
  await copyFile(embedded.file, file);
  const head = (await readFile(file)).subarray(0, 4 << 20);
  const handle = await open(file, 'r+');
  for (const [from, to] of changes)
    for (let at = head.indexOf(from); at >= 0; at = head.indexOf(from, at + 1))
      await handle.write(Buffer.from(to), 0, to.length, at);
  await handle.close();
  return { ...embedded, file };
}

describe('server process with a bad model', () => {
  let client: LspClient | undefined;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'minnow-'));
  });
  afterEach(async () => {
    await client?.stop();
    client = undefined;
    await rm(folder, { recursive: true });
  });

  async function failureOf(modelFile: ModelFile): Promise<string> {
    client = await startServer({ modelFile });
    const status = await client.settled();
    await client.open(uriOf('a.ts'), 'typescript', 'const a = ');
    assert.equal(await client.complete(uriOf('a.ts'), { line: 0, character: 10 }), undefined);
    assert.equal(status.state, 'failed', JSON.stringify(status));
    return status.state === 'failed' ? status.code : '';
  }

  it('tells that the file is missing', async () => {
    assert.equal(await failureOf({ ...embedded, file: path.join(folder, 'none.gguf') }), 'modelMissing');
  });

  it('tells that the file is a web page', async () => {
    const file = path.join(folder, 'page.gguf');
    await writeFile(file, '<!doctype html><title>Sign in</title>');
    assert.equal(await failureOf({ model: { ...embedded.model, bytes: 37 }, file }), 'modelDamaged');
  });

  it('tells that the file is cut short, whether its size is known or not', async () => {
    const file = path.join(folder, 'short.gguf');
    await copyFile(embedded.file, file);
    await truncate(file, 30_000_000);
    assert.equal(await failureOf({ ...embedded, file }), 'modelDamaged');
    await client?.stop();
    assert.equal(await failureOf({ model: { ...embedded.model, bytes: 30_000_000 }, file }), 'modelDamaged');
  });

  it('tells that the architecture is not supported', async () => {
    const modelFile = await copyWith(folder, [['llama', 'lhama']]);
    assert.equal(await failureOf(modelFile), 'modelUnsupported');
  });

  it('refuses a model without fill-in-the-middle tokens for completion', async () => {
    const modelFile = await copyWith(folder, [
      ['fim_', 'mif_'],
      ['<|fim', '<|mif'],
    ]);
    client = await startServer({ modelFile });
    const status = await client.settled();
    assert.ok(status.state === 'ready' && !status.completes, JSON.stringify(status));
    await client.open(uriOf('a.ts'), 'typescript', 'const a = ');
    assert.equal(await client.complete(uriOf('a.ts'), { line: 0, character: 10 }), undefined);
  });

  it('takes the processor when the wished backend cannot start, and says so', async () => {
    client = await startServer({ launch: { backend: 'vulkan' } });
    const status = await client.settled();
    assert.ok(status.state === 'ready' && status.backend === 'cpu' && status.fallback, JSON.stringify(status));
  });
});

describe('checkModelFile', () => {
  it('finds one wrong byte, and takes the hash of an unchanged file only once', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'minnow-'));
    const kept = new Map<string, unknown>();
    const memory = {
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    };
    assert.equal(await checkModelFile(embedded, memory), undefined);
    assert.equal(kept.size, 1);
    const file = path.join(folder, 'bit.gguf');
    await copyFile(embedded.file, file);
    const handle = await open(file, 'r+');
    await handle.write(Buffer.from([0xff, 0x00, 0xff]), 0, 3, 40_000_000);
    await handle.close();
    assert.equal(await checkModelFile({ ...embedded, file }, memory), 'modelDamaged');
    assert.equal(await checkModelFile({ ...embedded, file: path.join(folder, 'none') }, memory), 'modelMissing');
    await rm(folder, { recursive: true });
  });
});
