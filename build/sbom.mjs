// The bill of materials of the package, in CycloneDX 1.6 (cyclonedx.org/docs/1.6/json): every npm package in a bundle, with the hash of its
// tarball as the lock file pins it, what the engine is compiled from, and its binaries, the grammars and the model as files with their own hashes.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** @param packages of `packagesOf` @param files paths from the root with `/` @returns the document */
export function sbom(root, packages, files) {
  const read = (...parts) => JSON.parse(readFileSync(path.join(root, ...parts), 'utf8'));
  const { name, version, license } = read('package.json');
  const lock = read('package-lock.json').packages;
  const { models } = read('models', 'catalog.json');
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': 'minnow', name, version, licenses: licences(license) } },
    components: [
      ...packages.map((each) => library(each, lock[each.folder])),
      engineSource(read('node_modules/node-llama-cpp/llama/llama.cpp.info.json')),
      ...files.map((file) => component(root, file, models)),
    ],
  };
}

/** An expression or one identifier, as package.json has it. */
function licences(license) {
  if (license === undefined) return [];
  return / (OR|AND|WITH) /.test(license) ? [{ expression: license }] : [{ license: { id: license } }];
}

function library({ name, version, license, folder }, locked) {
  const [, algorithm, digest] = /^(sha\d+)-(.+)$/.exec(locked?.integrity ?? '') ?? [];
  if (algorithm !== 'sha512') throw new Error(`${folder} is not pinned by the lock file.`);
  return {
    type: 'library',
    'bom-ref': folder,
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: licences(license),
    hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }],
  };
}

/** Those who look for what is vulnerable know the engine by this name. */
function engineSource({ tag, llamaCppGithubRepo: repository }) {
  const purl = `pkg:github/${repository}@${tag}`;
  return { type: 'library', 'bom-ref': purl, name: 'llama.cpp', version: tag, purl, licenses: licences('MIT') };
}

function component(root, file, models) {
  const content = createHash('sha256')
    .update(readFileSync(path.join(root, file)))
    .digest('hex');
  const model = models.find((each) => each.file === path.posix.basename(file));
  if (model && model.sha256 !== content) throw new Error(`${file} is not what models/catalog.json says.`);
  const known = model
    ? { type: 'machine-learning-model', licenses: licences(model.licence) }
    : { type: 'file', licenses: licences('MIT') };
  return { ...known, 'bom-ref': file, name: file, hashes: [{ alg: 'SHA-256', content }] };
}

/** Files below folders of the root, with `/`. */
export function filesIn(root, folders, fits) {
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true }).map((name) => path.join(folder, String(name))),
    )
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => fits.test(file))
    .toSorted();
}
