import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Connection } from '../../src/download/connection';
import type { Progress } from '../../src/download/wanted';
import { modelBytes, Place, parallel, quick } from '../support/downloads';
import { sha256 } from '../support/hub';

const body = modelBytes(900_000);

describe('download', () => {
  let place: Place;
  beforeEach(async () => {
    place = await Place.make();
  });
  afterEach(() => place.remove());

  it('brings the file, and checks it by what the hub tells', async () => {
    place.serve({ body, digest: 'hub' });
    assert.deepEqual(await place.get(), { file: place.file, sha256: sha256(body), bytes: body.length });
    assert.deepEqual(await place.content(), body);
    assert.deepEqual(await place.left(), ['']);
  });

  it('goes on where fetch will not hand out a redirect', async () => {
    place.serve({ body, digest: 'hub' });
    const refusals = [
      () => Promise.reject(new TypeError('redirect was cancelled')),
      async () => Object.defineProperty(new Response(null), 'status', { value: 0 }),
    ];
    for (const [index, refuse] of refusals.entries()) {
      const fetch = (url: string, init?: RequestInit): Promise<Response> =>
        init?.redirect === 'manual' ? refuse() : globalThis.fetch(url, init);
      const file = path.join(place.folder, `${index}`, 'model.gguf');
      assert.equal((await place.get({ ...quick, fetch }, { file })).sha256, sha256(body));
      assert.deepEqual(await readFile(file), body);
    }
  });

  it('makes no connection when the file is there and right', async () => {
    await mkdir(path.dirname(place.file));
    await writeFile(place.file, body);
    const fetch = () => Promise.reject(new Error('asked'));
    const got = await place.get({ ...quick, fetch }, { sha256: sha256(body).toUpperCase(), bytes: body.length });
    assert.equal(got.bytes, body.length);
    assert.equal(place.hub.seen.length, 0);
  });

  it('replaces a wrong file only by a right one', async () => {
    place.serve({ body, sent: modelBytes(body.length), digest: 'hub' });
    await mkdir(path.dirname(place.file));
    await writeFile(place.file, 'old');
    assert.equal(await place.faultOf(), 'wrongBytes');
    assert.equal(await readFile(place.file, 'utf8'), 'old');
    place.serve({ body, digest: 'hub' });
    await place.get();
    assert.deepEqual(await place.content(), body);
  });

  it('fetches nothing again where the server tells that the file which is there is right', async () => {
    place.serve({ body, digest: 'hub' });
    await place.get();
    const { sent } = place.hub;
    await place.get();
    assert.ok(place.hub.sent - sent <= 1, `${place.hub.sent - sent}`);
  });

  it('uses several connections at once for a large file, and one for a small one', async () => {
    place.serve({ body, bytesPerSecond: 1_000_000 });
    await place.get(quick);
    assert.equal(place.hub.mostAtOnce, 1);
    assert.deepEqual(await place.content(), body);
    await place.remove();
    place = await Place.make();
    place.serve({ body, bytesPerSecond: 1_000_000 });
    await place.get(parallel);
    assert.equal(place.hub.mostAtOnce, 4);
    assert.deepEqual(await place.content(), body);
    assert.equal(place.hub.sent, body.length + 1);
  });

  it('checks an integrity as npm writes it', async () => {
    place.serve({ body });
    const integrity = `sha1-x sha512-${createHash('sha512').update(body).digest('base64')}`;
    await place.get(quick, { integrity });
    assert.deepEqual(await place.left(), ['']);
    const wrong = { integrity: `sha512-${createHash('sha512').update('x').digest('base64')}` };
    assert.equal(await place.faultOf(quick, { ...wrong, file: `${place.file}2` }), 'wrongBytes');
  });

  it('tells how far it is, four times a second, and of each connection', async () => {
    place.serve({ body, digest: 'hub', bytesPerSecond: 1_000_000 });
    const seen: Progress[] = [];
    const made: Connection[] = [];
    await place.get({
      ...quick,
      onProgress: (progress) => seen.push(progress),
      onConnection: (connection) => made.push(connection),
    });
    const received = seen.map((each) => each.received);
    assert.deepEqual(
      received,
      received.toSorted((a, b) => a - b),
    );
    assert.equal(received.at(-1), body.length);
    assert.ok(seen.length >= 3 && seen.length < 15, `${seen.length}`);
    const middle = seen[Math.floor(seen.length / 2)];
    assert.ok((middle?.bytesPerSecond ?? 0) > 300_000 && middle?.secondsLeft === 1, JSON.stringify(middle));
    assert.equal(
      made.reduce((sum, { bytes }) => sum + bytes, 0),
      body.length + 1,
    );
    assert.deepEqual([...new Set(made.map(({ url }) => new URL(url).pathname))].toSorted(), [
      '/a/model.gguf',
      '/store/a/model.gguf',
    ]);
    assert.ok(made.every(({ url, when }) => !url.includes('secret') && Math.abs(Date.now() - when) < 10_000));
  });

  it('sends a name and password of the address as a header, and writes them nowhere', async () => {
    place.serve({ body, status: { code: 403, times: 9 } });
    const url = place.wanted().url.replace('//', '//anna:s3cret@');
    const made: Connection[] = [];
    await assert.rejects(place.get({ ...quick, onConnection: (each) => made.push(each) }, { url }), (error) => {
      assert.doesNotMatch(String(error), /s3cret/);
      return true;
    });
    assert.ok(place.hub.seen.every(({ authorization }) => authorization === `Basic ${btoa('anna:s3cret')}`));
    assert.doesNotMatch(JSON.stringify(made), /s3cret/);
  });
});
