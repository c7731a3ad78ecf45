/** Headers over HTTP, from servers that send parts of files and from servers that do not. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { readHeader, readRemoteHeader } from '../../src/model/gguf/header';
import { ggufFile } from '../support/ggufFile';
import { modelSpec, patient } from '../support/modelFiles';
import { embedded } from '../support/server';

describe('header over HTTP', () => {
  let server: Server;
  let address: string;
  let model: Buffer;
  /** What each request asked for, and how much was taken off the server's hands. */
  let asked: (string | undefined)[];
  let taken: number;

  before(async () => {
    model = await readFile(embedded.file);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function serve(listener: RequestListener): Promise<void> {
    asked = [];
    taken = 0;
    server = createServer((request, response) => {
      asked.push(request.headers.range);
      listener(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    assert.ok(typeof bound === 'object' && bound !== null);
    address = `http://127.0.0.1:${bound.port}/model.gguf`;
  }

  /** Sends a little at a time, as a network does, and counts what went out. */
  function send(response: Parameters<RequestListener>[1], bytes: Buffer): void {
    let at = 0;
    const step = (): void => {
      if (response.destroyed) return;
      if (at >= bytes.length) {
        response.end();
        return;
      }
      const piece = bytes.subarray(at, at + (64 << 10));
      at += piece.length;
      taken = at;
      if (response.write(piece)) setImmediate(step);
      else response.once('drain', step);
    };
    step();
  }

  const inParts: RequestListener = (request, response) => {
    const [, from = '0', to = '0'] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const last = Math.min(Number(to), model.length - 1);
    response.writeHead(206, { 'content-range': `bytes ${from}-${last}/${model.length}` });
    send(response, model.subarray(Number(from), last + 1));
  };

  const refusalFrom = async (signal = patient) => {
    const read = await readRemoteHeader(address, fetch, signal);
    return 'refusal' in read ? read.refusal : '';
  };

  it('is the one of the file, and no more is read', async () => {
    await serve(inParts);
    assert.deepEqual(await readRemoteHeader(address, fetch, patient), await readHeader(embedded.file, patient));
    assert.deepEqual(asked, ['bytes=0-33554431']);
    assert.ok(taken < model.length / 4, `${taken} bytes were sent`);
  });

  it('is read from a server that sends the whole file, which is cut off', async () => {
    await serve((_, response) => {
      response.writeHead(200, { 'content-length': model.length });
      send(response, model);
    });
    assert.deepEqual(await readRemoteHeader(address, fetch, patient), await readHeader(embedded.file, patient));
    assert.ok(taken < model.length / 4, `${taken} bytes were sent`);
  });

  it('of a size that the server does not tell is read all the same', async () => {
    await serve((_, response) => send(response.writeHead(200), ggufFile(modelSpec())));
    const header = await readRemoteHeader(address, fetch, patient);
    assert.ok(!('refusal' in header));
    assert.equal(header.bytes, null);
    assert.equal(header.name, 'Two Layers');
  });

  it('that never ends is given up', async function () {
    this.timeout(20_000);
    const empty = ggufFile({ metadata: { 'tokenizer.ggml.tokens': [''] } });
    empty.writeBigUInt64LE(2n ** 32n, empty.indexOf('tokens') + 6 + 4 + 4);
    await serve((_, response) => send(response.writeHead(200), Buffer.concat([empty, Buffer.alloc(60 << 20)])));
    assert.equal(await refusalFrom(), 'tooLarge');
    assert.ok(taken < 48 << 20, `${taken} bytes were sent`);
  });

  it('says what went wrong', async () => {
    await serve((_, response) => response.writeHead(404).end('Entry not found'));
    assert.equal(await refusalFrom(), 'missing');
    server.close();
    await serve((_, response) => response.writeHead(401).end('Access is restricted'));
    assert.equal(await refusalFrom(), 'unreachable');
    server.close();
    await serve((_, response) => response.end('<!doctype html><title>Sign in</title>'));
    assert.equal(await refusalFrom(), 'notGguf');
    server.close();
    await serve((_, response) => response.writeHead(416).end());
    assert.equal(await refusalFrom(), 'truncated');
    server.close();
    await serve((_, response) => {
      response.writeHead(200, { 'content-length': model.length });
      response.write(model.subarray(0, 100_000), () => response.destroy());
    });
    assert.equal(await refusalFrom(), 'unreachable');
    await new Promise((resolve) => server.close(resolve));
    assert.equal(await refusalFrom(), 'unreachable');
    await serve(inParts);
  });

  it('stops when it is cancelled, before and during the answer', async () => {
    for (const start of [0, 50_000]) {
      await serve((_, response) => {
        if (start > 0) response.writeHead(200).write(model.subarray(0, start));
      });
      const started = performance.now();
      await assert.rejects(readRemoteHeader(address, fetch, AbortSignal.timeout(200)), { name: 'TimeoutError' });
      assert.ok(performance.now() - started < 2000);
      server.closeAllConnections();
      server.close();
    }
  });
});
