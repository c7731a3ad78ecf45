import assert from 'node:assert/strict';
import { languageOf } from '../../../../src/nextEdit/languages';
import { placesOf } from '../../../../src/nextEdit/places';
import { cases, quiet, types } from './placesCases';

/**
 * `⟨old→new⟩` marks what was typed, and `«old»` or `«old|text»` each place that is to be offered. @returns the text before and after the offer
 */
function read(marked: string): { typed: string; expected: string; old: string; name: string; at: number } {
  const [, old = '', name = ''] = /⟨(.*?)→(.*?)⟩/u.exec(marked) ?? assert.fail(marked);
  const renamed = marked.replace(/⟨.*?⟩/u, name);
  const typed = renamed.replace(/«([^»|]*)[^»]*»/gu, '$1');
  const expected = renamed.replace(/«([^»|]*)\|?([^»]*)»/gu, (_, __, text: string) => text || name);
  const at = marked.slice(0, marked.indexOf('⟨')).replace(/«([^»|]*)[^»]*»/gu, '$1').length;
  return { typed, expected, old, name, at };
}

function offered(languageId: string, marked: string): { now: string; expected: string } {
  const { typed, expected, old, name, at } = read(marked);
  const language = languageOf(languageId) ?? assert.fail(languageId);
  const places = placesOf(language, typed, { old, name, at });
  let now = typed;
  for (const place of places.toSorted((a, b) => b.offset - a.offset)) {
    assert.equal(now.slice(place.offset, place.offset + old.length), old);
    now = now.slice(0, place.offset) + place.text + now.slice(place.offset + old.length);
  }
  return { now, expected };
}

describe('placesOf', () => {
  for (const [language, what, marked] of [...cases, ...types])
    it(`${language}: ${what}`, () => {
      assert.match(marked, /«/);
      const { now, expected } = offered(language, marked);
      assert.equal(now, expected);
    });

  for (const [language, what, marked] of quiet)
    it(`offers nothing in ${language}: ${what}`, () => {
      const { now, expected } = offered(language, marked);
      assert.equal(now, expected);
    });

  it('names those after the change first', () => {
    const text = 'let count = 1;\nuse(total);\nlet other = total;\n'.replace('count', 'total');
    const language = languageOf('typescript') ?? assert.fail();
    const changed = text.replace('use(total)', 'use(sum)');
    const places = placesOf(language, changed, { old: 'total', name: 'sum', at: changed.indexOf('sum') });
    assert.deepEqual(
      places.map(({ offset }) => offset),
      [changed.lastIndexOf('total'), changed.indexOf('total')],
    );
  });

  it('offers nothing where a name is everywhere', () => {
    const language = languageOf('typescript') ?? assert.fail();
    const text = (uses: number): string => `const sum = 1;\n${'use(total);\n'.repeat(uses)}`;
    const rename = { old: 'total', name: 'sum', at: 6 };
    assert.equal(placesOf(language, text(200), rename).length, 200);
    assert.equal(placesOf(language, text(201), rename).length, 0);
    assert.equal(placesOf(language, text(20_000), rename).length, 0);
  });

  it('ends on anything', () => {
    const pieces = [
      ...'( ) [ ] { } => = , ; : . ` $ " \' / // /* */ """ total sum class function import def 𝒳'.split(' '),
      ...['\\', '\n', '\t', '\r\n', '$' + '{'],
    ];
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 0x7fffffff;
      return seed % below;
    };
    for (let round = 0; round < 3_000; round++) {
      const before = Array.from({ length: random(30) }, () => pieces[random(pieces.length)]).join(random(2) ? ' ' : '');
      const after = Array.from({ length: random(30) }, () => pieces[random(pieces.length)]).join(' ');
      const text = `${before} sum ${after}`;
      for (const id of ['typescript', 'javascriptreact', 'python', 'rust', 'cpp', 'go', 'csharp', 'swift']) {
        const language = languageOf(id) ?? assert.fail();
        for (const { offset } of placesOf(language, text, { old: 'total', name: 'sum', at: before.length + 1 }))
          assert.equal(text.slice(offset, offset + 5), 'total');
      }
    }
  });
});
