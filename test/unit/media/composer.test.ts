/** What is completed at the cursor, and what is dropped onto the page. */
import assert from 'node:assert/strict';
import { droppedUris } from '../../../media/chat/composer/dropped';
import { queryAt, withSuggestion, withText } from '../../../media/chat/composer/query';

/** The query at the `|`. */
const at = (text: string) => queryAt(text.replace('|', ''), text.indexOf('|'));

describe('queryAt', () => {
  const cases: readonly (readonly [text: string, kind: string | undefined, query?: string])[] = [
    ['/|', '/', ''],
    ['  /fi|x it', '/', 'fi'],
    ['use /fix|', undefined],
    ['/fix |', undefined],
    ['@|', '@', ''],
    ['see @file:src/ba|', '@', 'file:src/ba'],
    ['see (@sym|', '@', 'sym'],
    ['see @file:"my no|tes', '@', 'file:"my no'],
    ['see @file:"my notes" |', undefined],
    ['me@example|', undefined],
    ['@file |', undefined],
    ['a\n@pro|', '@', 'pro'],
    ['|@file', undefined],
  ];
  for (const [text, kind, query] of cases)
    it(JSON.stringify(text), () => {
      const found = at(text);
      assert.deepEqual([found?.kind, found?.query], [kind, query]);
      if (found) assert.equal(text.replace('|', '')[found.start], kind);
    });
});

describe('a suggestion', () => {
  const take = (text: string, insert: string, goesOn: boolean) => {
    const cursor = text.indexOf('|');
    const plain = text.replace('|', '');
    const query = queryAt(plain, cursor);
    assert.ok(query);
    const taken = withSuggestion(plain, cursor, query, { insert, label: '', detail: '', icon: '', goesOn });
    return `${taken.text.slice(0, taken.cursor)}|${taken.text.slice(taken.cursor)}`;
  };
  it('takes the place of what was typed', () => {
    assert.equal(take('look @ba|', '@file:basket.ts', false), 'look @file:basket.ts |');
    assert.equal(take('look @ba| now', '@file:basket.ts', false), 'look @file:basket.ts |now');
    assert.equal(take('@fi|', '@file:', true), '@file:|');
    assert.equal(take('/e|', '/explain', false), '/explain |');
  });
  it('leaves no draft lost to a text that is put in', () => {
    assert.equal(withText('', '/fix '), '/fix ');
    assert.equal(withText('my words', '/fix '), '/fix my words');
    assert.equal(withText('my words ', 'and more'), 'my words and more');
  });
});

describe('droppedUris', () => {
  const read = (data: Readonly<Record<string, string>>) => droppedUris((type) => data[type] ?? '');
  it('reads the lists of VS Code and of the system', () => {
    assert.deepEqual(read({ 'text/uri-list': '# of a window\r\nfile:///a%20b\r\nfile:///c\r\n' }), [
      'file:///a%20b',
      'file:///c',
    ]);
    assert.deepEqual(read({ resourceurls: '["file:///a","file:///a"]', 'text/uri-list': 'file:///other' }), [
      'file:///a',
    ]);
    assert.deepEqual(read({ codefiles: '["/home/me/a.ts", 3]' }), ['/home/me/a.ts']);
  });
  it('is nothing for what is no list', () => {
    assert.deepEqual(read({}), []);
    assert.deepEqual(read({ resourceurls: '[broken' }), []);
    assert.deepEqual(read({ resourceurls: '{"a":1}'.replace('{', '[{') }), []);
  });
});
