import assert from 'node:assert/strict';
import type { FromPage } from '../../../../media/messages';
import { fromPage } from '../../../../src/chat/fromPage';
import { linkTarget } from '../../../../src/chat/links';
import { pageHtml } from '../../../../src/pageHtml';
import { words as pageWords } from '../../../page/lib/words';

const good: readonly FromPage[] = [
  { type: 'ready' },
  { type: 'ask', text: 'Why? 🐟\r\n' },
  { type: 'stop' },
  { type: 'retry', id: '0b1c-2' },
  { type: 'edit', id: 'a', text: '' },
  { type: 'continue', id: 'a' },
  { type: 'newChat' },
  { type: 'export' },
  { type: 'copy', text: 'x' },
  { type: 'insert', id: 'a', block: 0, code: 'x' },
  { type: 'apply', id: 'a', block: 12, code: 'x' },
  { type: 'suggest', request: 3, kind: '@', query: 'file:a b' },
  { type: 'suggest', request: 3, kind: '/', query: '' },
  { type: 'removeChip', id: 'file:///a b.ts#1' },
  { type: 'openChip', id: 'file:///a' },
  { type: 'openChip', id: 'file:///a', exchange: 'b' },
  { type: 'drop', uris: ['file:///a', 'C:\\b'] },
  { type: 'searchHistory', request: 1, query: 'x' },
  { type: 'open', id: 'a' },
  { type: 'delete', id: 'a' },
  { type: 'undelete', id: 'a' },
  { type: 'openLink', href: 'https://example.com' },
  { type: 'takeOffer' },
  { type: 'chooseModel' },
  { type: 'manageTrust' },
  { type: 'restartModel' },
  { type: 'showLog' },
];

const bad: readonly unknown[] = [
  undefined,
  null,
  1,
  'ready',
  [],
  ['ready'],
  {},
  { type: 'unknown' },
  { type: ['ready'] },
  { type: '__proto__' },
  Object.create({ type: 'ready' }),
  { type: 'ask' },
  { type: 'ask', text: 1 },
  { type: 'ask', text: { toString: () => 'x' } },
  { type: 'ask', text: 'x'.repeat(2_000_001) },
  { type: 'open', id: '../../settings' },
  { type: 'open', id: 'a.json' },
  { type: 'open', id: '' },
  { type: 'delete', id: 'a'.repeat(65) },
  { type: 'delete', id: ['a'] },
  { type: 'edit', id: 'a' },
  { type: 'insert', id: 'a', block: -1, code: 'x' },
  { type: 'insert', id: 'a', block: 0.5, code: 'x' },
  { type: 'apply', id: 'a', block: Number.NaN, code: 'x' },
  { type: 'apply', id: 'a', block: '0', code: 'x' },
  { type: 'suggest', request: 1, kind: '#', query: 'x' },
  { type: 'suggest', request: 1e300, kind: '@', query: 'x' },
  { type: 'suggest', request: 1, kind: '@', query: 'x'.repeat(1_001) },
  { type: 'searchHistory', request: 1 },
  { type: 'openChip', id: 'a', exchange: '/' },
  { type: 'drop', uris: 'file:///a' },
  { type: 'drop', uris: ['file:///a', 1] },
  { type: 'drop', uris: Array(101).fill('a') },
  { type: 'openLink', href: 'x'.repeat(8_193) },
];

describe('fromPage', () => {
  it('lets every message through, and only its own fields', () => {
    for (const message of good) {
      assert.deepEqual(fromPage(message), message);
      assert.deepEqual(fromPage({ ...message, more: 1 }), message);
    }
  });

  it('lets nothing else through', () => {
    for (const message of bad) assert.equal(fromPage(message), undefined, JSON.stringify(message)?.slice(0, 80));
  });
});

describe('linkTarget', () => {
  it('is an address of the web with its true host', () => {
    assert.deepEqual(linkTarget('https://Example.com/a b'), {
      kind: 'web',
      url: 'https://example.com/a%20b',
      host: 'example.com',
    });
    const [spoof] = [linkTarget('https://раураl.com/')];
    assert.match(spoof?.kind === 'web' ? spoof.host : '', /^xn--/);
  });

  it('is a file of the workspace', () => {
    assert.deepEqual(linkTarget('src/a%20b.ts#L12'), { kind: 'file', path: 'src/a b.ts', line: 11 });
    assert.deepEqual(linkTarget('./a.ts#L3-L9'), { kind: 'file', path: 'a.ts', line: 2 });
  });

  for (const href of [
    'command:workbench.action.quit',
    'COMMAND:x',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vscode://file/etc/passwd',
    'file:///etc/passwd',
    'mailto:a@b.c',
    'https://google.com@evil.com/',
    'https://user:password@evil.com/',
    'https://',
    '/etc/passwd',
    '//evil.com/x',
    '\\\\evil.com\\share',
    'C:\\Windows\\system.ini',
    '~/.ssh/id_rsa',
    '../../outside.ts',
    'a/%2e%2e/%2e%2e/outside.ts',
    'a%5C..%5C..%5Coutside.ts',
    'a%00.ts',
    '%zz',
    'evil\u202Ets.exe',
    'a\u200Bb.ts',
    'a.ts%E2%80%AE',
    '',
    '#top',
    '.',
  ])
    it(`refuses ${JSON.stringify(href)}`, () => assert.deepEqual(linkTarget(href), { kind: 'refused' }));
});

describe('pageHtml', () => {
  it('allows our script by its nonce, and nothing in the words ends its element', () => {
    const words = { ...pageWords, ask: '</script><script>alert(1)</script>' };
    const parts = {
      script: 's.js',
      style: 's.css',
      cspSource: 'https://*.vscode-cdn.net',
      nonce: 'N0',
      place: 'chat',
      language: 'en',
    };
    const html = pageHtml({ ...parts, words });
    assert.match(html, /default-src 'none'; script-src 'nonce-N0'; style-src https:\/\/\*\.vscode-cdn\.net;/);
    assert.equal(html.match(/<script/g)?.length, 2);
    const [, json = ''] = /id="words" nonce="N0">(.*?)<\/script>/.exec(html) ?? [];
    assert.deepEqual(JSON.parse(json), words);
  });
});
