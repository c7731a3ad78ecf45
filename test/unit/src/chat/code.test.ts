import assert from 'node:assert/strict';
import { blockOf, closingOf, codeBlocksOf } from '../../../../src/chat/codeBlocks';
import { atCursor, fitted } from '../../../../src/chat/fitCode';
import { namedFile } from '../../../../src/chat/namedFile';

const spaces = { insertSpaces: true, tabSize: 2 };
const tabs = { insertSpaces: false, tabSize: 4 };

describe('codeBlocksOf', () => {
  it('finds fenced blocks with what stands around them', () => {
    const text =
      'Change `a.ts`:\r\n\r\n```ts src/a.ts\r\nlet a;\r\n```\n~~~~\n~~~\n```\n~~~~\n- item\n\n  ```js\n  if (a)\n    b();\n  ```';
    assert.deepEqual(
      codeBlocksOf(text).map(({ info, before, code, isClosed }) => [info, before, code, isClosed]),
      [
        ['ts src/a.ts', 'Change `a.ts`:', 'let a;', true],
        ['', '', '~~~\n```', true],
        ['js', '- item', 'if (a)\n  b();', true],
      ],
    );
  });

  it('takes a span for no fence, and tells what is not closed', () => {
    assert.deepEqual(codeBlocksOf('```a``` is code'), []);
    assert.equal(closingOf('```ts\nlet a;'), '```');
    assert.equal(closingOf('- x\n  ~~~~\n  a'), '  ~~~~');
    assert.equal(closingOf('```\na\n```'), undefined);
    assert.equal(blockOf('```\na\n```\n```\nb\n```', 0, 'b\n')?.code, 'b');
    assert.equal(blockOf('```\na\n```', 0, 'other'), undefined);
  });
});

describe('namedFile', () => {
  const name = (info: string, code = 'x', before = '') => namedFile({ info, code, before });

  it('is in the info string, the first line or the line before', () => {
    assert.equal(name('ts src/a.ts')?.path, 'src/a.ts');
    assert.equal(name('ts:src/a.ts')?.path, 'src/a.ts');
    assert.equal(name('js title="lib/b.js" {1,3}')?.path, 'lib/b.js');
    assert.deepEqual(name('py', '# tools/report.py\nx = 1'), { path: 'tools/report.py', isFirstLine: true });
    assert.equal(name('html', '<!-- a.html -->')?.path, 'a.html');
    assert.equal(name('ts', 'x', '### `src/a.ts`')?.path, 'src/a.ts');
    assert.equal(name('ts', 'x', '**src\\a.ts**:')?.path, 'src/a.ts');
    assert.equal(name('ts', 'x', 'Then change `src/a.ts` so:')?.path, 'src/a.ts');
    assert.equal(name('', 'x', '.env')?.path, '.env');
  });

  it('is nothing where it is not clear, or leads elsewhere', () => {
    for (const path of ['../a.ts', '/etc/passwd.txt', 'C:\\a.ts', 'a/../../b.ts', 'https://x.de/a.ts'])
      assert.equal(name('', 'x', `\`${path}\``), undefined, path);
    assert.equal(name('vb.net'), undefined);
    assert.equal(name('ts', 'x', 'Change `a.ts` and `b.ts`:'), undefined);
    assert.equal(name('ts', '// adds one\nx'), undefined);
    assert.equal(name('', 'x', 'Here it is, e.g. so:'), undefined);
  });
});

describe('fitted', () => {
  it('has the indentation of its place', () => {
    assert.deepEqual(fitted('\n    if (a) {\n      b();\n\n    }\n', '  ', spaces), [
      '  if (a) {',
      '    b();',
      '',
      '  }',
    ]);
    assert.deepEqual(fitted('if (a) {\r\n  b();\r\n}', '\t', tabs), ['\tif (a) {', '\t\tb();', '\t}']);
    assert.deepEqual(fitted('a\n\tb\n\t\tc', '', spaces), ['a', '  b', '    c']);
    assert.deepEqual(fitted('a(\n  b,\n   c)', '', tabs), ['a(', '\tb,', '\t c)']);
    assert.deepEqual(fitted('a(\n    b(\n        c,\n     d))', '', spaces), ['a(', '  b(', '    c,', '   d))']);
    assert.deepEqual(fitted(' \n\n', '', spaces), []);
  });
});

describe('atCursor', () => {
  const at = (line: string, character: number) => atCursor(line, character, 'if (a)\n  b();', spaces);

  it('comes above a line that stays whole, else where the cursor is', () => {
    assert.deepEqual(at('  let a;', 0), { character: 0, lines: ['  if (a)', '    b();', ''] });
    assert.deepEqual(at('  let a;', 2), { character: 0, lines: ['  if (a)', '    b();', ''] });
    assert.deepEqual(at('    ', 4), { character: 4, lines: ['if (a)', '      b();'] });
    assert.deepEqual(at('', 0), { character: 0, lines: ['if (a)', '  b();'] });
    assert.deepEqual(at('  x = ', 6), { character: 6, lines: ['if (a)', '    b();'] });
  });
});
