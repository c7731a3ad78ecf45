import assert from 'node:assert/strict';
import { linesOf } from '../../../../src/edit/lines';
import { indentationOf, indentedLike, lineEndOf } from '../../../../src/edit/textShape';

describe('the shape of a text', () => {
  it('is its line ends and its indentation', () => {
    assert.deepEqual(
      ['a\r\n\tb\r\n', 'a\n  b'].map((text) => lineEndOf(text)),
      ['\r\n', '\n'],
    );
    assert.deepEqual([lineEndOf('', '\r\n'), indentationOf([''])], ['\r\n', undefined]);
  });

  it('takes the line end that most lines have, of equals the first', () => {
    assert.equal(lineEndOf('a\nb\r\nc\r\n'), '\r\n');
    assert.equal(lineEndOf('a\nb\r\n'), '\n');
    assert.equal(lineEndOf('a\r\nb\n'), '\r\n');
    assert.equal(lineEndOf('a\rb'), '\r');
  });

  it('does not tell an indentation where lines differ, and looks away from comment stars', () => {
    assert.equal(indentationOf(['\ta', '  b']), undefined);
    assert.equal(indentationOf(['\ta', ' * b', ' */']), 'tabs');
    assert.equal(indentationOf(['a', '', '   ']), undefined);
  });

  const table: readonly (readonly [string, 'tabs' | 'spaces' | undefined, string[], string[]])[] = [
    ['two spaces to tabs', 'tabs', ['a', '  b', '    c'], ['a', '\tb', '\t\tc']],
    ['four spaces to tabs', 'tabs', ['    b', '        c', '      d'], ['\tb', '\t\tc', '\t  d']],
    ['tabs to spaces', 'spaces', ['\ta', '\t\tb\tc'], ['    a', '        b\tc']],
    ['nothing where nothing is plain', undefined, ['\ta', '  b'], ['\ta', '  b']],
    ['not what the document has', 'tabs', ['  own'], ['  own']],
  ];
  for (const [what, indentation, lines, expected] of table)
    it(what, () => assert.deepEqual(lines.map(indentedLike(['  own'], indentation, 4)), expected));

  it('has lines that end as the editor ends them', () => {
    assert.deepEqual(linesOf('a\r\nb\rc\nd'), ['a', 'b', 'c', 'd']);
    assert.deepEqual(linesOf('a\n'), ['a']);
    assert.deepEqual(linesOf('a\n\n'), ['a', '']);
    assert.deepEqual(linesOf(''), ['']);
    assert.deepEqual(linesOf('\uFEFFa'), ['a']);
  });
});
