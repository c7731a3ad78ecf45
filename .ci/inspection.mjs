// What is wrong in a package, told of its files alone: all is in it that its target needs, as it was made, and nothing else.
import { createHash } from 'node:crypto';
import { engines } from './engineNames.mjs';
import { machineOf } from './machine.mjs';

export const needed = [
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
  'models/catalog.json',
  'models/LICENSE',
];
const known =
  /^(extension\.vsixmanifest|\[Content_Types\]\.xml|extension\/(dist|l10n|media|models)\/.+|extension\/[^/]+\.(json|md|txt))$/;
const unwanted = /\.(ts|mts|map|lib|exp|pdb|vsix|gif|webp)$|node_modules|\/(test|docs|\.run)\//;

const isListed = /\.(so(\.\d+)*|node|dll|dylib|metal|wasm|gguf)$/;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * What is wrong, a sentence each; nothing when all is right.
 *
 * @param files of the package, by name @param binaries the engine of the target as the registry has it, by name
 */
export function problemsIn(files, target, binaries) {
  const names = [...files.keys()];
  return [
    ...needed.filter((name) => !files.has(`extension/${name}`)).map((name) => `${name} is not in it.`),
    ...names.filter((name) => !known.test(name) || unwanted.test(name)).map((name) => `${name} should not be in it.`),
    ...modelProblems(files),
    ...billProblems(files),
    ...targetProblems(files, target),
    ...engineProblems(files, target, binaries),
  ];
}

/** The embedded model is the one that the catalog names. */
function modelProblems(files) {
  const models = [...files].filter(([name]) => name.endsWith('.gguf'));
  if (models.length !== 1) return [`It holds ${models.length} models instead of one.`];
  const [[name, bytes]] = models;
  const hash = sha256(bytes);
  const catalog = files.get('extension/models/catalog.json')?.toString() ?? '';
  return catalog.includes(hash) ? [] : [`${name} is not the model of the catalog: ${hash}.`];
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

/** Engine, grammars and model are those that the bill of materials names, each with its hash. */
function billProblems(files) {
  const { components } = JSON.parse(files.get('extension/dist/sbom.cdx.json')?.toString() ?? '{"components":[]}');
  const hashes = new Map(
    components
      .filter(({ name }) => isListed.test(name))
      .map(({ name, hashes: [hash] }) => [`extension/${name}`, hash.content]),
  );
  const changed = [...hashes].filter(([name, hash]) => !files.has(name) || sha256(files.get(name)) !== hash);
  const unlisted = [...files.keys()].filter((name) => isListed.test(name) && !hashes.has(name));
  return [
    ...changed.map(([name]) => `${name} is missing, or not what the bill of materials says.`),
    ...unlisted.map((name) => `${name} is not in the bill of materials.`),
  ];
}

/** The engine is that of the registry, byte by byte, and there is no other. */
function engineProblems(files, target, binaries) {
  const folder = 'extension/dist/engine/bins/';
  const expected = new Map([...binaries].map(([name, bytes]) => [`${folder}${engines[target]}/${name}`, bytes]));
  const inside = [...files.keys()].filter((name) => name.startsWith(folder));
  return [
    ...inside.filter((name) => !expected.has(name)).map((name) => `${name} is not of the engine.`),
    ...[...expected]
      .filter(([name, bytes]) => !files.get(name)?.equals(bytes))
      .map(([name]) => `${name} is missing, or not what the registry has.`),
    ...([...binaries.values()].some((bytes) => machineOf(bytes) === target)
      ? []
      : [`The engine has no program for ${target}.`]),
  ];
}
