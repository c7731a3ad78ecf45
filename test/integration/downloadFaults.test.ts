import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Connection } from '../../src/download/connection';
import { modelBytes, Place, parallel, quick } from '../support/downloads';
import { type Served, sha256 } from '../support/hub';

const body = modelBytes(900_000);
const unfinishedFiles = ['.part', '.part.json'];

describe('download from a server with faults', () => {
  let place: Place;
  beforeEach(async () => {
    place = await Place.make();
  });
  afterEach(() => place.remove());

  async function isRight(): Promise<void> {
    assert.deepEqual(await place.content(), body);
    assert.deepEqual(await place.left(), ['']);
  }

  it('goes on after each of many cuts, and fetches nothing twice', async () => {
    for (const options of [quick, parallel]) {
      place.serve({ body, fault: { kind: 'cut', after: 120_000, times: 7 } });
      await place.get(options);
      await isRight();
      const twice = place.hub.sent - body.length - 1;
      // What was on its way when the connection was cut never came; it is sent again.
      assert.ok(twice < 7 * 120_000, `${twice}`);
      const starts = place.hub.seen.flatMap(({ range }) => /=(\d+)-/.exec(range ?? '')?.[1] ?? []).slice(1);
      assert.equal(new Set(starts).size, starts.length, starts.join());
      await place.remove();
      place = await Place.make();
    }
  });

  it('gives up after so many cuts without a byte, and goes on another time', async () => {
    place.serve({ body, fault: { kind: 'cut', after: 300_000, times: 1 }, bytesPerSecond: 10_000_000 });
    const { url } = place.wanted();
    const fetch = (to: string, init?: RequestInit): Promise<Response> => {
      const { range } = Object.fromEntries(new Headers(init?.headers));
      const isLater = range !== undefined && !range.startsWith('bytes=0-');
      return isLater ? Promise.reject(new TypeError('fetch failed')) : globalThis.fetch(to, init);
    };
    assert.equal(await place.faultOf({ ...quick, fetch }), 'offline');
    assert.deepEqual(await place.left(), unfinishedFiles);
    const before = place.hub.sent;
    await place.get(quick, { url });
    await isRight();
    assert.ok(place.hub.sent - before < body.length - 200_000, `${place.hub.sent - before}`);
  });

  it('takes silence for a cut', async () => {
    place.serve({ body, fault: { kind: 'stall', after: 400_000, times: 1 } });
    await place.get();
    await isRight();
    place.serve({ body: modelBytes(5000), fault: { kind: 'stall', after: 4, times: 99 } }, '/b');
    const url = place.hub.url('/b');
    assert.equal(await place.faultOf({ ...quick, stallMs: 60 }, { url }), 'serverFailed');
  });

  it('waits as long as the server asks for, and tries errors of the server again', async () => {
    for (const [code, retryAfter, least] of [
      [429, '1', 990],
      [500, undefined, 0],
      [503, 'soon', 0],
    ] as const) {
      place = await renewed(place);
      place.serve({ body, status: { code, times: 1, ...(retryAfter === undefined ? {} : { retryAfter }) } });
      const start = performance.now();
      await place.get();
      assert.ok(performance.now() - start > least);
      await isRight();
    }
  });

  it('says what the server says for good', async () => {
    const faults: readonly (readonly [number, string, number])[] = [
      [404, 'notFound', 1],
      [410, 'notFound', 1],
      [401, 'forbidden', 1],
      [403, 'forbidden', 1],
      [400, 'serverFailed', 1],
      [500, 'serverFailed', 3],
      [429, 'serverFailed', 3],
    ];
    for (const [code, fault, looks] of faults) {
      place = await renewed(place);
      place.serve({ body, status: { code, times: 99 } });
      assert.equal(await place.faultOf(), fault, `${code}`);
      assert.equal(place.hub.seen.filter(({ method }) => method === 'GET').length, looks, `${code}`);
      assert.deepEqual(await place.left(), []);
    }
  });

  it('does not wait for a server that asks for an hour', async () => {
    place.serve({ body, status: { code: 429, times: 9, retryAfter: '3600' } });
    assert.equal(await place.faultOf(), 'serverFailed');
  });

  it('does without parts where the server serves them wrongly', async () => {
    const lies: readonly NonNullable<Served['ranges']>[] = [
      'none',
      'ignored',
      'wrongContentRange',
      'noContentRange',
      'tooLong',
    ];
    for (const ranges of lies)
      for (const options of [quick, parallel]) {
        place = await renewed(place);
        place.serve({ body, ranges });
        await place.get(options, { sha256: sha256(body) });
        await isRight();
        assert.equal(place.hub.seen.at(-1)?.range, undefined, ranges);
        if (ranges === 'none') assert.equal(place.hub.mostAtOnce, 1);
      }
  });

  it('begins anew after a cut where there are no parts, and gives up in the end', async () => {
    place.serve({ body, ranges: 'none', fault: { kind: 'cut', after: 300_000, times: 2 } });
    await place.get({ ...quick, tries: 5 });
    await isRight();
    place = await renewed(place);
    place.serve({ body, ranges: 'none', fault: { kind: 'cut', after: 300_000, times: 99 } });
    assert.equal(await place.faultOf(), 'serverFailed');
    assert.ok(place.hub.seen.length < 12, `${place.hub.seen.length}`);
  });

  it('never lets bytes that are wrong to the place of the file', async () => {
    const wrong: readonly Served[] = [
      { body, sent: modelBytes(body.length), digest: 'hub' },
      { body, sent: modelBytes(body.length), digest: 'header' },
      { body, sent: modelBytes(body.length), digest: 'etag' },
      { body, ranges: 'shifted', digest: 'header' },
    ];
    for (const served of wrong) {
      place = await renewed(place);
      await mkdir(path.dirname(place.file));
      await writeFile(`${place.file}.quarantine`, 'older');
      place.serve(served);
      assert.equal(await place.faultOf(parallel, served.ranges ? { magic: '' } : {}), 'wrongBytes');
      assert.deepEqual(await place.left(), ['.quarantine']);
      assert.equal((await readFile(`${place.file}.quarantine`)).length, body.length);
    }
    place.serve({ body, digest: 'hub' });
    await place.get();
    await isRight();
    assert.deepEqual(await place.left(), [''], 'what was put aside goes when the right file comes');
  });

  it('refuses a file of another size, or of another digest, before it is fetched', async () => {
    place.serve({ body, digest: 'hub' });
    assert.equal(await place.faultOf(quick, { bytes: body.length + 1 }), 'wrongSize');
    assert.equal(await place.faultOf(quick, { sha256: '0'.repeat(64) }), 'changed');
    assert.ok(place.hub.sent <= 2);
    assert.deepEqual(await place.left(), []);
  });

  it('finds out a wrong size on the way where the server does not tell it', async () => {
    for (const bytes of [body.length + 1, body.length - 1, 10_000]) {
      place = await renewed(place);
      place.serve({ body, isSizeHidden: true, ranges: 'none', bytesPerSecond: 5_000_000 });
      assert.equal(await place.faultOf(quick, { bytes }), 'wrongSize');
      assert.deepEqual(await place.left(), []);
    }
    assert.ok(place.hub.sent < body.length / 2, 'the rest of a file that is too long was fetched');
    await place.get();
    await isRight();
  });

  it('begins anew when the file on the server has changed', async () => {
    const older = modelBytes(body.length);
    place.serve({ body: older, etag: '"old"', fault: { kind: 'cut', after: 400_000, times: 1 } });
    assert.equal(await place.faultOf({ ...quick, tries: 1 }), 'serverFailed');
    assert.deepEqual(await place.left(), unfinishedFiles);
    place.serve({ body, etag: '"new"' });
    await place.get();
    await isRight();
  });

  it('notices a change between two pieces, and gives up on a file that never stands still', async () => {
    place.serve({ body: modelBytes(body.length), etag: '"old"', bytesPerSecond: 1_000_000 });
    const got = place.get({ ...quick, parallelFrom: 1000, connections: 2, pieceBytes: 100_000 });
    setTimeout(() => place.serve({ body, etag: '"new"' }), 250);
    await got;
    await isRight();
    place = await renewed(place);
    let version = 0;
    const onConnection = (_: Connection): void => place.serve({ body, etag: `"${version++}"` });
    onConnection({ url: '', when: 0, bytes: 0 });
    assert.equal(await place.faultOf({ ...quick, onConnection }), 'changed');
  });

  it('says when nobody answers, and what is no address or digest', async () => {
    assert.equal(await place.faultOf(quick, { url: 'http://127.0.0.1:9/a' }), 'offline');
    assert.equal(await place.faultOf(quick, { url: 'file:///etc/passwd' }), 'badAddress');
    assert.equal(await place.faultOf(quick, { url: 'model' }), 'badAddress');
    assert.equal(await place.faultOf(quick, { sha256: 'abc' }), 'badDigest');
    assert.equal(await place.faultOf(quick, { integrity: 'sha1-abc' }), 'badDigest');
  });
});

async function renewed(place: Place): Promise<Place> {
  await place.remove();
  return Place.make();
}
