import assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  type InlineCompletionItem,
  InlineCompletionTriggerKind,
} from 'vscode-languageserver-protocol';
import { CURSOR, marked } from '../support/cursor';
import type { LspClient } from '../support/lspClient';
import { startServer, uriOf } from '../support/server';

interface Usage {
  readonly evaluated: number;
  readonly reused: number;
}

/** What the last request cost, as the log tells. */
function lastUsage(client: LspClient): Usage {
  const line = client.logs.findLast((each) => each.startsWith('completion: ')) ?? '';
  const [, evaluated, reused] = /(\d+) tokens read, (\d+) reused/.exec(line) ?? [];
  return { evaluated: Number(evaluated), reused: Number(reused) };
}

const textOf = (item: InlineCompletionItem | undefined): string => String(item?.insertText ?? '');

describe('server process with the embedded model', () => {
  let client: LspClient;
  before(async () => {
    client = await startServer();
  });
  after(() => client.stop());

  async function ask(name: string, languageId: string, text: string): Promise<InlineCompletionItem | undefined> {
    const uri = name.includes(':') ? name : uriOf(name);
    const { document, position } = marked(text, uri, languageId);
    await client.open(uri, languageId, document.getText());
    // Asked for, a suggestion may be less sure than one that comes by typing.
    const [item] = await client.ask(uri, position, { triggerKind: InlineCompletionTriggerKind.Invoked });
    return item;
  }

  it('is ready on the processor without a setting, a download or a question', async () => {
    const status = await client.settled();
    assert.equal(status.state, 'ready');
    assert.ok(status.state === 'ready' && status.backend === 'cpu' && status.completes && status.threads >= 1);
  });

  const languages: readonly (readonly [name: string, languageId: string, text: string])[] = [
    [
      'point.ts',
      'typescript',
      'class P {\n  constructor(private x: number, private y: number) {}\n  getX() {\n    return this.x;\n  }\n  getY() {\n    return █\n  }\n}\n',
    ],
    ['point.js', 'javascript', 'class P {\n  getX() {\n    return this.x;\n  }\n  getY() {\n    return █\n  }\n}\n'],
    [
      'point.py',
      'python',
      'class P:\n    def get_x(self):\n        return self.x\n\n    def get_y(self):\n        return █\n',
    ],
    ['point.go', 'go', 'package p\n\nfunc (p *P) X() int {\n\treturn p.x\n}\n\nfunc (p *P) Y() int {\n\treturn █\n}\n'],
    [
      'point.rs',
      'rust',
      'impl P {\n    fn x(&self) -> i32 {\n        self.x\n    }\n\n    fn y(&self) -> i32 {\n        self.█\n    }\n}\n',
    ],
    [
      'P.java',
      'java',
      'class P {\n  int getX() {\n    return this.x;\n  }\n\n  int getY() {\n    return this.█\n  }\n}\n',
    ],
    [
      'P.cs',
      'csharp',
      'class P {\n  int GetX() {\n    return this.x;\n  }\n\n  int GetY() {\n    return this.█\n  }\n}\n',
    ],
    ['point.cpp', 'cpp', 'int P::getX() const {\n  return this->x;\n}\n\nint P::getY() const {\n  return this->█\n}\n'],
  ];
  for (const [name, languageId, text] of languages)
    it(`completes ${languageId}`, async () =>
      assert.match(textOf(await ask(name, languageId, text)), /^(\w+(\.|->))?y;?$/));

  it('reads only what was typed since the last request', async () => {
    const uri = uriOf('typing.ts');
    const head = Array.from({ length: 40 }, (_, n) => `export const value${n} = compute(${n}, 'name ${n}');\n`).join(
      '',
    );
    await client.open(uri, 'typescript', `${head}\n\nexport function last() {\n}\n`);
    const typed = 'const total = items.reduce((sum, item) => sum + item.price, 0);';
    const evaluated: number[] = [];
    for (let character = 0; character < typed.length; character++) {
      const at = { line: 40, character };
      await client.change(uri, at, at, typed[character] ?? '');
      await client.complete(uri, { line: 40, character: character + 1 });
      evaluated.push(lastUsage(client).evaluated);
    }
    const [first = 0, ...later] = evaluated;
    assert.ok(first > 100, `the first request reads the prompt: ${first}`);
    const mean = later.reduce((sum, each) => sum + each, 0) / later.length;
    assert.ok(mean <= 4, `tokens read for a keystroke: ${mean}`);
  });

  it('keeps what a cancelled request has read', async () => {
    const uri = uriOf('cancel.ts');
    const text = Array.from({ length: 60 }, (_, n) => `export const other${n} = make(${n});\n`).join('');
    await client.open(uri, 'typescript', `${text}\n`);
    const cancel = new CancellationTokenSource();
    const cancelled = client.complete(uri, { line: 60, character: 0 }, cancel);
    setTimeout(() => cancel.cancel(), 150);
    assert.equal(await cancelled, undefined);
    await client.complete(uri, { line: 60, character: 0 });
    assert.ok(lastUsage(client).reused > 60, `reused ${lastUsage(client).reused}`);
  });

  it('completes in a document of 5 MB', async () => {
    const much = 'export const filler = "0123456789012345678901234567890123456789";\n'.repeat(80_000);
    assert.match(
      textOf(await ask('big.js', 'javascript', `${much}function add(a, b) {\n  return █\n}\n${much}`)),
      /a \+ b/,
    );
  });

  it('lives with emoji and surrogate pairs around the cursor', async () => {
    const text =
      '# 😀👩‍👩‍👧 "𝒳"\nclass P:\n    def get_x(self):\n        return self.x  # 😀\n\n    def get_y(self):\n        return █  # 😀\n';
    assert.match(textOf(await ask('emoji.py', 'python', text)), /self\.y/);
    const inside = marked(`s = "😀"${CURSOR}`);
    await client.open(uriOf('pair.py'), 'python', inside.document.getText());
    assert.equal(await client.complete(uriOf('pair.py'), { line: 0, character: 6 }), undefined);
  });

  it('takes the special tokens of models in a file for text', async () => {
    const code = 'def add(a, b):\n    return █\n';
    const read: number[] = [];
    for (const [name, mark] of [
      ['plain.py', 'a'],
      ['special.py', '<|fim_middle|>'],
    ] as const) {
      assert.match(textOf(await ask(name, 'python', `# ${mark}\n${code}`)), /a \+ b/);
      read.push(lastUsage(client).evaluated + lastUsage(client).reused);
    }
    const [plain = 0, special = 0] = read;
    // As a special token it would be one, as `a` is. Each alternative reads it.
    assert.ok(special - plain >= 6, `${special} tokens, ${plain} without`);
  });

  it('says nothing in binary data', async () => {
    const noise = Array.from({ length: 4_000 }, (_, n) => String.fromCharCode((n * 7919) % 256)).join('');
    assert.equal(await ask('image.png', 'plaintext', `${noise}█${noise}`), undefined);
  });

  for (const [what, uri] of [
    ['an untitled document', 'untitled:Untitled-1'],
    ['a notebook cell', 'vscode-notebook-cell:/work/analysis.ipynb#W0sZmlsZQ%3D%3D'],
    ['a file outside any folder', 'file:///elsewhere/add.py'],
  ] as const)
    it(`completes in ${what}`, async () => {
      assert.match(textOf(await ask(uri, 'python', 'def add(a, b):\n    return █\n')), /a \+ b/);
    });
});
