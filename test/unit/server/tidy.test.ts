import assert from 'node:assert/strict';
import { isWhole, tidy } from '../../../server/completion/tidy';
import { accepted, placeIn } from '../../support/cursor';

/** The text after the model's words were tidied and accepted. */
function complete(text: string, generated: string, { ended = true, multiline = true } = {}): string {
  const place = placeIn(text);
  return accepted(place, tidy({ text: generated, ended }, place, multiline));
}

describe('tidy', () => {
  const table: readonly (readonly [what: string, text: string, generated: string, wanted: string])[] = [
    ['takes the rest of the line', 'const a = █', 'b;', 'const a = b;'],
    ['stops at the end of a statement', 'const a = █\n', 'b;\nconst c = d;', 'const a = b;\n'],
    ['takes the block that the line opens', 'if (a) █\n', '{\n  b();\n}\nc();', 'if (a) {\n  b();\n}\n'],
    [
      'goes on through else',
      'if (a) {█\n',
      '\n  b();\n} else {\n  c();\n}\nd();',
      'if (a) {\n  b();\n} else {\n  c();\n}\n',
    ],
    ['ends a Python block by indentation', 'def f():█\n', '\n    return 1\n\ndef g():', 'def f():\n    return 1\n'],
    [
      'keeps blank lines inside a block',
      'def f():█',
      '\n    a = 1\n\n    return a\nx = 1',
      'def f():\n    a = 1\n\n    return a',
    ],
    ['takes a call over several lines', 'call(█', '\n  a,\n  b,\n);\nnext();', 'call(\n  a,\n  b,\n);'],
    ['says nothing where the line is done', 'const a = b;█\n', '\nconst c = d;', 'const a = b;\n'],
    ['cuts a line that follows anyway', 'a();\n█\nc();\n', 'c();', 'a();\n\nc();\n'],
    ['cuts before a line that follows anyway', 'if (a) {█\n}\n', '\n  b();\n}', 'if (a) {\n  b();\n}\n'],
    ['lets a closing brace be', 'f(() => {\n  g();\n█\n});\n', '});', 'f(() => {\n  g();\n\n});\n'],
    ['drops white space at the end', 'const a = █', 'b;  ', 'const a = b;'],
    ['joins a closed bracket', 'print(█)', 'a, b)', 'print(a, b)'],
    ['writes what comes after a closed bracket', 'print(█)', 'a, b);', 'print(a, b);'],
    ['joins two closed brackets', 'f(g(█))', 'x))', 'f(g(x))'],
    ['joins a closed quote', 'print("█")', 'hello")', 'print("hello")'],
    ['heeds brackets of its own', 'f(█)', 'g(1), h(2)', 'f(g(1), h(2))'],
    ['heeds brackets in strings', 'f(█)', '")", x)', 'f(")", x)'],
    ['stays within parameters', 'function f(█) {', 'a, b): number {', 'function f(a, b) {'],
    ['does not repeat a separator', 'const a = █; // why', 'b;', 'const a = b; // why'],
    ['stays in the line when text follows in it', 'foo(█, last)', 'first\nsecond', 'foo(first, last)'],
  ];
  for (const [what, text, generated, wanted] of table) it(what, () => assert.equal(complete(text, generated), wanted));

  it('shows whole lines only when the limit cut the answer', () => {
    assert.equal(complete('if (a) {█', '\n  b();\n  c(', { ended: false }), 'if (a) {\n  b();');
    assert.equal(complete('const a = █', 'bcd', { ended: false }), 'const a = ');
  });

  it('stays in its line when several are not wanted', () => {
    assert.equal(complete('if (a) █', '{\n  b();\n}', { multiline: false }), 'if (a) {');
  });
});

describe('isWhole', () => {
  it('waits for the end of the line, then for the end of the block', () => {
    const line = placeIn('const a = █');
    assert.equal(isWhole('b;', line, true), false);
    assert.equal(isWhole('b;\n', line, true), true);
    const block = placeIn('if (a) █');
    assert.equal(isWhole('{\n  b();\n', block, true), false);
    assert.equal(isWhole('{\n  b();\n}', block, true), false, 'an else may follow');
    assert.equal(isWhole('{\n  b();\n}\n', block, true), true);
  });
});
