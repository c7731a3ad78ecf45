// Looks into a .vsix: is all in it that its target needs, and nothing else?  node .ci/contents.mjs FILE TARGET
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openPromise } from 'yauzl';
import { engineBinaries, engines } from './engines.mjs';
import { machineOf } from './machine.mjs';

/** The marketplace takes more; a package that grows this large holds something that nobody meant to be in it. In bytes. */
const LARGEST = 90_000_000;

const needed = [
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
  'l10n/bundle.l10n.zh-cn.json',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'SECURITY.md',
  'dist/extension.js',
  'dist/languageClient.js',
  'dist/messageTypes.js',
  'dist/tar.js',
  'dist/server.js',
  'dist/probe.js',
  'dist/page/chat.js',
  'dist/page/chat.css',
  'dist/page/dashboard.js',
  'dist/page/dashboard.css',
  'dist/THIRD_PARTY_NOTICES.txt',
  'dist/sbom.cdx.json',
  'dist/grammars/tree-sitter.wasm',
  'dist/engine/dist/index.mjs',
  'media/icon.png',
  // Other extensions copy it.
  'src/api/minnow.d.ts',
  'models/catalog.json',
  'models/LICENSE',
];
const known =
  /^(extension\.vsixmanifest|\[Content_Types\]\.xml|extension\/(dist|l10n|media|models)\/.+|extension\/[^/]+\.(json|md|txt))$/;
const unwanted = /\.(ts|mts|map|lib|exp|pdb|vsix|gif|webp)$|node_modules|\/(test|docs|\.run)\//;

/** All files of a package, by name. */
export async function filesOf(vsix) {
  const zip = await openPromise(vsix);
  const files = new Map();
  try {
    for await (const entry of zip.eachEntry())
      if (!entry.fileName.endsWith('/'))
        files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  } finally {
    zip.close();
  }
  return files;
}

/** What is wrong with a package, a sentence each; nothing when all is right. */
export async function problemsOf(vsix, target) {
  const files = await filesOf(vsix);
  const names = [...files.keys()];
  const size = statSync(vsix).size;
  return [
    ...(size > LARGEST ? [`It has ${size} bytes, more than ${LARGEST}.`] : []),
    ...needed.filter((name) => !files.has(`extension/${name}`)).map((name) => `${name} is not in it.`),
    ...names.filter(isStrange).map((name) => `${name} should not be in it.`),
    ...modelProblems(files),
    ...targetProblems(files, target),
    ...engineProblems(files, target),
  ];
}

function isStrange(name) {
  if (needed.some((each) => name === `extension/${each}`)) return false;
  return !known.test(name) || unwanted.test(name);
}

/** The embedded model is the one that the catalog names. */
function modelProblems(files) {
  const models = [...files].filter(([name]) => name.endsWith('.gguf'));
  if (models.length !== 1) return [`It holds ${models.length} models instead of one.`];
  const [[name, bytes]] = models;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const catalog = files.get('extension/models/catalog.json')?.toString() ?? '';
  return catalog.includes(sha256) ? [] : [`${name} is not the model of the catalog: ${sha256}.`];
}

/** It says which target it is for, and each native file, and each list of what it is made of, is of that target. */
function targetProblems(files, target) {
  const manifest = files.get('extension.vsixmanifest')?.toString() ?? '';
  const wrong = manifest.includes(`TargetPlatform="${target}"`) ? [] : ['Its manifest names another target.'];
  for (const [name, bytes] of files) {
    const machine = machineOf(bytes);
    if (machine !== undefined && machine !== target) wrong.push(`${name} is for ${machine}.`);
    if (!/sbom|\.cdx\.json$|notices/i.test(name)) continue;
    const named = Array.from(
      bytes.toString().matchAll(/node-llama-cpp(?:\/|%2F)([a-z0-9-]+)/gi),
      ([, folder]) => folder,
    );
    const others = named.filter((folder) => folder !== engines[target] && Object.values(engines).includes(folder));
    wrong.push(...others.map((folder) => `${name} names ${folder}, which is not in it.`));
  }
  return wrong;
}

/** The engine is that of the registry, byte by byte, and there is no other. */
function engineProblems(files, target) {
  const binaries = engineBinaries(target);
  const folder = `extension/dist/engine/bins/`;
  const expected = readdirSync(binaries).filter((name) => !/\.(lib|exp)$/.test(name));
  const inside = [...files.keys()].filter((name) => name.startsWith(folder));
  const places = expected.map((name) => `${folder}${path.basename(binaries)}/${name}`);
  const changed = (name) => !files.get(name)?.equals(readFileSync(path.join(binaries, path.basename(name))));
  return [
    ...inside.filter((name) => !places.includes(name)).map((name) => `${name} is not of the engine.`),
    ...places.filter(changed).map((name) => `${name} is missing, or not what the registry has.`),
    ...(expected.some((name) => machineOf(readFileSync(path.join(binaries, name))) === target)
      ? []
      : [`The engine has no program for ${target}.`]),
  ];
}

if (process.argv[1] === import.meta.filename) {
  const [vsix, target] = process.argv.slice(2);
  const problems = await problemsOf(vsix, target);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
