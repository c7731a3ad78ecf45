import assert from 'node:assert/strict';
import { cutWindow } from '../../../server/completion/window';
import { placeIn } from '../../support/cursor';

const size = { prefix: 400, suffix: 100, context: 0 };
const line = (n: number): string => `const value${n} = compute(${n});\n`;
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => line(from + index)).join('');

describe('cutWindow', () => {
  it('takes a short file whole', () => {
    assert.deepEqual(cutWindow(placeIn('a\nb█c\nd'), size), { start: 0, prefix: 'a\nb', suffix: 'c\nd' });
  });

  it('starts at a line start and keeps within its size', () => {
    const { prefix, start } = cutWindow(placeIn(`${lines(0, 100)}x█\n`), size);
    assert.ok(prefix.length <= size.prefix && prefix.startsWith('const value'));
    assert.ok(start > 0);
  });

  it('keeps its start while lines are typed, then moves in one large step', () => {
    let text = lines(0, 100);
    let { start } = cutWindow(placeIn(`${text}█`), size);
    const starts = new Set([start]);
    for (let n = 100; n < 120; n++) {
      text += line(n);
      ({ start } = cutWindow(placeIn(`${text}█`), size, start));
      starts.add(start);
    }
    assert.ok(starts.size <= 5, `moved ${starts.size - 1} times in 20 lines`);
  });

  it('forgets a start that is no line start any more', () => {
    const place = placeIn(`${lines(0, 100)}█`);
    const { start } = cutWindow(place, size);
    assert.notEqual(cutWindow(place, size, start + 3).start, start + 3);
  });

  it('leaves out what the editor closed right of the cursor', () => {
    assert.equal(cutWindow(placeIn('f(█)\nnext();'), size).suffix, '\nnext();');
    assert.equal(cutWindow(placeIn('f(█, b)\nnext();'), size).suffix, ', b)\nnext();');
  });

  it('ends the suffix at a line end', () => {
    const { suffix } = cutWindow(placeIn(`█\n${lines(0, 20)}`), size);
    assert.ok(suffix.length <= size.suffix && suffix.endsWith(';'));
  });

  it('turns every line end into a line feed', () => {
    const { prefix, suffix } = cutWindow(placeIn('a\r\nb\rc\n█\r\nd'), size);
    assert.equal(prefix + suffix, 'a\nb\nc\n\nd');
  });

  it('does not cut a character in half in a line without end', () => {
    const { prefix, suffix } = cutWindow(placeIn(`${'😀'.repeat(2_001)}█${'😀'.repeat(2_001)}`), {
      prefix: 401,
      suffix: 101,
      context: 0,
    });
    assert.equal(prefix.isWellFormed() && suffix.isWellFormed(), true);
    assert.ok(prefix.length > 0 && suffix.length <= 101);
  });
});
