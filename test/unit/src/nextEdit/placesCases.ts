/** `⟨old→new⟩` is what was typed, `«old»` a place that is to be offered, `«old|text»` one where something else than the new name is. */

type Case = readonly [language: string, what: string, marked: string];

export const cases: readonly Case[] = [
  [
    'typescript',
    'a variable, not in strings, comments and keys',
    `const ⟨total→sum⟩ = 1;
// total
/* total */ use(«total»); use('total', "total", \`total \${«total» + 1} total\`, /total/, a / «total» / 2);
const o = { total: «total», x: { y: «total» } }; o.total = «total»;
`,
  ],
  ['typescript', 'from a use, its declaration too', 'let «total» = 1;\nuse(⟨total→sum⟩);\nuse(«total»);\n'],
  [
    'typescript',
    'only in its own function',
    'function a(⟨width→breadth⟩: number) { return «width» * 2; }\nfunction b(width: number) { return width; }\nuse(width);\n',
  ],
  [
    'typescript',
    'not where an inner one hides it',
    'const ⟨count→amount⟩ = 1;\nuse(() => «count»);\n{ const count = 2; use(count); }\nxs.map((count) => count + 1);\nxs.map(count => count);\nuse(«count»);\n',
  ],
  [
    'typescript',
    'the parameter of an arrow function, only there',
    'xs.map((⟨item→entry⟩) => «item».size, item);\nys.map((item) => item.size);\nitem();\n',
  ],
  ['typescript', 'a bare parameter', 'xs.map(⟨item→entry⟩ => «item» + 1).filter(item => item > 1);\n'],
  [
    'typescript',
    'after an arrow with a body',
    'const f = (⟨item→entry⟩: Item): Item => { return «item»; };\nitem();\n',
  ],
  ['typescript', 'a function', 'export function ⟨load→read⟩(a: A): B { return «load»(a); }\nthis.load(); «load»(1)\n'],
  ['typescript', 'a type', 'interface ⟨Thing→Item⟩ { a: «Thing» }\nconst x: «Thing»[] = <«Thing»[]>[];\n'],
  ['typescript', 'a type alias', 'type ⟨Thing→Item⟩ = { a: string };\nconst x: Map<string, «Thing»> = y as «Thing»;\n'],
  ['typescript', 'shorthand', 'const ⟨total→sum⟩ = 1;\nreturn { «total|total: sum», other, a: «total» };\n'],
  ['typescript', 'an export', 'const ⟨total→sum⟩ = 1;\nexport { a, «total|sum as total» };\n'],
  ['typescript', 'a destructured variable', 'const { a, ⟨total→sum⟩ } = x;\nuse(«total»);\n'],
  ['typescript', 'a pattern renamed from its use', 'const { «total|total: sum» } = x;\nuse(⟨total→sum⟩);\n'],
  ['typescript', 'a renamed pattern', 'const { total: ⟨total2→sum⟩ } = x;\nuse(«total2», total);\n'],
  ['typescript', 'a destructured parameter', 'function f({ ⟨total→sum⟩, b }: X) { return «total»; }\nuse(total);\n'],
  ['typescript', 'an array pattern', 'const [⟨first→head⟩, second] = xs;\nuse(«first»);\n'],
  ['typescript', 'an import', "import { ⟨readFile→readFileSync⟩, b } from 'fs';\n«readFile»('a'); fs.readFile('b');\n"],
  [
    'typescript',
    'a loop variable',
    'for (const ⟨item→entry⟩ of items) { use(«item»); }\nfor (const item of items) use(item);\n',
  ],
  ['typescript', 'a caught error', 'try { a() } catch (⟨error→fault⟩) { throw «error» }\nuse(error);\n'],
  [
    'typescript',
    'a field, behind this, in its class',
    'class A {\n  private readonly ⟨count→amount⟩ = 0;\n  m(count: number) { this.«count» += count; other.count = 1; }\n}\nclass B { count = 0; m() { this.count++; } }\n',
  ],
  [
    'typescript',
    'a method from a call',
    'class A {\n  «load»() {}\n  m() { this.⟨load→read⟩(); this.«load»(); load(); }\n}\n',
  ],
  [
    'typescript',
    'a private field',
    'class A {\n  #⟨count→amount⟩ = 0;\n  m(o: A) { return this.#«count» + o.#«count»; }\n}\n',
  ],
  [
    'typescript',
    'where the new name is another thing elsewhere',
    'function a() { const ⟨total→sum⟩ = 1; use(«total», o.sum); }\nfunction b() { const sum = 1; use(sum); }\n',
  ],
  [
    'typescript',
    'other scripts, and characters of two code units',
    "const ⟨größe→länge⟩ = '😀'; use(«größe», '😀', größer); // größe\nuse(𝒳, «größe», 𝒳größe);\n",
  ],
  ['typescript', 'line breaks of Windows', 'const ⟨total→sum⟩ = 1;\r\n// total\r\nuse(«total»);\r\n'],
  [
    'typescript',
    'without semicolons',
    'const ⟨total→sum⟩ = one\nrun(«total»)\nif («total» > 1) {\n  run(«total»)\n}\n',
  ],
  [
    'javascriptreact',
    'not the words of markup',
    "const ⟨total→sum⟩ = 1;\nreturn <p title={«total»}>total: the total isn't {«total»}</p>;\n",
  ],
  [
    'python',
    'a variable in its function',
    'def f(a):\n    ⟨total→sum_⟩ = 0  # total\n    for x in a:\n        «total» += x\n    «total» = «total» + 1\n    print("total", """total""", key(total=«total»), a.total)\n    return «total»\n\ndef g():\n    return total\n',
  ],
  ['python', 'a parameter', 'def f(⟨width→breadth⟩, b=1):\n\n# width\n    return «width» * b\n\nprint(width)\n'],
  ['python', 'a function', 'def ⟨load→read⟩(a):\n    return «load»(a)\n\nx = «load»(1)\n'],
  [
    'python',
    'a field of a class',
    'class A:\n    def «load»(self):\n        self.⟨load→read⟩()\n        self.«load»()\n        load()\n',
  ],
  [
    'go',
    'a variable',
    "func f() {\n\t⟨total→sum⟩ := 0\n\tuse(«total», `total`, 't', x.total)\n}\nfunc g() { use(total) }\n",
  ],
  ['go', 'a parameter', 'func (r *T) F(a int, ⟨width→breadth⟩ int) (int, error) {\n\treturn «width», nil\n}\n'],
  [
    'rust',
    'a variable',
    'fn f<\'a>(x: &\'a str) -> P {\n  let mut ⟨total→sum⟩ = 0;\n  P { «total|total: sum», b };\n  «total» + r#"total"#\n}\n',
  ],
  [
    'java',
    'a parameter',
    'class A {\n  int f(List<String> xs, int ⟨width→breadth⟩) {\n    return «width» * 2;\n  }\n  int g(int width) { return width; }\n}\n',
  ],
  [
    'java',
    'a field',
    'class A {\n  private int ⟨count→amount⟩ = 0;\n  int f() { return «count» + this.«count» + other.count; }\n}\n',
  ],
  [
    'csharp',
    'a local',
    'class A {\n  void F() {\n    var ⟨total→sum⟩ = $"{total}";\n    Use(«total», @"a ""total""");\n  }\n}\n',
  ],
  [
    'cpp',
    'a local',
    '#include <total>\nint f() {\n  std::vector<int> ⟨total→sum⟩ = {1};\n  return «total».size() + 1\'000 + R"(total)";\n}\n',
  ],
];

/** Found by comparing with what TypeScript itself would rename. */
export const types: readonly Case[] = [
  [
    'typescript',
    'not the fields of the type beside a pattern',
    'function f({ ⟨before→after⟩, b }: { readonly before: A; b?: B } & Omit<C, { before: 1 }>) { use(«before»); }\n',
  ],
  [
    'typescript',
    'not a type that is imported by another name',
    "import { Settings as Other } from 'a';\nexport interface ⟨Settings→Options⟩ {}\nlet a: «Settings»;\n",
  ],
  [
    'typescript',
    'not the parameters of a type of function',
    'function a(b: B): (item: A) => number {\n  return (⟨item→entry⟩) => «item» + 1;\n}\nfunction c(b: B) { return item; }\n',
  ],
  [
    'typescript',
    'not the places of a tuple',
    'const xs: readonly [text: string][] = [];\nfor (const [⟨text→words⟩] of xs) { use(«text»); }\n',
  ],
];

export const quiet: readonly Case[] = [
  [
    'typescript',
    'a variable of the name of a field',
    'class A { constructor(readonly line = 3) {} }\nconst ⟨line→row⟩ = 1;\n',
  ],
  ['typescript', 'the new name exists there', 'const ⟨total→sum⟩ = 1;\nconst sum = 2;\nuse(total);\n'],
  ['typescript', 'the new name is used there', 'const ⟨total→sum⟩ = 1;\nuse(total, sum);\n'],
  [
    'typescript',
    'another name was taken instead',
    'const a = 1, b = 2;\nconst sum = 1;\nconst total = 1;\nfunction f() { use(⟨total→sum⟩); use(total); }\n',
  ],
  ['typescript', 'a copied line is changed', 'const width = a.width;\nconst ⟨width→height⟩ = a.width;\nuse(width);\n'],
  [
    'typescript',
    'a call of something from elsewhere',
    "import { readFile } from 'fs';\n⟨readFile→writeFile⟩('a');\nreadFile('b');\n",
  ],
  ['typescript', 'another method is called', 'xs.⟨map→filter⟩(a);\nys.map(b);\n'],
  ['typescript', 'a key of an object', 'use({ ⟨total→sum⟩: 1 });\nuse({ total: 1 }, total);\n'],
  ['typescript', 'a name that is declared nowhere', 'use(⟨total→sum⟩);\nuse(total);\n'],
  [
    'typescript',
    'overloads',
    'function ⟨load→read⟩(a: string): void;\nfunction load(a: number): void;\nfunction load(a: unknown) {}\n',
  ],
  ['typescript', 'a change in a comment', '// ⟨total→sum⟩\nconst total = 1;\nuse(total);\n'],
  ['typescript', 'a change in a string', "use('⟨total→sum⟩');\nconst total = 1;\nuse(total);\n"],
  [
    'typescript',
    'a field that is a parameter',
    'class A { constructor(private ⟨total→sum⟩: B) {} m() { return this.total; } }\n',
  ],
  ['python', 'a later assignment', 'width = a.width\n⟨width→height⟩ = a.width\nprint(width)\n'],
  ['java', 'a method of another object', 'class A { void f() { a.⟨load→read⟩(); a.load(); } }\n'],
];
