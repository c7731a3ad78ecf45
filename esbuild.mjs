// Bundles the rooms into dist/: the extension, the server, the pages, the engine that the server loads, and the tests.
//   node esbuild.mjs [--target=linux-x64] [--production]
// The engine (node-llama-cpp) stays outside the server's bundle: it finds its binaries by its own place on disk, and it is an ES module
// while the server must be CommonJS. It becomes dist/engine, laid out as the package itself, with the one CPU binary of the target.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { engineBinaries } from './.ci/engines.mjs';
import { bundlesOf, packageAt, packagesOf } from './build/bundles.mjs';
import { apart, chunks, vscodeOnce } from './build/chunks.mjs';
import { noDownloads, noFetch, noNetwork } from './build/network.mjs';
import { notices } from './build/notices.mjs';
import { filesIn, sbom } from './build/sbom.mjs';

export const hostTarget = `${process.platform}-${process.arch}`;

const root = import.meta.dirname;
const dist = (...parts) => path.join(root, 'dist', ...parts);

const shared = { bundle: true, platform: 'node', target: 'node20', logLevel: 'warning', absWorkingDir: root };

/** The server imports the engine from the folder beside it. */
const engineBeside = {
  name: 'engine-beside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^node-llama-cpp$/ }, () => ({ path: './engine/dist/index.mjs', external: true })),
};

function rooms(production) {
  const options = {
    ...shared,
    format: 'cjs',
    metafile: true,
    minify: production,
    sourcemap: production ? false : 'linked',
  };
  return [
    build({
      ...options,
      entryPoints: { extension: 'src/extension.ts', ...chunks },
      outdir: 'dist',
      external: ['vscode'],
      plugins: [apart(root), vscodeOnce],
    }),
    build({
      ...options,
      entryPoints: { server: 'server/main.ts', probe: 'server/probe/main.ts' },
      outdir: 'dist',
      plugins: [engineBeside, noNetwork],
      define: noFetch.define,
      banner: { js: noFetch.banner },
    }),
    build({
      ...options,
      platform: 'browser',
      target: 'chrome132',
      format: 'iife',
      entryPoints: { chat: 'media/chat/main.ts', dashboard: 'media/dashboard/main.ts' },
      loader: { '.ttf': 'file' },
      assetNames: '[name]',
      outdir: 'dist/page',
    }),
  ];
}

/** What is in the package, told three times: for the tests, for those whose work it is, and for those who look for what is vulnerable. */
function writeContents(built, target) {
  const bundles = bundlesOf(root, built);
  const binaries = engineBinaries(target);
  const beside = [
    packageAt(root, 'node_modules/@vscode/tree-sitter-wasm'),
    packageAt(root, `node_modules/@node-llama-cpp/${path.basename(binaries)}`, path.resolve(binaries, '../..')),
  ];
  const inBundles = packagesOf(root, bundles);
  const others = beside.filter(({ folder }) => inBundles.every((each) => each.folder !== folder));
  const packages = [...inBundles, ...others];
  const files = filesIn(
    root,
    ['dist/engine/bins', 'dist/grammars', 'models'],
    /\.(so(\.\d+)*|node|dll|dylib|metal|wasm|gguf)$/,
  );
  writeFileSync(dist('bundles.json'), JSON.stringify(bundles));
  writeFileSync(dist('THIRD_PARTY_NOTICES.txt'), notices(root, packages));
  writeFileSync(dist('sbom.cdx.json'), `${JSON.stringify(sbom(root, packages, files), null, 1)}\n`);
}

/** node-llama-cpp in one file (it starts three times faster so) with the files that it looks for around itself. */
async function engine(target) {
  const from = path.join(root, 'node_modules/node-llama-cpp');
  const binaries = engineBinaries(target);
  rmSync(dist('engine'), { recursive: true, force: true });
  mkdirSync(dist('engine', 'llama'), { recursive: true });
  for (const file of ['package.json', 'LICENSE', 'llama/binariesGithubRelease.json', 'llama/llama.cpp.info.json'])
    cpSync(path.join(from, file), dist('engine', file));
  cpSync(binaries, dist('engine', 'bins', path.basename(binaries)), {
    recursive: true,
    filter: (file) => !/\.(lib|exp)$/.test(file),
  });
  return build({
    ...shared,
    format: 'esm',
    metafile: true,
    minify: true,
    stdin: { contents: "export * from 'node-llama-cpp'", resolveDir: root },
    outfile: dist('engine', 'dist', 'index.mjs'),
    external: ['@node-llama-cpp/*', '@reflink/*', 'electron'],
    plugins: [noDownloads],
    define: noFetch.define,
    banner: {
      js: `${noFetch.banner} import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`,
    },
  });
}

/** The grammars of server/syntax, and the parser that reads them. */
const grammars = [
  'bash',
  'c-sharp',
  'cpp',
  'go',
  'java',
  'javascript',
  'php',
  'python',
  'ruby',
  'rust',
  'tsx',
  'typescript',
];

function copyGrammars() {
  const from = path.join(root, 'node_modules/@vscode/tree-sitter-wasm');
  rmSync(dist('grammars'), { recursive: true, force: true });
  mkdirSync(dist('grammars'), { recursive: true });
  cpSync(path.join(from, 'LICENSE'), dist('grammars', 'LICENSE'));
  for (const file of ['tree-sitter.wasm', ...grammars.map((name) => `tree-sitter-${name}.wasm`)])
    cpSync(path.join(from, 'wasm', file), dist('grammars', file));
}

/** Each test file and test program becomes one file of the same name. */
function tests() {
  const programs = readdirSync(path.join(root, 'test'), { recursive: true })
    .filter((file) =>
      /\.test\.ts$|^(demo|bench[\\/]\w+|support[\\/]\w+Server|e2e[\\/](start|pictures)|e2e[\\/]host[\\/]index)\.ts$/.test(
        file,
      ),
    )
    .map((file) => path.join('test', file));
  return build({
    ...shared,
    format: 'cjs',
    sourcemap: 'inline',
    entryPoints: programs,
    outbase: 'test',
    outdir: 'dist/test',
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha', 'playwright-core', 'node-llama-cpp'],
  });
}

export async function buildAll({ target = hostTarget, production = false } = {}) {
  copyGrammars();
  const [built, ownEngine] = await Promise.all([
    Promise.all(rooms(production)),
    engine(target),
    ...(production ? [] : [tests()]),
  ]);
  writeContents([...built, ownEngine], target);
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { target: { type: 'string' }, production: { type: 'boolean' } } });
  await buildAll(values);
}
