import assert from 'node:assert/strict';
import path from 'node:path';
import { Syntax } from '../../../server/syntax/syntax';
import { root } from '../../support/server';

/** A text, and the names that it defines with the first line and the count of lines of each. */
const table: Readonly<Record<string, readonly (readonly [text: string, names: readonly string[]])[]>> = {
  typescript: [
    ['export function a(): void {\n  b();\n}\n', ['a 0 3']],
    ['// c\nexport const a = () => {\n  b();\n};\nconst n = 1;\n', ['a 1 3']],
    ['@d\nexport class A {\n  x = 1;\n  f = () => 1;\n  m() {\n    return 2;\n  }\n}\n', ['A 0 8', 'f 3 1', 'm 4 3']],
    ['interface I {\n  m(): void;\n}\nenum E { a }\ntype T = string;\n', ['I 0 3', 'm 1 1', 'E 3 1', 'T 4 1']],
  ],
  typescriptreact: [['function A() {\n  return <b>c</b>;\n}\n', ['A 0 3']]],
  javascript: [['class A {\n  #p() {}\n}\nfunction* g() {}\n', ['A 0 3', '#p 1 1', 'g 3 1']]],
  python: [['@d\ndef a():\n    pass\n\nclass B:\n    def c(self):\n        pass\n', ['a 0 3', 'B 4 3', 'c 5 2']]],
  go: [
    [
      'package a\n\nfunc A() {\n}\n\nfunc (t *T) B() {\n}\n\ntype T struct {\n\tx int\n}\n',
      ['A 2 2', 'B 5 2', 'T 8 3'],
    ],
  ],
  rust: [['struct S;\nimpl S {\n    fn a(&self) {\n    }\n}\nmod m {}\n', ['S 0 1', 'S 1 4', 'a 2 2', 'm 5 1']]],
  java: [['class A {\n  A() {\n  }\n  int b() {\n    return 1;\n  }\n}\n', ['A 0 7', 'A 1 2', 'b 3 3']]],
  csharp: [['namespace N {\n  class A {\n    int B() { return 1; }\n  }\n}\n', ['N 0 5', 'A 1 3', 'B 2 1']]],
  cpp: [
    [
      'int *a(int b) {\n  return 0;\n}\nstruct S {\n  void m() {}\n};\nvoid S::n() {}\n',
      ['a 0 3', 'S 3 3', 'm 4 1', 'S::n 6 1'],
    ],
  ],
  c: [['static int a(void) {\n  return 0;\n}\n', ['a 0 3']]],
  ruby: [
    [
      'module M\n  class A\n    def b\n    end\n    def self.c\n    end\n  end\nend\n',
      ['M 0 8', 'A 1 6', 'b 2 2', 'c 4 2'],
    ],
  ],
  php: [['<?php\nfunction a() {\n}\nclass B {\n  function c() {}\n}\n', ['a 1 2', 'B 3 3', 'c 4 1']]],
  shellscript: [['a() {\n  b\n}\nfunction c {\n  d\n}\n', ['a 0 3', 'c 3 3']]],
};

describe('outline', () => {
  let syntax: Syntax;
  before(async function () {
    this.timeout(30_000);
    syntax = Syntax.create(path.join(root, 'dist/grammars'), 60_000);
    for (const id of Object.keys(table)) await syntax.load(id);
  });
  after(() => syntax.dispose());

  for (const [id, rows] of Object.entries(table))
    for (const [text, names] of rows)
      it(`${id}: ${JSON.stringify(text)}`, () => {
        const outline = syntax.outline(id, text);
        assert.deepEqual(
          outline?.names.map(({ name, first, count }) => `${name} ${first} ${count}`),
          names,
        );
        assert.equal(outline?.parses, true);
      });

  it('says that a text does not parse, and nothing where there is no grammar', () => {
    assert.equal(syntax.outline('typescript', 'function a( {\n')?.parses, false);
    assert.equal(syntax.outline('plaintext', 'a'), undefined);
  });

  it('cuts between definitions, and not between what belongs together', () => {
    const text = 'import a;\n\n/** b */\nfunction c() {\n  if (d) {\n    e();\n  }\n\n  f();\n}\ng();';
    const costs = syntax.seams('typescript', text.split('\n'));
    const cheap = costs.flatMap((cost, line) => (cost < 1 ? [line] : []));
    assert.deepEqual(cheap, [0, 1, 2, 10]);
    assert.ok((costs[4] ?? 0) < (costs[5] ?? 0), costs.join());
    assert.ok((costs[8] ?? 0) < (costs[5] ?? 0), costs.join());
  });

  it('goes by indentation and blank lines where there is no grammar', () => {
    const costs = syntax.seams('plaintext', ['a', '  b', '', 'c', 'd']);
    assert.deepEqual(costs, [0, 2.5, 1.5, 0, 0.5]);
  });
});
