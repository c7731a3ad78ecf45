import assert from 'node:assert/strict';
import { titleOf } from '../../../../src/chat/exchange';
import { pastOf, whenText } from '../../../../src/chat/history';
import type { Summary } from '../../../../src/chat/store';

const summary = (id: string, title: string, ...texts: readonly string[]): Summary => ({ id, title, changed: 0, texts });
const past = (query: string, ...summaries: readonly Summary[]) =>
  pastOf(summaries, { query, current: 'a', now: 0, locale: 'en' });

describe('history', () => {
  it('has all, and marks the open one', () => {
    const found = past('  ', summary('a', 'A'), summary('b', 'B'));
    assert.deepEqual(
      found.map(({ id, isCurrent, found: snippet }) => [id, isCurrent, snippet]),
      [
        ['a', true, ''],
        ['b', false, ''],
      ],
    );
  });

  it('finds words in any case in titles and texts, and shows where', () => {
    const long = `${'x'.repeat(100)} the LOCK file ${'y'.repeat(100)}`;
    const [found] = past('lock FILE', summary('a', 'About'), summary('b', 'Other', long));
    assert.equal(found?.id, 'b');
    assert.match(found?.found ?? '', /^…x+ the LOCK file y+…$/);
    assert.equal(past('title', summary('a', 'My Title', 'text'))[0]?.found, '');
    assert.deepEqual(past('lock missing', summary('b', 'Other', long)), []);
  });

  it('takes a query as it is written, and keeps characters whole', () => {
    assert.equal(past('a.b(c', summary('a', '', 'x a.b(c y')).length, 1);
    assert.equal(past('a-b/c [', summary('a', '', 'a-b/c [')).length, 1);
    assert.equal(past('.*', summary('a', '', 'nothing')).length, 0);
    const [found] = past('fish', summary('a', '', `${'🐟'.repeat(60)}fish${'🐟'.repeat(60)}`));
    assert.ok(found?.found.isWellFormed());
    assert.equal(past('straße', summary('a', '', 'İİİ Die STRASSE, Straße'))[0]?.found, 'İİİ Die STRASSE, Straße');
  });

  it('says when', () => {
    const day = 24 * 3_600_000;
    assert.equal(whenText(0, 5 * 60_000, 'en'), '5 minutes ago');
    assert.equal(whenText(0, day, 'en'), 'yesterday');
    assert.equal(whenText(0, 30 * day, 'en-GB'), '1 Jan 1970');
    assert.equal(whenText(10, 0, 'en'), 'this minute');
  });

  it('is titled by the first line that says something, in whole characters', () => {
    assert.equal(titleOf('\r\n```\n  Why   is\tthis? \nmore'), 'Why is this?');
    assert.equal(titleOf('???'), '???');
    const title = titleOf(`${'🐟'.repeat(100)}a`);
    assert.ok(title.isWellFormed());
    assert.equal([...title].length, 61);
    assert.equal(titleOf(`${'word '.repeat(30)}`), `${'word '.repeat(12).trim()}…`);
  });
});
