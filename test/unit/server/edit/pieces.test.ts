import assert from 'node:assert/strict';
import path from 'node:path';
import { longestPiece, piecesOf } from '../../../../server/edit/pieces';
import type { LineRange } from '../../../../server/editProtocol';
import { Syntax } from '../../../../server/syntax/syntax';
import { root } from '../../../support/server';

/** Four characters are a token. */
const count = (text: string): number => Math.ceil(text.length / 4);
const MOST = 200;

describe('pieces of a range', () => {
  let syntax: Syntax;
  before(async function () {
    this.timeout(30_000);
    syntax = Syntax.create(path.join(root, 'dist/grammars'), 60_000);
    await syntax.load('typescript');
  });
  after(() => syntax.dispose());

  const pieces = (text: string, range?: LineRange, languageId = 'typescript'): readonly LineRange[] => {
    const lines = text.split('\n');
    const whole = range ?? { first: 0, count: lines.length };
    const found = piecesOf(whole, lines, () => syntax.seams(languageId, lines), MOST, count);
    assert.equal(found[0]?.first, whole.first);
    for (const [at, piece] of found.entries()) {
      const next = found[at + 1]?.first ?? whole.first + whole.count;
      assert.equal(piece.first + piece.count, next);
      const tokens = lines.slice(piece.first, next).reduce((sum, line) => sum + count(line) + 1, 0);
      assert.ok(tokens <= MOST * 1.2 || piece.count === 1, `${tokens}`);
    }
    return found;
  };
  const functions = (many: number, statements: number): string =>
    Array.from({ length: many }, (_, n) => {
      const body = Array.from({ length: statements }, (__, at) => `  if (a${at}) {\n    call${n}(${at});\n  }`);
      return `/** Says ${n}. */\nfunction f${n}() {\n${body.join('\n')}\n}\n`;
    }).join('\n');

  it('are one where there is room, also of no lines', () => {
    assert.deepEqual(pieces('a\nb', { first: 1, count: 0 }), [{ first: 1, count: 0 }]);
    assert.equal(pieces(functions(2, 3)).length, 1);
  });

  it('are whole functions with their comments', () => {
    const text = functions(40, 3);
    const found = pieces(text);
    assert.ok(found.length > 5);
    for (const { first } of found.slice(1)) assert.match(text.split('\n')[first] ?? '', /^(\/\*\*|$)/);
  });

  it('are whole statements of a function that is too long', () => {
    const text = functions(1, 120);
    const found = pieces(text);
    assert.ok(found.length > 5);
    for (const { first } of found.slice(1)) assert.match(text.split('\n')[first] ?? '', /^ {2}if/);
  });

  it('end at blank lines where there is no grammar', () => {
    const text = Array.from({ length: 80 }, (_, n) => `key${n}:\n  - value\n  - value ${n}\n`).join('\n');
    for (const { first } of pieces(text, undefined, 'yaml').slice(1))
      assert.match(text.split('\n')[first] ?? '', /^(key|$)/);
  });

  it('hold a line that is too long by itself', () => {
    const text = ['a();', `b('${'x'.repeat(5000)}');`, 'c();'].join('\n');
    assert.ok(pieces(text).some((piece) => piece.first === 1 && piece.count === 1));
  });

  it('are bounded for thousands of lines, and quickly found', () => {
    const text = functions(500, 3);
    assert.ok(text.split('\n').length > 5000);
    const started = performance.now();
    const found = pieces(text);
    assert.ok(found.length < 500, `${found.length}`);
    assert.ok(performance.now() - started < 5000);
  });

  it('are never longer than a quarter of the context', () => {
    assert.equal(longestPiece(2048), 512);
    assert.equal(longestPiece(32_768), 1000);
  });
});
