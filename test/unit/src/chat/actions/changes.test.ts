import assert from 'node:assert/strict';
import { type Change, diffOfNew, fairShare, fitChanges } from '../../../../../src/chat/actions/changes';

const change = (path: string, diff: string | undefined): Change => ({ path, what: 'modified', diff });
const HEADER = 'diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n';
const hunk = (lines: readonly string[]): string => `${HEADER}@@ -1,1 +1,${lines.length} @@\n${lines.join('\n')}\n`;
const textsOf = (changes: readonly Change[], room = 10_000): string[] =>
  fitChanges(changes, room).map(({ text }) => text);

describe('fitChanges', () => {
  it('shows hunks without what git writes above them', () => {
    assert.deepEqual(fitChanges([change('a.ts', hunk(['-one', '+two']))], 1_000), [
      { title: 'a.ts (modified)', text: '@@ -1,1 +1,2 @@\n-one\n+two' },
    ]);
  });

  it('names what was renamed, and has nothing to show where nothing else was done', () => {
    const renamed: Change = { path: 'b.ts', from: 'a.ts', what: 'renamed', diff: '' };
    assert.deepEqual(fitChanges([renamed], 1_000), [{ title: 'a.ts → b.ts (renamed)', text: '' }]);
  });

  it('only names what is not to be shown, is binary, or is written by programs', () => {
    const locks = ['package-lock.json', 'sub/yarn.lock', 'go.sum', 'pnpm-lock.yaml', 'dist/a.js', 'a.min.css'];
    const diff = hunk(['+one', '+two', '-three']);
    for (const path of locks)
      assert.deepEqual(textsOf([change(path, diff)]), ['(generated: 2 lines added, 1 removed)']);
    assert.deepEqual(textsOf([change('.env', undefined)]), ['(not shown)']);
    assert.deepEqual(textsOf([change('a.png', `${HEADER}Binary files a/a.png and b/a.png differ\n`)]), ['(binary)']);
    assert.match(textsOf([change('src/clock.ts', diff)])[0] ?? '', /\+one/);
  });

  it('gives each file its share, and the rest of small ones to the others', () => {
    const small = hunk(['+small']);
    const large = hunk(Array.from({ length: 500 }, (_, at) => `+line ${at}`));
    const [first = '', second = '', third = ''] = textsOf(
      [change('a.ts', large), change('b.ts', small), change('c.ts', large)],
      2_000,
    );
    assert.equal(second, '@@ -1,1 +1,1 @@\n+small');
    assert.ok(first.length + second.length + third.length <= 2_000);
    assert.equal(first.length, third.length);
    assert.ok(first.length > 900, String(first.length));
    assert.match(first, /\n\+line \d+\n\(more\)$/);
  });

  it('bears lines without end, colours, and CRLF', () => {
    const [text = ''] = textsOf([
      change('a.json', hunk([`+${'x'.repeat(5_000)}`, '\u001b[32m+green\u001b[m', '+win\r'])),
    ]);
    assert.ok(text.length < 400);
    assert.match(text, /…\n\+green\n\+win$/);
    const [split = ''] = textsOf([change('a.json', hunk([`+${'x'.repeat(298)}😀`]))]);
    assert.ok(split.isWellFormed());
    assert.ok(textsOf([change('a.ts', hunk(['+😀'.repeat(90)]))], 101)[0]?.isWellFormed());
  });

  it('tells new files as added lines', () => {
    assert.deepEqual(textsOf([change('a.ts', diffOfNew('one\r\ntwo\r\n'))]), ['@@ -0,0 +1,2 @@\n+one\n+two']);
  });
});

describe('fairShare', () => {
  it('takes no more than there is', () => {
    assert.equal(fairShare([1, 2, 3], 6), Number.POSITIVE_INFINITY);
    assert.equal(fairShare([10, 10], 10), 5);
    assert.equal(fairShare([2, 10, 10], 12), 5);
    assert.equal(fairShare([10], 0), 0);
    assert.equal(fairShare([], 5), Number.POSITIVE_INFINITY);
  });
});
