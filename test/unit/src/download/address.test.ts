import assert from 'node:assert/strict';
import { addressOf, withMirror } from '../../../../src/download/address';
import { DownloadError } from '../../../../src/download/faults';
import { redacted, shown } from '../../../../src/download/redact';

const onHub = 'https://huggingface.co/owner/name/resolve/main/a.gguf?download=true';

describe('addresses of downloads', () => {
  it('are replaced by those of a mirror', () => {
    const pairs = [
      ['https://hub.example', 'https://hub.example/owner/name/resolve/main/a.gguf?download=true'],
      ['http://10.0.0.1:8080/hf/', 'http://10.0.0.1:8080/hf/owner/name/resolve/main/a.gguf?download=true'],
      [' https://u:p@hub.example ', 'https://u:p@hub.example/owner/name/resolve/main/a.gguf?download=true'],
      ['', onHub],
    ] as const;
    for (const [mirror, url] of pairs) assert.equal(withMirror(onHub, mirror), url);
    const npm = withMirror('https://registry.npmjs.org/@a/b/-/b-1.tgz', 'https://nexus.example/npm');
    assert.equal(npm, 'https://nexus.example/npm/@a/b/-/b-1.tgz');
  });

  it('of other hosts stay as they are', () => {
    for (const url of ['https://huggingface.co.example/a', 'https://example.com/a', 'http://huggingface.co/a'])
      assert.equal(withMirror(url, 'https://hub.example'), url);
  });

  it('must be of http, and a mirror has no query', () => {
    for (const mirror of ['hub.example', 'ftp://hub.example', 'file:///hub', 'javascript:1', 'https://a.example/?k=1'])
      assert.throws(() => withMirror(onHub, mirror), { fault: 'badAddress' }, mirror);
  });

  it('give their password away as a header', () => {
    assert.deepEqual(addressOf('https://example.com/a?b#c'), { url: 'https://example.com/a?b#c' });
    const { url, authorization } = addressOf('https://anna%40a:p%2Fw@example.com/a?b');
    assert.equal(url, 'https://example.com/a?b');
    assert.equal(authorization, `Basic ${btoa('anna@a:p/w')}`);
    assert.equal(addressOf('https://100%:x@example.com/').authorization, `Basic ${btoa('100%:x')}`);
  });

  it('are shown without secrets', () => {
    assert.equal(shown('https://u:p@example.com:81/a/b?token=1#x'), 'https://example.com:81/a/b');
    assert.equal(shown('no address'), '');
    const text = 'failed: https://u:p@example.com/a?token=1 (was http://x.example/?k=2)';
    assert.equal(redacted(text), 'failed: https://example.com/a (was http://x.example/');
    const { message, detail } = new DownloadError('offline', 'to https://u:p@example.com/a?token=1');
    assert.doesNotMatch(message + detail, /u:p|token/);
  });
});
