import assert from 'node:assert/strict';
import { mentionsIn, slashCommandIn, withWords } from '../../../../../src/chat/context/mentions';

const named = (text: string): string[] =>
  mentionsIn(text).map(({ kind, name, lines }) => `${kind} ${name}${lines ? ` ${lines.join('-')}` : ''}`.trim());

describe('mentionsIn', () => {
  const cases: readonly (readonly [text: string, mentions: readonly string[]])[] = [
    ['what does @file:src/a.ts do', ['file src/a.ts']],
    ['@file:src/a.ts, @folder:src and (@symbol:Basket.total)?', ['file src/a.ts', 'folder src', 'symbol Basket.total']],
    ['see @file:src/a.ts.', ['file src/a.ts']],
    ['@file:"my notes/to do.md"!', ['file my notes/to do.md']],
    ['@file:a.ts:3-20 and @file:"b c.ts":7.', ['file a.ts 2-19', 'file b c.ts 6-6']],
    ['@file:a.ts:20-3 @file:a.ts:0', ['file a.ts', 'file a.ts']],
    ['@file:C:\\code\\a.ts', ['file C:\\code\\a.ts']],
    ['@file:app/[id]/(x)/page.tsx (@file:b.ts)', ['file app/[id]/(x)/page.tsx', 'file b.ts']],
    ['@file:src/größe.ts @file:日本/語.py', ['file src/größe.ts', 'file 日本/語.py']],
    [
      'fix @problems, then @changes. @terminal? @workspace @selection',
      ['problems', 'changes', 'terminal', 'workspace', 'selection'],
    ],
    ['one\r\n@problems\r\n', ['problems']],
    ['write to me@file:a.ts or ask@selection.org', []],
    ['@workspace/tools, @changes-lib, @selection.dev, @problems_x, @problems@2', []],
    ['@Component class A {} @file @folder: @files:a @unknown:a', []],
    ['`@file:a.ts` and ``x ` @problems`` but @changes', ['changes']],
    ['```ts\n@file:a.ts\n@selection\n```\n@file:b.ts', ['file b.ts']],
    ['~~~\n@problems\n```\n@changes\n~~~\n@terminal', ['terminal']],
    ['```\n@problems', []],
    ['a ` lone tick @problems', ['problems']],
    ['@file:... @symbol:?', []],
  ];
  for (const [text, mentions] of cases)
    it(`finds ${mentions.length} in ${JSON.stringify(text)}`, () => assert.deepEqual(named(text), mentions));

  it('tells where they stand', () => {
    const text = '😀 see @file:"a b.ts":3, or @changes.';
    assert.deepEqual(
      mentionsIn(text).map(({ start, end }) => text.slice(start, end)),
      ['@file:"a b.ts":3', '@changes'],
    );
  });

  it('takes no long time for a hostile text', () => {
    const start = process.cpuUsage();
    mentionsIn('`'.repeat(50_000) + ' `a'.repeat(20_000) + '@file:'.repeat(50_000) + '.'.repeat(20_000));
    mentionsIn(`@file:a${'.'.repeat(20_000)}`);
    assert.ok(process.cpuUsage(start).user < 1_500_000, `${process.cpuUsage(start).user} µs`);
  });
});

describe('withWords', () => {
  const words = (text: string): string => withWords(text, mentionsIn(text));
  it('leaves names in place of our signs', () => {
    assert.equal(words('What is @file:"a b.ts":3-4 for?'), 'What is a b.ts:3-4 for?');
    assert.equal(words('@workspace where is @symbol:total used'), 'where is total used');
    assert.equal(words('fix @problems in `@file:x`'), 'fix the problems in `@file:x`');
  });
});

describe('slashCommandIn', () => {
  it('finds a command in front, and what follows', () => {
    assert.deepEqual(slashCommandIn(' /fix  the loop\n\nplease '), { name: 'fix', input: 'the loop\n\nplease' });
    assert.deepEqual(slashCommandIn('/my-prompt.v2'), { name: 'my-prompt.v2', input: '' });
  });
  it('takes a path, a comment and a sentence for text', () => {
    for (const text of ['/usr/bin is what?', '// a comment', 'what is /fix', '/ fix', ''])
      assert.equal(slashCommandIn(text), undefined);
  });
});
