import assert from 'node:assert/strict';
import type { Change } from '../../../../src/edit/changes';
import { Following, TrackedLines } from '../../../../src/edit/tracking';

const text = 'zero\none\n\nthree\nfour';
const at = (offset: number, length: number, inserted: string): Change => ({ offset, length, text: inserted });

/** The lines as they are told to stand after the changes; a dash for one that is lost. */
function standing(changes: readonly (readonly Change[])[], start = text): string[] {
  const count = start.split(/\r\n|\n/).length;
  const tracked = new TrackedLines(start, { first: 0, count });
  for (const change of changes) tracked.change(change);
  return Array.from({ length: count }, (_, first) => {
    const place = tracked.placeOf({ first, count: 1 });
    return place ? `${place.start}:${tracked.text.slice(place.start, place.end)}` : '-';
  });
}

describe('TrackedLines', () => {
  const unchanged = ['0:zero', '5:one', '9:', '10:three', '16:four'];
  const table: readonly (readonly [what: string, changes: Change[][], lines: string[]])[] = [
    ['nothing', [], unchanged],
    ['a line typed above', [[at(0, 0, 'new\n')]], ['4:zero', '9:one', '13:', '14:three', '20:four']],
    ['a word in a line', [[at(6, 0, 'x')]], ['0:zero', '-', '10:', '11:three', '17:four']],
    ['a word at the start of a line', [[at(5, 0, 'x')]], ['0:zero', '-', '10:', '11:three', '17:four']],
    ['a word at the end of a line', [[at(8, 0, 'x')]], ['0:zero', '-', '10:', '11:three', '17:four']],
    ['Enter at the end of a line', [[at(8, 0, '\n')]], ['0:zero', '5:one', '10:', '11:three', '17:four']],
    ['Enter at the start of a line', [[at(5, 0, '\n')]], ['0:zero', '6:one', '10:', '11:three', '17:four']],
    ['Enter in an empty line stands after it', [[at(9, 0, '\n')]], ['0:zero', '5:one', '9:', '11:three', '17:four']],
    [
      'lines in an empty line stand before it',
      [[at(9, 0, 'a\nb\n')]],
      ['0:zero', '5:one', '13:', '14:three', '20:four'],
    ],
    ['a word in an empty line', [[at(9, 0, 'x')]], ['0:zero', '5:one', '-', '11:three', '17:four']],
    ['a line taken out', [[at(5, 4, '')]], ['0:zero', '-', '5:', '6:three', '12:four']],
    ['two lines run together', [[at(4, 1, '')]], ['-', '-', '8:', '9:three', '15:four']],
    ['the last line goes on', [[at(20, 0, '!')]], ['0:zero', '5:one', '9:', '10:three', '-']],
    ['the last line gets an end', [[at(20, 0, '\n')]], unchanged],
    ['a change that is taken back', [[at(6, 0, 'x')], [at(6, 1, '')]], unchanged],
    ['a part taken out and put back', [[at(6, 1, '')], [at(6, 0, 'n')]], unchanged],
    ['a cut over an edge and put back', [[at(3, 3, '')], [at(3, 0, 'o\no')]], ['-', '-', '9:', '10:three', '16:four']],
    [
      'several at once, in any order',
      [[at(0, 0, 'a\n'), at(16, 0, 'b\n'), at(6, 1, 'N')]],
      ['2:zero', '-', '11:', '12:three', '20:four'],
    ],
    ['two at one place', [[at(5, 0, 'a\n'), at(5, 3, 'ONE')]], ['0:zero', '-', '11:', '12:three', '18:four']],
    ['all replaced by itself', [[at(0, 20, text)]], unchanged],
    [
      'all replaced with one line changed',
      [[at(0, 20, text.replace('one', 'ONE'))]],
      ['0:zero', '-', '9:', '10:three', '16:four'],
    ],
    [
      'all line ends changed',
      [[at(0, 20, text.replaceAll('\n', '\r\n'))]],
      ['0:zero', '6:one', '11:', '13:three', '20:four'],
    ],
    ['all taken out', [[at(0, 20, '')]], ['-', '-', '-', '-', '-']],
  ];
  for (const [what, changes, lines] of table) it(what, () => assert.deepEqual(standing(changes), lines));

  it('does not tell two empty lines apart that ran into one', () => {
    assert.deepEqual(standing([[at(2, 1, '')]], 'a\n\n\nb'), ['0:a', '-', '-', '3:b']);
  });

  it('counts a line end of two characters as two', () => {
    const crlf = 'a\r\nb\r\nc';
    assert.deepEqual(standing([[at(3, 0, 'new\r\n')]], crlf), ['0:a', '8:b', '11:c']);
    assert.deepEqual(standing([[at(2, 1, '')]], crlf), ['0:a', '2:b', '5:c']);
  });

  it('holds lines together only while nothing stands between', () => {
    const tracked = new TrackedLines(text, { first: 0, count: 5 });
    assert.deepEqual(tracked.placeOf({ first: 0, count: 2 }), { start: 0, end: 8 });
    tracked.change([at(4, 0, '\nbetween')]);
    assert.equal(tracked.placeOf({ first: 0, count: 2 }), undefined);
    assert.deepEqual(tracked.placeOf({ first: 1, count: 3 }), { start: 13, end: 23 });
  });

  it('knows the range with what was typed in it', () => {
    const tracked = new TrackedLines(text, { first: 1, count: 2 });
    assert.deepEqual(tracked.rangeNow, { first: 1, count: 2 });
    tracked.change([at(0, 0, 'above\n'), at(6, 0, 'in\nside')]);
    assert.deepEqual(tracked.rangeNow, { first: 2, count: 3 });
    tracked.change([at(0, tracked.text.length, '')]);
    assert.deepEqual(tracked.text, '');
    tracked.lose('other');
    assert.equal(tracked.rangeNow, undefined);
  });
});

describe('Following', () => {
  it('is where the lines are after what came meanwhile', () => {
    const following = new Following(text, { first: 1, count: 2 });
    assert.deepEqual(following.range, { first: 1, count: 2 });
    following.change([at(0, 0, 'above\n')], `above\n${text}`);
    assert.deepEqual(following.range, { first: 2, count: 2 });
  });
  it('is what was meant while nothing comes, also where no place could be found again', () => {
    assert.deepEqual(new Following('\n\n', { first: 1, count: 1 }).range, { first: 1, count: 1 });
    assert.deepEqual(new Following('a', { first: 1, count: 0 }).range, { first: 1, count: 0 });
  });
  it('is nowhere when the lines have gone, or a change was missed', () => {
    const gone = new Following(text, { first: 1, count: 1 });
    gone.change([at(5, 4, '')], text.replace('one\n', ''));
    const missed = new Following(text, { first: 1, count: 1 });
    missed.change([at(0, 0, 'above\n')], 'another text');
    assert.deepEqual([gone.range, missed.range], [undefined, undefined]);
  });
});
