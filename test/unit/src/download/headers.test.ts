import assert from 'node:assert/strict';
import {
  contentLength,
  contentRange,
  digestIn,
  digestInEtag,
  isPage,
  isPlainText,
  retryAfterMs,
  validator,
} from '../../../../src/download/headers';

const hex = '0123456789abcdef'.repeat(4);
const base64 = Buffer.from(hex, 'hex').toString('base64');

describe('headers of downloads', () => {
  it('tell a range, or nothing', () => {
    assert.deepEqual(contentRange('bytes 0-99/1234'), { start: 0, end: 100, total: 1234 });
    assert.deepEqual(contentRange('bytes 5-5/*'), { start: 5, end: 6, total: null });
    for (const text of [null, '', 'bytes */1234', 'bytes 9-5/10', 'items 0-1/2', 'bytes 0-1', 'bytes -1-2/3'])
      assert.equal(contentRange(text), undefined, String(text));
  });

  it('tell a size, but not of a compressed body', () => {
    assert.equal(contentLength(new Headers({ 'content-length': '12' })), 12);
    assert.equal(contentLength(new Headers({ 'content-length': '12', 'content-encoding': 'identity' })), 12);
    assert.equal(contentLength(new Headers({ 'content-length': '12', 'content-encoding': 'gzip' })), null);
    for (const text of ['', '-1', '1e3', 'x'])
      assert.equal(contentLength(new Headers({ 'content-length': text })), null);
  });

  it('tell a digest in the ways that are in use', () => {
    const ways = [
      { 'x-linked-etag': `"${hex}"` },
      { 'x-checksum-sha256': hex.toUpperCase() },
      { 'repr-digest': `sha-512=:AAAA:, sha-256=:${base64}:` },
      { digest: `SHA-256=${base64}` },
      { digest: `md5=abc,sha-256=${base64}` },
    ];
    for (const headers of ways) assert.equal(digestIn(new Headers(headers)), hex, JSON.stringify(headers));
    const others = [{}, { etag: `"${hex}"` }, { digest: 'sha-256=abc' }, { 'x-linked-etag': 'W/"abc"' }];
    for (const headers of others) assert.equal(digestIn(new Headers(headers)), null, JSON.stringify(headers));
  });

  it('tell a digest by an ETag only where it is strong and of the right length', () => {
    assert.equal(digestInEtag(`"${hex}"`), hex);
    for (const etag of [null, `W/"${hex}"`, `"${hex}0"`, `"${hex}-2"`, '"abc"']) assert.equal(digestInEtag(etag), null);
  });

  it('name a version by a strong ETag, else by a date', () => {
    assert.equal(validator('"a"', 'date'), '"a"');
    assert.equal(validator('W/"a"', 'date'), 'date');
    assert.equal(validator(null, null), null);
  });

  it('ask for a wait in seconds or until a date', () => {
    const now = Date.parse('Thu, 01 Oct 2026 10:00:00 GMT');
    const asked = (text: string): number => retryAfterMs(new Headers({ 'retry-after': text }), now);
    assert.equal(asked('120'), 120_000);
    assert.equal(asked('Thu, 01 Oct 2026 10:00:30 GMT'), 30_000);
    assert.equal(retryAfterMs(new Headers(), now), 0);
    for (const text of ['soon', '-5', 'Thu, 01 Oct 2026 09:00:00 GMT']) assert.equal(asked(text), 0, text);
  });

  it("hold a date against the server's clock, whatever this machine's says", () => {
    const headers = { 'retry-after': 'Thu, 01 Oct 2026 10:00:30 GMT', date: 'Thu, 01 Oct 2026 10:00:00 GMT' };
    for (const here of ['2026-09-30T10:00:00Z', '2026-10-02T10:00:00Z'])
      assert.equal(retryAfterMs(new Headers(headers), Date.parse(here)), 30_000, here);
    const unreadable = new Headers({ ...headers, date: 'today' });
    assert.equal(retryAfterMs(unreadable, Date.parse('2026-10-01T10:00:10Z')), 20_000);
  });

  it('give a page away', () => {
    const of = (type: string): Headers => new Headers({ 'content-type': type });
    for (const type of ['text/html; charset=utf-8', 'application/json', 'application/problem+json', 'text/xml'])
      assert.ok(isPage(of(type)), type);
    for (const type of ['application/octet-stream', 'binary/octet-stream', 'text/plain', 'application/x-gzip', ''])
      assert.ok(!isPage(of(type)), type);
    assert.ok(isPlainText(of('text/plain; charset=utf-8')));
  });
});
