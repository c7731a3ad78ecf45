import assert from 'node:assert/strict';
import { loggedFetch } from '../../../../src/model/connections';

describe('loggedFetch', () => {
  const { fetch } = globalThis;
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  it('writes down both ends of a connection, without what is secret in them', async () => {
    const lines: string[] = [];
    globalThis.fetch = async () => {
      const response = new Response('text');
      Object.defineProperty(response, 'url', { value: 'https://store.example/blob?signature=s3cret' });
      return response;
    };
    const response = await loggedFetch({ info: (line) => lines.push(line) })(
      'https://hub.example/a/b.gguf?token=s3cret',
    );
    assert.equal(await response.text(), 'text');
    assert.deepEqual(lines, ['connection: https://hub.example/a/b.gguf', 'connection: https://store.example/blob']);
  });

  it('writes down one that did not come about', async () => {
    const lines: string[] = [];
    globalThis.fetch = async () => {
      throw new TypeError('fetch failed');
    };
    await assert.rejects(
      loggedFetch({ info: (line) => lines.push(line) })(new URL('https://hub.example/a')),
      TypeError,
    );
    assert.deepEqual(lines, ['connection: https://hub.example/a']);
  });
});
