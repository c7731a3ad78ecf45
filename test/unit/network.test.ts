/** That no bundle has a way to the network but those that are named here, whoever wrote it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/server';

interface Bundle {
  readonly files: readonly string[];
  readonly asks: readonly string[];
  readonly imports: readonly { readonly name: string; readonly by: string }[];
}

const MODULES = /^(node:)?(net|tls|https?|http2|dgram|dns|dns\/promises|inspector|undici|ws)$/;
/** Who imports a network module, by bundle. Unix sockets and named pipes are of `net` as well. */
const MAY_IMPORT: Readonly<Record<string, RegExp>> = {
  // The windows' own local pipe.
  'extension.js': /^src\/client\/join\.ts$/,
  // It can speak over sockets; Minnow asks it for none.
  'languageClient.js': /^node_modules\/vscode-jsonrpc\/lib\/node\/main\.js$/,
  // Where windows share a process, one file listens on a local pipe.
  'server.js': /^server\/shared\/listen\.ts$/,
};
/** Who may call `fetch`, of all that is in the extension: every connection made by these is in the ledger. */
const MAY_FETCH = ['src/download/ask.ts', 'src/download/wanted.ts'];

const bundles: Readonly<Record<string, Bundle>> = JSON.parse(
  readFileSync(path.join(root, 'dist/bundles.json'), 'utf8'),
);
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

describe('bundles', () => {
  it('are all there is of JavaScript in the package', () => {
    const own = readdirSync(path.join(root, 'dist'), { recursive: true }).map((name) =>
      String(name).replaceAll('\\', '/'),
    );
    const scripts = own.filter((name) => /\.m?js$/.test(name) && !/^test\//.test(name));
    assert.deepEqual(
      scripts.toSorted(),
      Object.keys(bundles)
        .filter((name) => /\.m?js$/.test(name))
        .toSorted(),
    );
  });

  for (const [name, { imports }] of Object.entries(bundles))
    it(`import no network module: ${name}`, () => {
      const found = imports.filter((each) => MODULES.test(each.name) && MAY_IMPORT[name]?.test(each.by) !== true);
      assert.deepEqual(found, []);
    });

  it('name a network module nowhere else, however it is loaded', () => {
    for (const name of ['server.js', 'probe.js', 'engine/dist/index.mjs']) {
      const text = readFileSync(path.join(root, 'dist', name), 'utf8');
      const named = text.matchAll(/(?:require\d*|import|getBuiltinModule|__require)\s*\(\s*["'`]([^"'`]+)["'`]\s*\)/g);
      const found = Array.from(named, ([, module = '']) => module).filter((module) => MODULES.test(module));
      const allowed = (bundles[name]?.imports ?? []).filter((each) => MODULES.test(each.name)).length;
      assert.ok(found.length <= allowed, `${name}: ${found.join(', ')}`);
    }
  });

  it('have nothing of the downloaders of the engine', () => {
    const { files = [] } = bundles['engine/dist/index.mjs'] ?? {};
    assert.ok(files.some((file) => file.startsWith('node_modules/node-llama-cpp/')));
    const packages = /node_modules\/(ipull|simple-git|octokit|@octokit|@reflink|cmake-js)\//;
    assert.deepEqual(
      files.filter((file) => packages.test(file)),
      [],
    );
  });

  it('ask nothing of the network that Node has without an import', () => {
    for (const name of ['server.js', 'probe.js', 'engine/dist/index.mjs']) {
      const text = readFileSync(path.join(root, 'dist', name), 'utf8');
      assert.match(text, /function __noNetwork\(\) ?\{ ?throw/, name);
      // esbuild has put `__noNetwork` in the place of each that is bound to nothing; a method may have the name.
      assert.doesNotMatch(text, /(?:[=(,;:?&|!]|return|await)\s*(?:globalThis\.)?fetch\(/, name);
      assert.doesNotMatch(text, /new (?:WebSocket|XMLHttpRequest|EventSource)\b/, name);
    }
    assert.deepEqual(bundles['page/chat.js']?.asks, []);
  });

  it('of the client ask the network where it stands in the ledger', () => {
    assert.deepEqual(bundles['extension.js']?.asks.toSorted(), MAY_FETCH);
    for (const name of ['languageClient.js', 'messageTypes.js', 'tar.js'])
      assert.deepEqual(bundles[name]?.asks, [], name);
  });

  it('of the client open an address in a browser in one place, after a person has seen it', () => {
    const { files = [] } = bundles['extension.js'] ?? {};
    const own = files.filter((file) => file.startsWith('src/'));
    assert.ok(own.length > 100);
    assert.deepEqual(
      own.filter((file) => /openExternal|vscode\.open'.*https?:/.test(codeOf(file))),
      ['src/chat/openLink.ts'],
    );
  });
});

const codeOf = (file: string): string => withoutComments(readFileSync(path.join(root, file), 'utf8'));
