import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { asking, inspectSoon } from '../../src/download/ask';
import { inspectRemote } from '../../src/download/remote';
import { modelBytes, Place, quick } from '../support/downloads';
import { type Served, sha256 } from '../support/hub';

const body = modelBytes(5000);

describe('inspectRemote', () => {
  let place: Place;
  beforeEach(async () => {
    place = await Place.make();
  });
  afterEach(() => place.remove());

  const inspect = () => inspectRemote(place.wanted().url, quick, new AbortController().signal);

  it('tells what the hub says before it leads on', async () => {
    place.serve({ body, digest: 'hub' });
    assert.deepEqual(await inspect(), {
      url: place.hub.url('/store/a/model.gguf?signature=secret'),
      bytes: body.length,
      sha256: sha256(body),
      sha256From: 'header',
      acceptsRanges: true,
      etag: '"one"',
      lastModified: null,
      commit: '0123456789abcdef0123456789abcdef01234567',
    });
  });

  it('tells a digest by whichever header it comes', async () => {
    const ways: readonly (readonly [Served, string | null])[] = [
      [{ body, digest: 'header' }, 'header'],
      [{ body, digest: 'etag' }, 'etag'],
      [{ body, etag: '"short"' }, null],
    ];
    for (const [served, from] of ways) {
      place.serve(served);
      const { sha256: told, sha256From } = await inspect();
      assert.equal(sha256From, from);
      assert.equal(told, from === null ? null : sha256(body));
    }
  });

  it('believes of parts only what it has seen', async () => {
    place.serve({ body, ranges: 'none', lastModified: 'Thu, 01 Oct 2026 10:00:00 GMT' });
    const { acceptsRanges, bytes, lastModified } = await inspect();
    assert.deepEqual([acceptsRanges, bytes, lastModified], [false, 5000, 'Thu, 01 Oct 2026 10:00:00 GMT']);
    place.serve({ body, ranges: 'none', isSizeHidden: true });
    assert.equal((await inspect()).bytes, null);
  });

  it('asks again without HEAD where that is refused', async () => {
    place.serve({ body, digest: 'hub' });
    const fetch = (url: string, init?: RequestInit): Promise<Response> =>
      init?.method === 'HEAD' ? Promise.resolve(new Response(null, { status: 403 })) : globalThis.fetch(url, init);
    const { sha256: told } = await inspectRemote(place.wanted().url, { ...quick, fetch }, new AbortController().signal);
    assert.equal(told, sha256(body));
  });

  it('leaves no connection open, and nothing at the signal', async () => {
    place.serve({ body: modelBytes(10_000_000), ranges: 'none', bytesPerSecond: 1_000_000 });
    const { signal } = new AbortController();
    await inspectRemote(place.wanted().url, quick, signal);
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(place.hub.atOnce, 0);
  });

  it('goes in no circle, and from no https to http', async () => {
    const to = (location: string) => () => Promise.resolve(new Response(null, { status: 302, headers: { location } }));
    const { signal } = new AbortController();
    const circle = { ...quick, fetch: to('https://a.example/b') };
    await assert.rejects(inspectRemote('https://a.example/b', circle, signal), { fault: 'serverFailed' });
    const down = { ...quick, fetch: to('http://a.example/b') };
    await assert.rejects(inspectRemote('https://a.example/b', down, signal), { fault: 'untrusted' });
    const nowhere = { ...quick, fetch: to('file:///etc/passwd') };
    await assert.rejects(inspectRemote('https://a.example/b', nowhere, signal), { fault: 'badAddress' });
  });

  it('gives a password to no other host', async () => {
    const asked: (readonly [string, string | null])[] = [];
    const fetch = async (url: string, init?: RequestInit): Promise<Response> => {
      asked.push([new URL(url).host, new Headers(init?.headers).get('authorization')]);
      if (url.startsWith('https://store.')) return new Response('G', { headers: { 'content-length': '1' } });
      return new Response(null, { status: 302, headers: { location: 'https://store.example/x' } });
    };
    await inspectRemote('https://anna:pass@hub.example/x', { ...quick, fetch }, new AbortController().signal);
    assert.deepEqual(asked, [
      ['hub.example', `Basic ${btoa('anna:pass')}`],
      ['store.example', null],
      ['store.example', null],
    ]);
  });

  it('tells an untrusted certificate from a missing connection', async () => {
    const cause = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
    const asked = inspectRemote('https://a.example', { ...quick, fetch }, new AbortController().signal);
    await assert.rejects(asked, { fault: 'untrusted' });
  });
});

describe('what is asked before a download', () => {
  let place: Place;
  beforeEach(async () => {
    place = await Place.make();
  });
  afterEach(() => place.remove());

  it('may be asked of a mirror with a password, and is told without it, with where it led', async () => {
    place.serve({ body, digest: 'hub' });
    const told: (readonly [url: string, bytes: number])[] = [];
    const url = place.hub.url('/a/model.gguf?token=1');
    const headers = { range: 'bytes=0-9' };
    const response = await asking((each) => void told.push([each.url, each.bytes]))(
      url.replace('//', '//anna:s3cret@'),
      { headers },
    );
    await response.arrayBuffer();
    assert.deepEqual(told, [
      [place.hub.url('/a/model.gguf'), 0],
      [place.hub.url('/store/a/model.gguf'), 10],
    ]);
    assert.equal(place.hub.seen[0]?.authorization, `Basic ${btoa('anna:s3cret')}`);
    assert.equal(place.hub.seen[0]?.range, 'bytes=0-9');
  });

  it('is a fault of the server when no answer comes in time', async () => {
    const never = (_: string, init?: RequestInit): Promise<Response> =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    await assert.rejects(inspectSoon('https://a.example/x', { fetch: never }, 50), { fault: 'serverFailed' });
  });
});
