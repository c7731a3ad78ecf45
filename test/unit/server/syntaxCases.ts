/** Texts with a cursor, and what the grammars shall say of what is inserted there. */
import type { Kind } from '../../../server/syntax/kind';
import type { Row } from './soundnessCases';

/** Texts that begin and end in the middle of something. */
export const windows: Readonly<Record<string, readonly Row[]>> = {
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
export const broken: Readonly<Record<string, readonly Row[]>> = {
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
export const ends: Readonly<Record<string, readonly (readonly [text: string, inserted: string])[]>> = {
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

export const kinds: Readonly<Record<string, readonly (readonly [kind: Kind, texts: readonly string[]])[]>> = {
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
