import assert from 'node:assert/strict';
import { findQuantization, hubUrl, listFiles, localName } from '../../../../src/model/sources/hub';
import { patient } from '../../../support/modelFiles';

const repository = { owner: 'a', repo: 'b', revision: 'main' } as const;
const list = 'https://huggingface.co/api/models/a/b/tree/main?recursive=true';
const sha256 = 'ab'.repeat(32);

/** A hub that answers with these pages, and what it was asked for. */
function hubOf(pages: Readonly<Record<string, () => Response>>, mirror = 'https://huggingface.co') {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = (input) => {
    asked.push(String(input));
    const page = pages[String(input)];
    return page ? Promise.resolve(page()) : Promise.reject(new TypeError('fetch failed'));
  };
  return { fetch, mirror, asked };
}

const files = (...paths: readonly string[]) => paths.map((path) => ({ type: 'file', path, size: 7 }));
const hubWith = (...paths: readonly string[]) => hubOf({ [list]: () => Response.json(files(...paths)) });

describe('hub', () => {
  it('has each file at an address of its own, there or on a mirror', () => {
    const address = { ...repository, kind: 'hub', path: 'sub/my x.gguf' } as const;
    assert.equal(hubUrl(address), 'https://huggingface.co/a/b/resolve/main/sub/my%20x.gguf');
    assert.equal(hubUrl(address, ' '), hubUrl(address));
    assert.equal(
      hubUrl({ ...address, revision: 'refs/pr/1', path: 'x?y#z.gguf' }, 'https://mirror.example/hub/'),
      'https://mirror.example/hub/a/b/resolve/refs%2Fpr%2F1/x%3Fy%23z.gguf',
    );
  });

  it('lists the files of a repository with their sizes and hashes, page by page', async () => {
    const next = `${list}&cursor=2`;
    const hub = hubOf({
      [list]: () =>
        Response.json(
          [
            { type: 'directory', path: 'sub', size: 0 },
            { type: 'file', path: 'README.md', size: 10 },
            { type: 'file', path: 'x.gguf', size: 134, lfs: { oid: sha256, size: 5000 } },
          ],
          { headers: { link: `<${next}>; rel="next"` } },
        ),
      [next]: () => Response.json(files('sub/y.gguf'), { headers: { link: '<https://evil.example/>; rel="next"' } }),
    });
    assert.deepEqual(await listFiles(repository, hub, patient), [
      { path: 'x.gguf', bytes: 5000, sha256 },
      { path: 'sub/y.gguf', bytes: 7, sha256: null },
    ]);
    assert.deepEqual(hub.asked, [list, next]);
  });

  it('takes no file whose name leads elsewhere', async () => {
    const hub = hubWith('../x.gguf', '/x.gguf', 'a\\x.gguf', 'a//x.gguf', 'good.gguf');
    const found = await listFiles(repository, hub, patient);
    assert.deepEqual(Array.isArray(found) && found.map(({ path }) => path), ['good.gguf']);
  });

  it('says why it has no answer', async () => {
    const refusalOf = async (response: () => Response) => {
      const found = await listFiles(repository, hubOf({ [list]: response }), patient);
      return 'refusal' in found ? found.refusal : '';
    };
    assert.equal(await refusalOf(() => new Response('', { status: 401 })), 'noSuchRepository');
    assert.equal(await refusalOf(() => new Response('', { status: 404 })), 'noSuchRepository');
    assert.equal(await refusalOf(() => new Response('', { status: 403 })), 'locked');
    assert.equal(await refusalOf(() => new Response('', { status: 429 })), 'busy');
    assert.equal(await refusalOf(() => new Response('', { status: 503 })), 'busy');
    assert.equal(await refusalOf(() => new Response('<html>')), 'badAnswer');
    assert.equal(await refusalOf(() => Response.json({ error: 'x' })), 'badAnswer');
    assert.equal(await refusalOf(() => new Response(`[${' '.repeat(9 << 20)}]`)), 'badAnswer');
    assert.equal(await refusalOf(() => Response.json([null, 7, { path: 7 }, { type: 'file', path: 'x.gguf' }])), '');
    for (const failure of [new TypeError('fetch failed'), new Error('net::ERR_NAME_NOT_RESOLVED')])
      assert.equal(
        await refusalOf(() => {
          throw failure;
        }),
        'unreachable',
      );
    const cancelled = AbortSignal.abort();
    await assert.rejects(listFiles(repository, hubOf({}), cancelled), { name: 'AbortError' });
  });

  it('finds the file of a quantization by its name', async () => {
    const find = async (quantization: string, ...paths: readonly string[]) => {
      const found = await findQuantization(
        { ...repository, kind: 'hubQuant', quantization },
        hubWith(...paths),
        patient,
      );
      return 'refusal' in found ? found.refusal : found.address.path;
    };
    const all = ['m-Q4_K_S.gguf', 'm-Q4_K_M.gguf', 'm-IQ4_NL.gguf', 'm.q8_0.gguf', 'mmproj-m-F16.gguf', 'm_Q5_0.gguf'];
    assert.equal(await find('Q4_K_M', ...all), 'm-Q4_K_M.gguf');
    assert.equal(await find('q4_k_m', ...all), 'm-Q4_K_M.gguf');
    assert.equal(await find('Q8_0', ...all), 'm.q8_0.gguf');
    assert.equal(await find('Q5_0', ...all), 'm_Q5_0.gguf');
    assert.equal(await find('Q4_K', ...all), 'noSuchQuantization');
    assert.equal(await find('Q4_NL', ...all), 'noSuchQuantization');
    assert.equal(await find('F16', ...all), 'noSuchQuantization');
    assert.equal(await find('Q4_K_M', 'old/m-Q4_K_M.gguf', 'm-Q4_K_M.gguf'), 'm-Q4_K_M.gguf');
    assert.equal(await find('Q8_0', 'Q8_0/m-00001-of-00002.gguf', 'Q8_0/m-00002-of-00002.gguf'), 'split');
    assert.equal(await find('Q8_0'), 'noSuchQuantization');
  });
});

describe('name of a file that is kept', () => {
  it('is one that every system takes', () => {
    for (const [remote, name] of [
      ['sub/Qwen2.5-Coder-1.5B.Q4_K_M.gguf', 'Qwen2.5-Coder-1.5B.Q4_K_M.gguf'],
      ['..\\..\\x.gguf', 'x.gguf'],
      ['../..', '_.gguf'],
      ['a:b*c?.GGUF', 'a_b_c_.gguf'],
      ['.hidden.gguf', 'hidden.gguf'],
      ['x. .gguf', 'x.gguf'],
      ['CON.gguf', '_CON.gguf'],
      ['lpt1.q4.gguf', '_lpt1.q4.gguf'],
      ['モデル.gguf', 'モデル.gguf'],
      ['', '_.gguf'],
      [`${'x'.repeat(300)}.gguf`, `${'x'.repeat(200)}.gguf`],
      [`${'模'.repeat(100)}.gguf`, `${'模'.repeat(66)}.gguf`],
    ] as const)
      assert.equal(localName(remote), name);
  });
});
