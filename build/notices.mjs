// THIRD_PARTY_NOTICES.txt: the licences of all that is in the package and was made by others. Most want to be handed on with it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What is in the package without being an npm package in a bundle; whose licence is beside it, or below. */
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** Compiled into the engine's binaries, by their own licence files. */
const NATIVE = [
  ['llama.cpp and ggml', 'Copyright (c) 2023-2026 The ggml authors'],
  ['cpp-httplib (in libllama-common; never called)', 'Copyright (c) 2017 yhirose'],
  ['nlohmann/json (in libllama-common)', 'Copyright (c) 2013-2026 Niels Lohmann'],
  ['node-addon-api', 'Copyright (c) 2017 Node.js API collaborators'],
];

/** The grammars in dist/grammars and the parser, compiled to WebAssembly in @vscode/tree-sitter-wasm; by their own licence files. */
const GRAMMARS = [
  ['tree-sitter', 'Copyright (c) 2018-2023 Max Brunsfeld'],
  ['tree-sitter-bash', 'Copyright (c) 2017 Max Brunsfeld'],
  ['tree-sitter-c-sharp', 'Copyright (c) 2014-2023 Max Brunsfeld, Damien Guard, Amaan Qureshi, and contributors'],
  ['tree-sitter-cpp', 'Copyright (c) 2014 Max Brunsfeld'],
  ['tree-sitter-go', 'Copyright (c) 2014 Max Brunsfeld'],
  ['tree-sitter-java', 'Copyright (c) 2017 Ayman Nadeem'],
  ['tree-sitter-javascript', 'Copyright (c) 2014 Max Brunsfeld'],
  [
    'tree-sitter-php',
    'Copyright (c) 2017 Josh Vera, GitHub; 2019 Max Brunsfeld, Amaan Qureshi, Christian Frøystad, Caleb White',
  ],
  ['tree-sitter-python', 'Copyright (c) 2016 Max Brunsfeld'],
  ['tree-sitter-ruby', 'Copyright (c) 2016 Rob Rix'],
  ['tree-sitter-rust', 'Copyright (c) 2017 Maxim Sokolov'],
  ['tree-sitter-typescript', 'Copyright (c) 2017 GitHub'],
];

const RULE = `\n${'-'.repeat(80)}\n\n`;

/**
 * @param packages of `packagesOf`, and of the binaries and grammars
 * @throws Error for a package that has neither a licence nor a text of it
 */
export function notices(root, packages) {
  const texts = packages.map(({ name, version, license, at }) => {
    const files = readdirSync(at).filter((each) => /^(licen[cs]e|copying|notice)/i.test(each));
    if (license === undefined && files.length === 0) throw new Error(`${name} has no licence.`);
    const text = files.map((file) => readFileSync(path.join(at, file), 'utf8').trim()).join('\n\n');
    return `${name} ${version}, ${license ?? 'see below'}\n\n${text}\n`;
  });
  const compiled = [...NATIVE, ...GRAMMARS].map(([name, copyright]) => `${name}, MIT\n\n${copyright}`);
  const model = readFileSync(path.join(root, 'models', 'LICENSE'), 'utf8').trim();
  return [
    'Minnow is made with the work of others, which is in its package under these licences.\n',
    ...texts,
    `${compiled.join('\n\n')}\n\n${MIT}\n`,
    `The embedded model (models/*.gguf), MIT\n\n${model}\n`,
  ].join(RULE);
}
