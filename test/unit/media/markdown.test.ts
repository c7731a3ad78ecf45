/** Blocks of Markdown, what of them is settled, characters that cannot be seen, colours by the line. */
import assert from 'node:assert/strict';
import { blocksOf, languageOf, markupOf, normalized, settledLength } from '../../../media/chat/markdown/blocks';
import { highlighted } from '../../../media/chat/markdown/highlight';
import { splitMarks } from '../../../media/chat/markdown/marks';
import { linesOf, piecesOf } from '../../../media/chat/markdown/tokens';
import { longAnswer } from '../../page/lib/messages';

const whole =
  '# Title\n\nSome *text*\nover lines\n\n- a\n\n- b\n  ```js\n  x\n  ```\n\n```ts\nlet a;\n\nlet b;\n```\nend\n===\n\n| a |\n|---|\n| b |\n';

describe('blocks', () => {
  it('cover the text without gaps, CRLF or not', () => {
    for (const text of [whole, longAnswer(300), '', '\n\n', '```\nopen'])
      assert.equal(
        blocksOf(text, {})
          .map(({ source }) => source)
          .join(''),
        text.trim() === '' ? '' : text,
      );
    assert.equal(normalized(whole.replaceAll('\n', '\r\n')), whole);
  });

  it('are code with its language, or prose', () => {
    const kinds = blocksOf(whole, {}).map(({ kind, language, code }) =>
      kind === 'code' ? `${language}: ${code}` : kind,
    );
    assert.deepEqual(kinds, ['prose', 'prose', 'prose', 'ts: let a;\n\nlet b;', 'prose', 'prose']);
  });

  it('name their language in many ways', () => {
    const of = ['ts title="a.ts"', 'TypeScript', '{.python}', 'c++', 'c#', 'js:src/a.js', ''].map(languageOf);
    assert.deepEqual(of, ['ts', 'typescript', 'python', 'c++', 'c#', 'js', '']);
  });

  it('that are settled are never changed by more text', () => {
    for (const text of [whole, 'para\n#tag\n\nx', 'a\n- b\n1. c\n\n> q\n> r\n\nend'])
      for (let end = 1; end < text.length; end++) {
        const part = blocksOf(text.slice(0, end), {});
        const settled = settledLength(part);
        let length = 0;
        for (const block of blocksOf(text, {})) {
          if (length >= settled) break;
          assert.equal(
            part.find((_, index) => part.slice(0, index).reduce((sum, { source }) => sum + source.length, 0) === length)
              ?.source,
            block.source,
            `${end}`,
          );
          length += block.source.length;
        }
      }
  });

  it('keep to text where Markdown would cost too much', () => {
    assert.equal(blocksOf('x'.repeat(30_000), {})[0]?.kind, 'plain');
    assert.equal(blocksOf(`${'> '.repeat(200)}deep`, {})[0]?.kind, 'plain');
    assert.equal(blocksOf(`${'- '.repeat(200)}deep`, {})[0]?.kind, 'plain');
  });
});

describe('markup', () => {
  const refused = [
    'javascript:alert(1)',
    'JaVaScript:alert(1)',
    'data:text/html,x',
    'command:minnow.restart',
    'vscode:extension/x',
    'vbscript:x',
    'blob:x',
    '&#106;avascript:alert(1)',
    'java&#10;script:alert(1)',
  ];
  for (const href of refused)
    it(`refuses ${href}`, () => assert.doesNotMatch(markupOf(`[x](${href}) ![y](${href}) <${href}>`, {}), /<a/));
  it('has links and pictures as data', () => {
    const target = 'https://example.com/a?b=1&c="';
    assert.equal(markupOf('[x](<https://example.com/a?b=1&c=">)', {}).includes('href="https'), true);
    assert.match(
      markupOf('![cat](https://example.com/cat.png)', {}),
      /<a data-href="https:\/\/example.com\/cat.png">cat<\/a>/,
    );
    assert.doesNotMatch(markupOf(`![cat](<${target}>)`, {}), /<img|\shref/);
    for (const path of ['src/a.ts', 'C:\\a.ts', 'file:///a', 'mailto:a@b.c'])
      assert.match(markupOf(`[x](<${path}>)`, {}), /<a data-href/);
  });
  it('has no raw HTML', () => assert.doesNotMatch(markupOf('<script>x</script><b onclick=x>y</b>', {}), /<script|<b/));
});

describe('marks', () => {
  const names = (text: string, where: 'code' | 'text') =>
    splitMarks(text, where)
      .map((part) => (typeof part === 'string' ? part : `[${part.shown}]`))
      .join('');
  it('show in code all that cannot be seen, but for blanks and emoji', () => {
    assert.equal(names('a\u202eb\u200bc\ufeff\u001b[31m\t\n', 'code'), 'a[U+202E]b[U+200B]c[U+FEFF][␛][31m\t\n');
    assert.equal(names('👩‍👩‍👧 👩🏽‍💻', 'code'), '👩‍👩‍👧 👩🏽‍💻');
    assert.equal(names('a\u200db', 'code'), 'a[U+200D]b');
  });
  it('show in text what has no place there, and leave what scripts need', () => {
    assert.equal(
      names('می\u200cخواهم \u200fא\u202ex\u{e0041}\u0007', 'text'),
      'می\u200cخواهم \u200fא[U+202E]x[U+E0041][␇]',
    );
  });
});

describe('colours', () => {
  it('are of lines that stand by themselves', () => {
    const lines = highlighted('/* a\n b */ let x = `1\n2`; // <b>', 'ts');
    assert.equal(lines.length, 3);
    for (const line of lines) assert.equal(line.match(/<span/g)?.length, line.match(/<\/span/g)?.length, line);
    const text = lines
      .map((line) =>
        piecesOf(line)
          .map((piece) => piece.text)
          .join(''),
      )
      .join('\n');
    assert.equal(text, '/* a\n b */ let x = `1\n2`; // <b>');
    assert.equal(piecesOf(lines[1] ?? '')[0]?.scope, 'hljs-comment');
  });
  it('are none for a language that is not known, or a huge line', () => {
    assert.deepEqual(highlighted('a < b', 'nonsense'), ['a &lt; b']);
    assert.deepEqual(linesOf('<span class="x">a\nb</span>'), ['<span class="x">a</span>', '<span class="x">b</span>']);
    assert.deepEqual(
      highlighted(`let ${'x'.repeat(5_000)}`, 'ts')
        .join('')
        .includes('<span'),
      false,
    );
  });
});
