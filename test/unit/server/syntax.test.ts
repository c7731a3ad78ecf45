/** What the grammars tell: of insertions that break the syntax or not, of ends of statements, of comments and strings. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the tables hold code.
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Insertion } from '../../../server/syntax/insertion';
import type { Kind } from '../../../server/syntax/kind';
import { Syntax } from '../../../server/syntax/syntax';
import { CURSOR } from '../../support/cursor';
import { root } from '../../support/server';

const folder = path.join(root, 'dist/grammars');
/** More than a busy machine needs: these tests ask what is answered, not when. */
const NO_LIMIT = 60_000;

/** The text with █ for the cursor, what is inserted there, and whether that is sound. */
type Row = readonly [text: string, inserted: string, isSound: boolean];

const soundness: Readonly<Record<string, readonly Row[]>> = {
  typescript: [
    ['const a = █;\n', '1', true],
    ['const a = █\n', 'load(1, 2);', true],
    ['const a = █\n', 'load(1, 2', false],
    ['const a = █\n', 'load(1, 2));', false],
    ["const a = █\nconst b = 'x';\n", "'abc", false],
    ['const a = b █\nlet c = 1;\n', '+', false],
    ['load(█)\n', 'a, b', true],
    ['load(█)\n', 'a, b)', false],
    ['load(█)\n', "a, 'b'", true],
    ['if (█) {\n  run();\n}\n', 'a && b', true],
    ['if (█) {\n  run();\n}\n', 'a && (b', false],
    ['function f(█) {\n  return 1;\n}\n', 'a: string, b = 2', true],
    ['function f() {\n  █\n}\n', 'for (const a of b) {\n    run(a);\n  }', true],
    ['function f() {\n  █\n}\n', 'for (const a of b) {\n    run(a);', false],
    ['function f() {\n  █\n  }\n}\n', 'for (const a of b) {\n    run(a);', true],
    ['function f() {\n  █\n}\n', 'return 1;\n}', false],
    ['class A {\n  a = 1;\n\n  █\n}\n', 'get b(): number {\n    return this.a;\n  }', true],
    ['class A {\n  a = 1;\n\n  █\n}\n', 'get b(): number {\n    return this.a;', false],
    ['const a = [\n  1,\n  █\n  3,\n];\n', '2,', true],
    ['const a = [\n  1,\n  █\n  3,\n];\n', '2, [', false],
    ['const a = `x ${█} y`;\n', 'b.c', true],
    ['const a = `x ${█} y`;\n', 'b.', false],
    ['items.map((a) => █)\n', 'a.b', true],
    ['interface A {\n  a: string;\n  █\n}\n', 'b?: readonly string[];', true],
    ['// █\nrun();\n', 'what (it', true],
    ['█', 'import a from "b";', true],
    ['█', '', true],
  ],
  typescriptreact: [
    ['const a = (\n  <div>\n    █\n  </div>\n);\n', '<Item key={1} />', true],
    ['const a = (\n  <div>\n    █\n  </div>\n);\n', '<Item key={1}', false],
    ['const a = (\n  <div>\n    █\n  </div>\n);\n', '<p>{b}</p>', true],
    ['const a = (\n  <div>\n    █\n  </div>\n);\n', '<p>{b}', false],
    ['const a = (\n  <div>\n    █\n  </div>\n);\n', '<p>{b}</p>\n  </div>', false],
    ['const a = <p className=█>b</p>;\n', '"c"', true],
    ['const a = <p className=█>b</p>;\n', '{c', false],
  ],
  javascript: [
    ['const a = require(█)\n', "'fs'", true],
    ['const a = require(█)\n', "'fs", false],
    ["describe('a', () => {\n  █\n});\n", "it('b', () => {\n    run();\n  });", true],
    ["describe('a', () => {\n  █\n});\n", "it('b', () => {\n    run();\n  }", false],
    ["describe('a', () => {\n  █\n});\n", "it('b', () => {\n    run();\n  });\n});", false],
    ['const a = {\n  b: 1,\n  █\n};\n', 'c() {\n    return 2;\n  },', true],
    ['app.get(█\n', "'/', (req, res) => {\n  res.send();\n});", true],
  ],
  javascriptreact: [
    ['const a = () => █;\n', '<a href="b">c</a>', true],
    ['const a = () => █;\n', '<a href="b">c', false],
  ],
  python: [
    ['a = █\n', 'load(1, b=2)', true],
    ['a = █\nb = 1\n', 'load(1, b=2', false],
    ['a = █\n', '[x for x in y if x]', true],
    ['a = █\nb = 1\n', '"abc', false],
    ['def f(a):\n    █\n', 'if a:\n        return 1\n    return 2', true],
    ['def f(a):\n    █\n\ndef g():\n    pass\n', 'return a +', false],
    ['def f(a):\n    if a:\n        return 1\n    █\n', 'else:\n        return 2', true],
    ['def f(a):\n    return 1\n    █\n', 'else:\n        return 2', false],
    ['class A:\n    def f(self█):\n        pass\n', ', a: int = 1', true],
    ['class A:\n    def f(self█):\n        pass\n', ', a: int = (1', false],
    ['print(f"a {█}")\n', 'b.c', true],
    ['x = {\n    "a": 1,\n    █\n}\n', '"b": [1, 2],', true],
    ['x = {\n    "a": 1,\n    █\n}\n', '"b": [1, 2,', false],
    ['def █\n', 'f(a, b):', false],
    ['def █\n', 'f(a, b):\n    return a', true],
  ],
  go: [
    ['package a\n\nfunc f() error {\n\t█\n}\n', 'if err := g(); err != nil {\n\t\treturn err\n\t}', true],
    ['package a\n\nfunc f() error {\n\t█\n}\n', 'if err := g(); err != nil {\n\t\treturn err', false],
    ['package a\n\nfunc f() error {\n\treturn █\n}\n', 'fmt.Errorf("a: %w", err)', true],
    ['package a\n\nfunc f() error {\n\treturn █\n}\n', 'fmt.Errorf("a: %w", err', false],
    ['package a\n\ntype T struct {\n\tA int\n\t█\n}\n', 'B string `json:"b"`', true],
    ['package a\n\ntype T struct {\n\tA int\n\t█\n}\n', 'B string `json:"b"', false],
  ],
  rust: [
    ['fn f() -> i32 {\n    █\n}\n', 'let a = b?;\n    a + 1', true],
    ['fn f() -> i32 {\n    █\n}\n', 'let a = b.iter().map(|x| x + 1', false],
    ['fn f() {\n    match a {\n        █\n    }\n}\n', 'Some(b) => run(b),\n        None => {}', true],
    ['fn f() {\n    match a {\n        █\n    }\n}\n', 'Some(b) => {', false],
    ['fn f() {\n    println!(█);\n}\n', '"{}", a', true],
    ['fn f() {\n    println!(█);\n}\n', '"{}, a', false],
    ['#[derive(█)]\nstruct A;\n', 'Debug, Clone', true],
  ],
  java: [
    ['class A {\n  void f() {\n    █\n  }\n}\n', 'int a = b.size();', true],
    ['class A {\n  void f() {\n    █\n  }\n}\n', 'int a = b.size()', false],
    ['class A {\n  void f() {\n    █\n  }\n}\n', 'try {\n      g();\n    } catch (E e) {\n      h();\n    }', true],
    ['class A {\n  void f() {\n    █\n  }\n}\n', 'try {\n      g();\n    } catch (E e) {', false],
    ['class A {\n  █\n}\n', '@Override\n  public String toString() {\n    return "a";\n  }', true],
    ['class A {\n  █\n}\n', '@Override\n  public String toString() {\n    return "a";', false],
  ],
  csharp: [
    ['class A\n{\n    void F()\n    {\n        █\n    }\n}\n', 'var a = $"{b} c";', true],
    ['class A\n{\n    void F()\n    {\n        █\n    }\n}\n', 'var a = $"{b c;', false],
    ['class A\n{\n    █\n}\n', 'public int B { get; set; } = 1;', true],
    ['class A\n{\n    █\n}\n', 'public int B { get; set;', false],
    ['class A\n{\n    [Fact]\n    public void █\n    {\n        B();\n    }\n}\n', 'C()', true],
    ['class A\n{\n    [Fact]\n    public void █\n    {\n        B();\n    }\n}\n', 'C(', false],
  ],
  cpp: [
    ['int f() {\n  █\n}\n', 'std::vector<int> a{1, 2};', true],
    ['int f() {\n  █\n}\n', 'std::vector<int> a{1, 2;', false],
    ['namespace a {\nclass B {\n public:\n  █\n};\n}  // namespace a\n', 'int c() const { return 1; }', true],
    ['namespace a {\nclass B {\n public:\n  █\n};\n}  // namespace a\n', 'int c() const { return 1;', false],
    ['#include █\n\nint a;\n', '<vector>', true],
  ],
  c: [
    ['static int f(char *a) {\n    █\n}\n', 'for (int i = 0; i < 3; i++)\n        a[i] = 0;\n    return 0;', true],
    ['static int f(char *a) {\n    █\n}\n', 'for (int i = 0; i < 3; i++', false],
  ],
  ruby: [
    ['def f\n  █\nend\n', 'a.each do |b|\n    puts b\n  end', true],
    ['def f\n  █\nend\n', 'a.each do |b|\n    puts b', false],
    ['def f\n  █\nend\n', 'a.map { |b| "#{b} c" }', true],
    ['def f\n  █\nend\n', 'a.map { |b| "#{b} c"', false],
    ['def f\n  if a\n    b\n  █\nend\n', 'else\n    c\n  end', true],
  ],
  php: [
    ['<?php\nfunction f($a) {\n    █\n}\n', 'return array_map(fn($b) => $b->c, $a);', true],
    ['<?php\nfunction f($a) {\n    █\n}\n', 'return array_map(fn($b) => $b->c, $a;', false],
    ['class A\n{\n    █\n}\n', 'private int $b = 1;', true],
    ['class A\n{\n    █\n}\n', 'private int $b = [1;', false],
  ],
  shellscript: [
    ['f() {\n  █\n}\n', 'if [ -n "$a" ]; then\n    echo "$b"\n  fi', true],
    ['f() {\n  █\n}\n', 'if [ -n "$a" ]; then\n    echo "$b"', false],
    ['f() {\n  █\n}\n', 'echo "$(date', false],
    ['for a in *; do\n  █\ndone\n', 'echo "${a%.txt}"', true],
  ],
};

/** Texts that begin and end in the middle of something. */
const windows: Readonly<Record<string, readonly Row[]>> = {
  typescript: [
    ['    return a;\n  }\n\n  █\n\n  c() {\n    if (d) {\n', 'private async b(): Promise<void> {\n    e();\n  }', true],
    ['    return a;\n  }\n\n  █\n\n  c() {\n    if (d) {\n', 'private async b(): Promise<void> {\n    e();', false],
    ['    return a;\n  }\n\n  private async b(): B {\n    █\n  }\n\n  c() {\n    if (d) {\n', 'await e();', true],
    ['    return a;\n  }\n\n  private async b(): B {\n    █\n  }\n\n  c() {\n    if (d) {\n', 'await e(;', false],
  ],
  python: [
    ['        return a\n\n    █\n\n    def c(self):\n        if d:\n', 'def b(self):\n        return 1', true],
    ['        return a\n\n    █\n\n    def c(self):\n        if d:\n', 'def b(self):\n        return (1', false],
  ],
  go: [['\t\treturn a\n\t}\n\t█\n}\n\nfunc c() {\n\tif d {\n', 'return b(a)', true]],
  java: [['    return a;\n  }\n\n  █\n\n  void c() {\n    if (d) {\n', 'private int b() {\n    return 1;\n  }', true]],
  ruby: [['    a\n  end\n\n  █\n\n  def c\n    if d\n', 'def b\n    1\n  end', true]],
  php: [['        return $a;\n    }\n\n    █\n\n    function c() {\n', 'private function b(): int {\n    }', true]],
};

/** Neighbourhoods that are broken already: what is whole by itself is sound in them, and nothing else. */
const broken: Readonly<Record<string, readonly Row[]>> = {
  typescript: [
    ['function a() {\n  load(1, [2;\n  █\n  const c = 1;\n}\n', 'const b = load(2);', true],
    ['function a() {\n  load(1, [2;\n  █\n  const c = 1;\n}\n', 'const b = load(2', false],
    ['function a() {\n  if (x {\n    █\n  }\n}\n', 'return 1;', true],
    ['function a() {\n  if (x {\n    █\n  }\n}\n', 'return (1;', false],
    ['function a() {\n  █\n\nfunction b() {\n  return 1;\n}\n', 'return 2;', true],
    ['function a() {\n  █\n\nfunction b() {\n  return 1;\n}\n', 'return (2;', false],
    ['const a = {\n  b: 1,\n  █\n\nfunction c() {\n  return 1;\n}\n', 'd: 2,', true],
    ["const a = 'it;\n█\n", 'const b = 1;', true],
  ],
  python: [
    ['def f(:\n    █\n', 'return 1', true],
    ['def f(:\n    █\n', 'return (1', false],
    ['x = (1\n█\ny = 2\n', 'z = 3', true],
  ],
  java: [
    ['class A {\n  void f() {\n    g(;\n    █\n  }\n}\n', 'h();', true],
    ['class A {\n  void f() {\n    g(;\n    █\n  }\n}\n', 'h(', false],
  ],
};

/** The text, what is inserted with ✂ where its first statement ends; without ✂ where the tree cannot tell. */
const ends: Readonly<Record<string, readonly (readonly [text: string, inserted: string])[]>> = {
  typescript: [
    ['const a = █\n', 'b + c;✂\nconst d = e;\nreturn'],
    ['█\n', 'const a = load(\n  b,\n);✂\nrun(a);\nif (a'],
    ['if (a) {█\n', '\n  b();\n} else {\n  c();\n}✂\nd();\n'],
    ['function f() {\n  █\n}\n', 'const a = 1;✂\n  const b = 2;\n  return a'],
    ['function f() {\n  █\n}\n', '// Sums up.\n  const a = 1;✂\n  const b = 2;'],
    ['class A {\n  █\n}\n', 'b = 1;✂\n\n  c() {\n    return 2;\n  }'],
    ['class A {\n  █\n}\n', 'b() {\n    return 1;\n  }✂\n\n  c() {\n    return'],
    ['items.map((a) => {█\n});\n', '\n  return a;✂\n'],
    ['const a = load(█);\n', 'b, c✂'],
    ['a(); █\n', 'b(); // as c does✂\nc();'],
    ['interface A {\n  █\n}\n', 'b: string;✂\n  c: number;'],
    ['switch (a) {\n  case 1:\n    █\n}\n', 'b();✂\n    break;\n  case 2:'],
    ['const a = █\n', '(('],
    ['const a = 1;█\n', '  \n '],
  ],
  typescriptreact: [
    ['const a = (\n  <div>\n    █\n  </div>\n);\n', '<A\n      b={1}\n    />✂\n    <C />'],
    ['const a = (\n  <div>\n    █\n  </div>\n);\n', '<p>b</p>✂\n    <C'],
  ],
  python: [
    ['def f():█\n', '\n    a = 1\n    return a✂\n\ndef g():\n    pass\n'],
    ['def f():\n    █\n', 'a = 1✂\n    return a'],
    ['█\n', 'if a:\n    b()\nelse:\n    c()✂\nd()\n'],
    ['█\n', '@wraps\ndef f():\n    pass✂\nx = (1'],
    ['x = [\n    █\n]\n', '1,\n    2,✂'],
  ],
  go: [
    ['func f() {\n\t█\n}\n', 'if err != nil {\n\t\treturn err\n\t}✂\n\treturn nil'],
    ['func f() {\n\ta := █\n}\n', 'b()✂\n\tc()'],
    ['█\n', 'func f() {\n\ta()\n}✂\n\nfunc g() {'],
  ],
  rust: [
    ['fn f() {\n    █\n}\n', 'let a = b?;✂\n    c(a);'],
    ['█\n', '#[test]\nfn f() {\n    a();\n}✂\n\nfn g() {'],
  ],
  java: [['class A {\n  █\n}\n', '@Test\n  void b() {\n    c();\n  }✂\n\n  @Test\n  void d() {']],
  csharp: [['class A\n{\n    █\n}\n', 'public int B { get; set; }✂\n    public int C { get;']],
  cpp: [['█\n', 'class A {\n  int b;\n};✂\nint c() {\n']],
  ruby: [
    ['def f\n  █\nend\n', 'a.each do |b|\n    puts b\n  end✂\n  c\n'],
    ['if a█\n', '\n  b\nend✂\nc\n'],
  ],
  php: [['<?php\nfunction f() {\n    █\n}\n', '$a = 1;✂\n    return $a;']],
  shellscript: [['█\n', 'if [ -n "$a" ]; then\n  b\nfi✂\necho "$c"\n']],
};

const kinds: Readonly<Record<string, readonly (readonly [kind: Kind, texts: readonly string[]])[]>> = {
  typescript: [
    ['code', ['█', 'a█', "f('a'█)", 'a; /* b */█', '`a ${b█} c`', 'const a: string█ = 1', '█// a', '// a\n█']],
    ['comment', ['// a█', '// █\nb();', '/* a█ */', '/* a█\nb();\n', '/**\n * a█\n */', "// it's █"]],
    ['string', ["f('a█')", "f('a█\n", '`a █${b} c`', 'const a = `b█\nc();\n', 'a = "█"', '/a█b/.test(c)', '"🐟🐟█"']],
  ],
  python: [
    ['code', ['a█ = "b"', 'f"a {b█} c"']],
    ['comment', ['# a█', 'a = 1  # b█\nc = 2\n']],
    ['string', ['"""a█\nb\n"""', 'def f():\n    """a█\n', "a = 'b█\nc = 1\n", 'f"a█ {b}"']],
  ],
  go: [
    ['comment', ['// a█\n']],
    ['string', ['package a\n\nvar b = `c█\n', 'package a\n\nvar b = "c█\n']],
  ],
  rust: [
    ['comment', ['/// a█\nfn b() {}\n', '/* a█\n']],
    ['code', ['/// a\n█fn b() {}\n', "fn a<'b█>() {}\n"]],
    ['string', ['fn a() { b("c█") }\n', 'fn a() {\n    b("c█\n}\n']],
  ],
  java: [['string', ['class A { String b = "c█"; }']]],
  csharp: [
    ['string', ['var a = $"b █{c}";', 'var a = @"b█";', 'var a = "b█\nvar c = 1;\n']],
    ['code', ['var a = $"b {c█}";']],
  ],
  cpp: [
    ['string', ['#include <a█>\n', 'auto a = "b█\nint c;\n']],
    ['comment', ['int a; // b█\n']],
  ],
  ruby: [
    ['string', ["a = 'b█'\n", 'a = <<~B\n  c█\nB\n', 'a = "b█\nc = 1\n']],
    ['code', ['a = "b #{c█}"\n']],
    ['comment', ['# a█\n']],
  ],
  php: [
    ['string', ["<?php\n$a = 'b█';\n", '<?php\n$a = "b█\n$c = 1;\n']],
    ['comment', ['<?php\n# a█\n', '<?php\n// a█\n']],
  ],
  shellscript: [
    ['string', ["echo 'a█'\n", 'a="b█\n']],
    ['comment', ['a # b█\n']],
    ['code', ['a=$(b█)\n']],
  ],
};

const quoted = (text: string): string => JSON.stringify(text);

function insertionAt(marked: string, inserted: string): Insertion {
  const [before = '', after = ''] = marked.split(CURSOR);
  return { before, inserted, after };
}

describe('syntax', () => {
  let syntax: Syntax;
  before(async function () {
    this.timeout(30_000);
    syntax = Syntax.create(folder, NO_LIMIT);
    for (const id of Object.keys({ ...soundness, ...kinds })) await syntax.load(id);
  });
  after(() => syntax.dispose());

  for (const [what, table] of Object.entries({ file: soundness, window: windows, 'broken text': broken }))
    for (const [id, rows] of Object.entries(table))
      for (const [text, inserted, isSound] of rows)
        it(`${id}: ${quoted(inserted)} is ${isSound ? 'sound' : 'refused'} in the ${what} ${quoted(text)}`, () => {
          assert.equal(syntax.isSound(id, insertionAt(text, inserted)), isSound);
        });

  for (const [id, rows] of Object.entries(ends))
    for (const [text, marked] of rows)
      it(`${id}: a statement ends at ✂ in ${quoted(marked)} after ${quoted(text)}`, () => {
        const end = marked.indexOf('✂');
        const found = syntax.statementEnd(id, insertionAt(text, marked.replace('✂', '')));
        assert.equal(found, end < 0 ? undefined : end);
      });

  for (const [id, rows] of Object.entries(kinds))
    for (const [kind, texts] of rows)
      for (const text of texts)
        it(`${id}: █ is in ${kind === 'code' ? kind : `a ${kind}`} in ${quoted(text)}`, () => {
          assert.equal(syntax.kindAt(id, text.replace(CURSOR, ''), text.indexOf(CURSOR)), kind);
        });

  it('knows in a long file what encloses the cursor', () => {
    const methods = Array.from(
      { length: 1_500 },
      (_, n) => `  private async m${n}(): Promise<void> {\n    f('🐟');\n  }\n`,
    );
    const text = `export class A {\n${methods.join('\n')}\n  ${CURSOR}\n\n${methods.join('\n')}}\n`;
    assert.equal(syntax.isSound('typescript', insertionAt(text, 'private b = 1;')), true);
    assert.equal(syntax.isSound('typescript', insertionAt(text, 'private b = (1;')), false);
    assert.equal(syntax.isSound('typescript', insertionAt(text, 'private b() {\n    c();')), false);
    assert.equal(syntax.statementEnd('typescript', insertionAt(text, 'private b = 1;\n\n  c() {')), 14);
  });

  it('tells something of any text', () => {
    const noise = Array.from({ length: 200 }, (_, n) => String.fromCharCode((n * n * 31 + n) % 256)).join('');
    for (const id of Object.keys(soundness))
      for (const text of [
        '',
        CURSOR,
        `${noise}${CURSOR}${noise}`,
        `\ud83d${CURSOR}\udc1f`,
        `${'('.repeat(200)}${CURSOR}`,
      ]) {
        const insertion = insertionAt(text, '🐟 (');
        assert.equal(typeof syntax.isSound(id, insertion), 'boolean');
        assert.notEqual(syntax.kindAt(id, text, insertion.before.length), undefined);
        const end = syntax.statementEnd(id, insertion) ?? 0;
        assert.ok(end >= 0 && end <= insertion.inserted.length, String(end));
      }
  });
});

describe('grammars', () => {
  const insertion = { before: '', inserted: 'a = 1', after: '' };

  it('are waited for by nothing', async () => {
    const syntax = Syntax.create(folder, NO_LIMIT);
    const loading = Promise.all([syntax.load('go'), syntax.load('go')]);
    assert.equal(syntax.isSound('go', insertion), undefined);
    assert.equal(syntax.kindAt('go', 'a', 1), undefined);
    assert.equal(syntax.statementEnd('go', insertion), undefined);
    await loading;
    assert.equal(syntax.kindAt('go', 'a', 1), 'code');
    syntax.dispose();
  });

  it('are there for some languages only', async () => {
    const syntax = Syntax.create(folder, NO_LIMIT);
    await syntax.load('plaintext');
    await syntax.load('toString');
    assert.equal(syntax.isSound('plaintext', insertion), undefined);
    await assert.rejects(Syntax.create(path.join(folder, 'nowhere')).load('go'), { code: 'ENOENT' });
  });

  it('answer nothing when the time is up, and nothing any more when they are disposed of', async () => {
    const hurried = Syntax.create(folder, -1);
    await hurried.load('go');
    assert.equal(hurried.isSound('go', { ...insertion, before: 'package a\n'.repeat(300) }), undefined);
    hurried.dispose();
    assert.equal(hurried.isSound('go', insertion), undefined);
    const late = Syntax.create(folder);
    const loading = late.load('go');
    late.dispose();
    await loading;
    assert.equal(late.isSound('go', insertion), undefined);
  });
});
