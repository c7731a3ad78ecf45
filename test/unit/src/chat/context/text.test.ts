import assert from 'node:assert/strict';
import { filesOf } from '../../../../../src/chat/context/diff';
import { gravest, type Problem, problemText, touches } from '../../../../../src/chat/context/problemList';
import { cutTo, fenced, languageOf, linesOf } from '../../../../../src/chat/context/text';
import { isBinary } from '../../../../../src/privacy/content';
import { isSecretFile } from '../../../../../src/privacy/secretFiles';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('text of files', () => {
  it('tells binary files', () => {
    assert.ok(isBinary(bytes('\u007fELF\0\0')));
    assert.ok(!isBinary(bytes('plain 😀')) && !isBinary(new Uint8Array([0xff, 0xfe, 0x61, 0])) && !isBinary(bytes('')));
  });
  it('is cut at lines, and never within a character', () => {
    assert.equal(cutTo('one\ntwo\nthree', 9), 'one\ntwo\n');
    assert.equal(cutTo('abc😀', 4), 'abc');
    assert.equal(cutTo('abc', 3), 'abc');
  });
  it('is taken by lines of any end', () => {
    assert.equal(linesOf('a\r\nb\rc\nd', [1, 2]), 'b\nc');
    assert.equal(linesOf('a', [3, 9]), '');
  });
  it('stays in its fence', () => {
    assert.equal(fenced('a', 'ts'), '```ts\na\n```\n');
    assert.equal(fenced('a\n````\nb\n'), '`````\na\n````\nb\n`````\n');
  });
  it('has a language by its ending', () => {
    assert.equal(languageOf('src/A.PY'), 'python');
    assert.equal(languageOf('Makefile'), undefined);
  });
});

describe('filesOf a diff', () => {
  const diff = [
    'diff --git a/src/a.ts b/src/a.ts',
    'index 1..2 100644',
    '--- a/src/a.ts',
    '+++ b/src/a.ts',
    '@@ -1 +1 @@',
    '-diff --git is text here',
    '+++ b/.env is text here',
    'diff --git a/.env b/.env',
    'index 1..2 100644',
    '--- a/.env',
    '+++ b/.env',
    '@@ -1 +1 @@',
    '+KEY=1',
    'diff --git a/my keys/server.pem b/my keys/server.pem',
    'Binary files differ',
    'diff --git "a/gr\\303\\266\\303\\237e/.env" "b/gr\\303\\266\\303\\237e/.env"',
    'new file mode 100644',
    'diff --git a/.npmrc b/npm.txt',
    'similarity index 100%',
    'rename from .npmrc',
    'rename to npm.txt',
    'diff --git secrets.json secrets.json',
    'deleted file mode 100644',
    'diff --cc credentials.json',
    'index 1,2..3',
    '',
  ].join('\n');

  it('tells every file by every path of its head, so that no secret one is missed', () => {
    const open = filesOf(diff).filter(({ paths }) => !paths.some(isSecretFile));
    assert.equal(filesOf(diff).length, 7);
    assert.deepEqual(
      open.map(({ paths }) => paths.includes('src/a.ts')),
      [true],
    );
    assert.ok(open[0]?.text.endsWith('+++ b/.env is text here\n') && open[0].text.startsWith('diff --git'));
  });
  it('is nothing for nothing', () => assert.deepEqual(filesOf(''), []));
});

describe('problems', () => {
  const problem: Problem = { path: 'a.ts', first: 1, last: 2, severity: 0, message: 'No.', code: 'ts 1' };
  it('are told with their line and those around it', () => {
    const lines = ['one', 'two', 'three'];
    assert.equal(
      problemText(problem, (line) => lines[line]),
      'a.ts:2: error: No. [ts 1]\n  1 | one\n> 2 | two\n  3 | three',
    );
    assert.equal(
      problemText({ ...problem, first: 0, code: '' }, () => undefined),
      'a.ts:1: error: No.',
    );
  });
  it('come with the gravest first, within bounds', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ ...problem, severity: index % 4 }));
    assert.equal(gravest(many).length, 40);
    assert.deepEqual(new Set(gravest(many).map(({ severity }) => severity)), new Set([0, 1]));
  });
  it('touch lines or not', () => {
    assert.ok(touches(problem, undefined) && touches(problem, [2, 9]) && touches(problem, [0, 1]));
    assert.ok(!touches(problem, [3, 9]) && !touches(problem, [0, 0]));
  });
});
