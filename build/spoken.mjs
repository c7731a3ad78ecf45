// The words that the code speaks: each call of `t` in src, by whatever way it came there (`vscode.l10n.t`, `const { t } = vscode.l10n`, or given
// as a parameter to files that do not know the editor). The code is read by its grammar, so comments and strings do not deceive.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import treeSitter from '@vscode/tree-sitter-wasm';

const { Language, Parser } = treeSitter;

/** All that src says. @param root of the repository */
export async function spoken(root) {
  const files = readdirSync(path.join(root, 'src'), { recursive: true })
    .map((file) => path.posix.join('src', String(file).replaceAll('\\', '/')))
    .filter((file) => file.endsWith('.ts'));
  return spokenIn(
    root,
    files.toSorted().map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') })),
  );
}

/** @returns `words`: the sentences in English, each once; `problems`: a sentence for each call whose words could not be found */
export async function spokenIn(root, sources) {
  const parser = await typescriptParser(root);
  const words = new Set();
  const problems = [];
  for (const { file, text } of sources) {
    const tree = parser.parse(text);
    for (const call of tree.rootNode.descendantsOfType('call_expression')) {
      if (!isT(call.childForFieldName('function'))) continue;
      const [first] = call.childForFieldName('arguments').namedChildren.filter(({ type }) => type !== 'comment');
      const said = literal(first);
      if (said !== undefined) words.add(said);
      else
        problems.push(
          `${file}:${call.startPosition.row + 1}: the words given to t must stand there as one literal without \${…}, not as ${first?.text}`,
        );
    }
    tree.delete();
  }
  parser.delete();
  return { words: [...words].toSorted(byCode), problems };
}

/** Sorts alike on every machine, whatever its language. */
const byCode = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

async function typescriptParser(root) {
  const folder = path.join(root, 'node_modules/@vscode/tree-sitter-wasm/wasm');
  await Parser.init({ locateFile: (name) => path.join(folder, name) });
  const parser = new Parser();
  parser.setLanguage(await Language.load(path.join(folder, 'tree-sitter-typescript.wasm')));
  return parser;
}

/** `t`, `l10n.t`, `vscode.l10n.t`, `parts.t`. */
const isT = (node) => /(?:^|\.\s*)t$/.test(node?.text ?? '');

/** What a literal says, or undefined for all else. */
function literal(node) {
  if (node?.type !== 'string' && node?.type !== 'template_string') return undefined;
  const parts = node.namedChildren.map(({ type, text }) => {
    if (type === 'string_fragment') return text;
    return type === 'escape_sequence' ? unescaped(text) : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** `\n`, `\'`, `\u2019` as what they stand for. */
function unescaped(sequence) {
  const code = /^\\(?:u\{?|x)([0-9a-fA-F]+)/.exec(sequence)?.[1];
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
  return { n: '\n', t: '\t', r: '\r' }[sequence[1]] ?? sequence.slice(1);
}
