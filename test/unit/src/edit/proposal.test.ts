import assert from 'node:assert/strict';
import { linesOf } from '../../../../src/edit/lines';
import { Proposal } from '../../../../src/edit/proposal';

const text = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';

function proposal(next: string, of = text, range = { first: 0, count: 2_000 }): Proposal {
  const made = new Proposal(of, range);
  made.receive(linesOf(next));
  made.end('whole');
  return made;
}

const states = (made: Proposal): string => made.hunks.map(({ state }) => state).join(' ');

/** Takes hunks as the editor would. */
function accept(made: Proposal, ids: readonly number[] | 'all'): string {
  const { edits, after } = made.take(ids);
  made.change(edits, after);
  return made.text;
}

describe('Proposal', () => {
  it('goes from streaming to whole to settled', () => {
    const made = new Proposal(text, { first: 0, count: 7 });
    made.receive(['ONE']);
    assert.deepEqual([made.phase, made.hunks.length, made.growing?.added], ['streaming', 0, ['ONE']]);
    made.receive(['ONE', 'two', 'three', 'four', 'five', 'six', 'SEVEN']);
    assert.deepEqual(
      made.hunks.map(({ id, removed }) => [id, removed]),
      [[0, ['one']]],
    );
    assert.deepEqual(made.take([1]).refused, [{ id: 1, why: 'unfinished' }]);
    assert.deepEqual(made.take([7]).refused, [{ id: 7, why: 'unknown' }]);
    assert.equal(accept(made, [0]), text.replace('one', 'ONE'));
    made.end('whole');
    assert.deepEqual([made.phase, states(made)], ['whole', 'accepted open']);
    assert.deepEqual(made.reject([0]), [{ id: 0, why: 'settled' }]);
    assert.deepEqual(made.reject('all'), []);
    assert.deepEqual(
      [made.phase, states(made), made.text],
      ['settled', 'accepted rejected', text.replace('one', 'ONE')],
    );
  });

  it('has lines that were taken at its edges in its range', () => {
    const first = proposal('zero\none\nTWO', text, { first: 0, count: 2 });
    accept(first, [0]);
    assert.deepEqual([first.rangeNow, first.result], [{ first: 0, count: 3 }, ['zero', 'one', 'TWO']]);
    const inside = proposal('two and a half\nthree\nfour\nfour and a half', text, { first: 2, count: 2 });
    accept(inside, 'all');
    assert.deepEqual(inside.rangeNow, { first: 2, count: 4 });
    const last = proposal('SIX\nseven\neight', 'five\nsix\nseven', { first: 1, count: 2 });
    accept(last, [1]);
    assert.deepEqual([last.rangeNow, last.result], [{ first: 1, count: 3 }, ['SIX', 'seven', 'eight']]);
  });

  it('counts hunks as accepted only when the document has them', () => {
    const made = proposal('ONE\ntwo\nthree\nfour\nfive\nsix\nseven');
    made.take('all');
    assert.equal(states(made), 'open');
    made.change([{ offset: 4, length: 0, text: 'x' }], text.replace('two', 'xtwo'));
    assert.equal(states(made), 'open');
    const { after } = made.take('all');
    made.change([{ offset: 0, length: made.text.length, text: after }], after);
    assert.equal(states(made), 'accepted');
  });

  it('refuses what it cannot place, and can again when the lines are back', () => {
    const made = proposal('ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN');
    made.change([{ offset: 1, length: 0, text: 'x' }], text.replace('one', 'oxne'));
    assert.equal(states(made), 'lost open');
    const taking = made.take('all');
    assert.deepEqual([taking.taken, taking.refused], [[1], [{ id: 0, why: 'lost' }]]);
    assert.equal(taking.after, text.replace('one', 'oxne').replace('seven', 'SEVEN'));
    made.change([{ offset: 1, length: 1, text: '' }], text);
    assert.equal(states(made), 'open open');
  });

  it('has lost everything when it missed a change', () => {
    const made = proposal('ONE\ntwo');
    made.change([{ offset: 0, length: 0, text: 'a' }], `b${text}`);
    assert.deepEqual([states(made), made.text, made.take('all').edits], ['lost lost', `b${text}`, []]);
  });

  const edits: readonly (readonly [what: string, of: string, next: string, after: string])[] = [
    ['line ends', 'a\r\nb\r\n', 'a\nx\ny\n', 'a\r\nx\r\ny\r\n'],
    ['no line end at the end', 'a\nb', 'a\nx\n', 'a\nx'],
    ['a line end at the end', 'a\nb\n', 'a\nx', 'a\nx\n'],
    ['the last line taken out', 'a\nb', 'a', 'a'],
    ['the last line taken out before a line end', 'a\nb\n', 'a', 'a\n'],
    ['a line added behind the last', 'a', 'a\nb', 'a\nb'],
    ['a line added before the first', 'a\r\nb', 'x\na\nb', 'x\r\na\r\nb'],
    ['the byte order mark', '\uFEFFa\r\nb', 'x\nb', '\uFEFFx\r\nb'],
    ['tabs', 'a {\n\tb\n}\n', 'a {\n    c\n        d\n}', 'a {\n\tc\n\t\td\n}\n'],
    ['an empty document', '', 'a\nb', 'a\nb'],
    ['surrogate pairs', 'x😀\ny\n', 'x😁\ny', 'x😁\ny\n'],
    ['characters that are line ends elsewhere', 'a\u2028b\nc\n', 'a\u2028b\nd', 'a\u2028b\nd\n'],
  ];
  for (const [what, of, next, after] of edits)
    it(`keeps ${what}`, () => assert.equal(accept(proposal(next, of), 'all'), after));

  it('takes out lines that have come to stand together', () => {
    const made = proposal('keep\nmiddle', 'keep\nfirst\nmiddle\nlast');
    made.change([{ offset: 11, length: 7, text: '' }], 'keep\nfirst\nlast');
    assert.equal(states(made), 'open open');
    assert.equal(accept(made, 'all'), 'keep');
  });

  it('touches nothing outside its range', () => {
    const made = proposal('FOUR', text, { first: 3, count: 1 });
    assert.equal(accept(made, 'all'), text.replace('four', 'FOUR'));
    assert.equal(accept(proposal('new', text, { first: 3, count: 0 }), 'all'), text.replace('four', 'new\nfour'));
    assert.equal(accept(proposal('new', text, { first: 50, count: 5 }), 'all'), `${text}new\n`);
  });

  it('tells what should be known of an answer', () => {
    const long = Array.from({ length: 60 }, (_, index) => `line ${index}`).join('\n');
    assert.deepEqual(proposal(text).notes, ['identical']);
    assert.deepEqual([proposal('\n \n').notes, proposal('').hunks], [['empty'], []]);
    assert.deepEqual(proposal('line 0\nline 1', long).notes, ['shortened']);
    assert.deepEqual(proposal('ONE\n// ... existing code ...').notes, ['elided']);
    assert.deepEqual(proposal(`token = '${'q7Rb2XvK9mTz4LcW8nHs'}'`).notes.slice(0, 1), ['key']);
    assert.deepEqual(proposal(text.replace('one', 'ONE')).notes, []);
  });

  it('offers only what was finished when it is stopped', () => {
    const made = new Proposal(text, { first: 0, count: 7 });
    made.receive(['ONE', 'two', 'three', 'four', 'FI']);
    made.end('cut');
    assert.deepEqual([made.notes, made.hunks.map(({ removed }) => removed)], [['cut'], [['one']]]);
    assert.equal(accept(made, 'all'), text.replace('one', 'ONE'));
  });

  it('has a number of its own, for identifiers of hunks begin anew', () => {
    const [first, second] = [proposal('ONE'), proposal('ONE')];
    assert.notEqual(first.serial, second.serial);
    assert.deepEqual([first.hunks[0]?.id, second.hunks[0]?.id], [0, 0]);
  });

  it('starts again from the document as it is, or from its result', () => {
    const made = proposal('TWO\nthree\nfour\nFIVE', text, { first: 1, count: 4 });
    made.change([{ offset: 0, length: 0, text: 'zero\n' }], `zero\n${text}`);
    assert.deepEqual([made.rangeNow, made.result], [{ first: 2, count: 4 }, ['TWO', 'three', 'four', 'FIVE']]);
    accept(made, [0]);
    made.reject([1]);
    assert.deepEqual([made.rangeNow, made.result], [{ first: 2, count: 4 }, ['TWO', 'three', 'four', 'five']]);
  });

  for (const count of [1_000, 5_000])
    it(`makes the edits of ${count} lines in a few milliseconds`, () => {
      const old = Array.from({ length: count }, (_, index) => `  const value${index} = ${index};`);
      const next = old.map((line, index) => (index % 3 === 0 ? line.replace('const', 'let') : line));
      const made = proposal(next.join('\n'), `${old.join('\r\n')}\r\n`, { first: 0, count });
      const start = performance.now();
      const { edits: found, after } = made.take('all');
      const ms = performance.now() - start;
      made.change(found, after);
      const total = performance.now() - start;
      console.log(`      ${found.length} edits: ${ms.toFixed(1)} ms, followed after ${total.toFixed(1)} ms`);
      assert.equal(after, `${next.join('\r\n')}\r\n`);
      assert.equal(made.phase, 'settled');
      assert.ok(total < 500);
    });
});
