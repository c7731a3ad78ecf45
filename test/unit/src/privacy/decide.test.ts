import assert from 'node:assert/strict';
import { decide, type FileFacts, type Reason } from '../../../../src/privacy/decide';
import { IgnoreRules } from '../../../../src/privacy/ignoreRules';

const plain: FileFacts = { path: '/a/src/a.ts', isInside: true, minnow: undefined, isGitIgnored: false };
const behind = { path: '/a/b.ts', minnow: undefined, isGitIgnored: false } as const;

const table: readonly (readonly [what: string, facts: Partial<FileFacts>, reason: Reason | undefined])[] = [
  ['code', {}, undefined],
  ['what git ignores', { isGitIgnored: true }, 'gitIgnored'],
  ['what git ignores and .minnowignore takes back', { isGitIgnored: true, minnow: 'unignored' }, undefined],
  ['what .minnowignore names', { minnow: 'ignored' }, 'minnowIgnored'],
  ['a secret file', { path: '/a/.env' }, 'secret'],
  ['a secret file that .minnowignore would take back', { path: 'C:\\a\\.ENV', minnow: 'unignored' }, 'secret'],
  ['a secret file that .minnowignore names', { path: '/a/.env', minnow: 'ignored' }, 'minnowIgnored'],
  ['what lies elsewhere', { isInside: false }, 'outside'],
  ['a secret file elsewhere', { path: '/b/.env', isInside: false }, 'secret'],
  ['a link within', { target: behind }, undefined],
  ['a link out', { target: 'outside' }, 'link'],
  ['a link to a secret file', { target: { ...behind, path: '/a/.env' } }, 'secret'],
  ['a link to what git ignores', { target: { ...behind, isGitIgnored: true } }, 'gitIgnored'],
  ['a link to what .minnowignore names', { target: { ...behind, minnow: 'ignored' } }, 'minnowIgnored'],
  ['a secret name of a link to something open', { path: '/a/.env', target: behind }, 'secret'],
];

describe('decide', () => {
  for (const [what, facts, reason] of table)
    it(`${reason ?? 'reads'}: ${what}`, () =>
      assert.deepEqual(
        decide({ ...plain, ...facts }),
        reason === undefined ? { mayRead: true } : { mayRead: false, reason },
      ));
});

describe('IgnoreRules', () => {
  const rules = new IgnoreRules([
    { folder: '', text: '\ufeff# comment\r\n*.csv\r\n!generated/\r\n!/kept\r\n/data/\r\n!/data/open.ts\r\n' },
    { folder: 'part', text: '!open.csv\nprivate/**\n' },
    { folder: 'part/deep', text: '*\n!seen.ts\n' },
  ]);
  const said: readonly (readonly [path: string, said: 'ignored' | 'unignored' | undefined])[] = [
    ['a.ts', undefined],
    ['a.csv', 'ignored'],
    ['generated/deep/a.ts', 'unignored'],
    ['generated/a.csv', 'ignored'],
    ['kept/a/b.ts', 'unignored'],
    ['data/open.ts', 'ignored'],
    ['part/open.csv', 'unignored'],
    ['part/other.csv', 'ignored'],
    ['part/private/a.ts', 'ignored'],
    ['part/deep/a.ts', 'ignored'],
    ['part/deep/seen.ts', 'unignored'],
    ['A.CSV', undefined],
  ];
  for (const [path, wanted] of said) it(`says ${wanted} of ${path}`, () => assert.equal(rules.says(path), wanted));
});
