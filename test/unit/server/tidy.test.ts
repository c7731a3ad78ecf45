import assert from 'node:assert/strict';
import type { Draft } from '../../../server/completion/draft';
import { isWhole, type TidyOptions, tidy } from '../../../server/completion/tidy';
import { accepted, CURSOR, placeIn } from '../../support/cursor';

const defaults: TidyOptions = { multiline: true, floors: { line: 0, part: 0 }, without: new Set(['length']) };

const draftOf = (text: string, ended = true): Draft => ({
  text,
  ended,
  tokens: [{ end: text.length, probability: 1 }],
});

/** The text after the model's words were tidied and accepted. */
function complete(
  text: string,
  generated: string,
  { ended = true, ...options }: Partial<TidyOptions> & { ended?: boolean } = {},
): string {
  const place = placeIn(text);
  const tidied = tidy(draftOf(generated, ended), place, { ...defaults, ...options });
  return 'suggestion' in tidied ? accepted(place, tidied.suggestion) : text.replace(CURSOR, '');
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
    ['keeps the blank before what follows in the line', 'f(█last)', 'first, ', 'f(first, last)'],
    ['doubles no blank', 'f(█ + last)', 'first ', 'f(first + last)'],
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

describe('tidy says why it is silent', () => {
  const silence = (text: string, draft: Draft, options: Partial<TidyOptions> = {}): string => {
    const tidied = tidy(draft, placeIn(text), { ...defaults, ...options });
    return 'silence' in tidied ? tidied.silence : `shows ${tidied.suggestion.text}`;
  };
  it('nothing, repeated, short, endless', () => {
    assert.equal(silence('const a = b;█', draftOf('')), 'nothing');
    assert.equal(silence('a();\n█\nreturn c;\n', draftOf('return c;')), 'repeated');
    assert.equal(silence('const a = █', draftOf('b'), { without: new Set() }), 'short');
    assert.equal(silence('const a = █', draftOf('x, y, x, y, x, y, x, y, x, y, x, y, ')), 'endless');
    assert.equal(silence('█', draftOf('call(a);\ncall(a);\ncall(a);\n')), 'endless');
  });

  it('key, unless lines before it are left', () => {
    const key = `const k = "AKIA${'Q7RB2XVK4MTZ5LCW'}";`;
    assert.equal(silence('█', draftOf(key)), 'key');
    assert.equal(silence('const k = █', draftOf(key.slice(10))), 'key');
    assert.equal(silence('if (a) █', draftOf(`{\n  b();\n  ${key}\n}`)), 'shows {\n  b();');
    // A part of a key is one too: it is not cut where the model was not sure of the rest.
    const tokens = [
      { end: key.length - 10, probability: 0.9 },
      { end: key.length, probability: 0.1 },
    ];
    assert.equal(silence('█', { text: key, tokens, ended: true }, { floors: { line: 0.5, part: 0.5 } }), 'key');
  });

  it('unsure, by the product of the probabilities', () => {
    const tokens = [
      { end: 7, probability: 0.8 },
      { end: 12, probability: 0.5 },
    ];
    const draft = { text: 'return alpha', tokens, ended: true };
    const at = (line: number, part: number) => ({ floors: { line, part } });
    assert.equal(silence('█', draft, at(0.9, 0.9)), 'unsure');
    assert.equal(silence('█', draft, at(0.6, 0.6)), 'shows return');
    assert.equal(silence('█', draft, at(0.6, 0.85)), 'unsure');
    assert.equal(silence('█', draft, at(0.4, 0.9)), 'shows return alpha');
    assert.equal(silence('█', draft, { ...at(0.9, 0.9), without: new Set(['confidence']) }), 'shows return alpha');
  });

  it('keeps the lines that are sure', () => {
    const tokens = [
      { end: 12, probability: 0.8 },
      { end: 24, probability: 0.5 },
    ];
    const draft = { text: '{\n  alpha();\n  beta();\n}', tokens, ended: true };
    assert.equal(silence('if (a) █', draft, { floors: { line: 0.6, part: 0.9 } }), 'shows {\n  alpha();');
  });

  it('unsound, unless the first line alone is sound', () => {
    const isSound = ({ inserted }: { inserted: string }): boolean => !inserted.includes('\n');
    assert.equal(silence('if (a) █', draftOf('{\n  b();\n}\n'), { isSound }), 'shows {');
    assert.equal(silence('x█', draftOf(' = (1;'), { isSound: () => false }), 'unsound');
    assert.equal(silence('x█', draftOf(' = (1;'), { isSound: () => undefined }), 'shows  = (1;');
  });

  it('ends with the first of several statements in a line', () => {
    const statementEnd = ({ inserted }: { inserted: string }): number => inserted.indexOf(';') + 1;
    assert.equal(silence('a = █', draftOf('first(); second();'), { statementEnd }), 'shows first();');
  });

  it('closes what the model left open, where that makes it sound', () => {
    const isSound = ({ inserted }: { inserted: string }): boolean => inserted.endsWith(')');
    assert.equal(silence('x = █', draftOf('first(["a'), { isSound }), 'shows first(["a"])');
    assert.equal(silence('x = █', draftOf('first("a'), { isSound, without: new Set(['length', 'close']) }), 'unsound');
  });
});

describe('isWhole', () => {
  it('waits for the end of the line, then for the end of the block', () => {
    const line = placeIn('const a = █');
    assert.equal(isWhole(draftOf('b;', false), line, defaults), false);
    assert.equal(isWhole(draftOf('b;\n', false), line, defaults), true);
    const block = placeIn('if (a) █');
    assert.equal(isWhole(draftOf('{\n  b();\n', false), block, defaults), false);
    assert.equal(isWhole(draftOf('{\n  b();\n}', false), block, defaults), false, 'an else may follow');
    assert.equal(isWhole(draftOf('{\n  b();\n}\n', false), block, defaults), true);
  });
});
