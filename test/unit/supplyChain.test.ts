/** What is in the package is pinned, named and licensed. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { embeddedModel } from '../../models/catalog';
import { root } from '../support/server';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Locked {
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly version?: string;
}
interface Component {
  readonly type: string;
  readonly name: string;
  readonly version?: string;
  readonly 'bom-ref': string;
  readonly purl?: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}

const locked: Readonly<Record<string, Locked>> = JSON.parse(read('package-lock.json')).packages;
const bundles: Readonly<Record<string, { readonly files: readonly string[] }>> = JSON.parse(read('dist/bundles.json'));
const bom = JSON.parse(read('dist/sbom.cdx.json'));
const components: readonly Component[] = bom.components;
const files = Object.values(bundles).flatMap((bundle) => bundle.files);
const folders = new Set(files.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));

/** Packages that want to run a program when they are installed. None does: `.npmrc` says `ignore-scripts`. */
const INSTALL_SCRIPTS = {
  '@vscode/vsce-sign': 'would fetch a signing tool, which packaging without a signature does not need',
  esbuild: 'would check its binary, which is a package of its own',
  'node-llama-cpp': 'would build the engine where no binary is published; ours are packages of their own',
};

describe('supply chain', () => {
  it('pins every package by its hash', () => {
    for (const [folder, { integrity, resolved }] of Object.entries(locked))
      if (resolved !== undefined) assert.match(integrity ?? '', /^sha512-/, folder);
  });

  it('runs no install script, and knows who has one', () => {
    assert.match(read('.npmrc'), /^ignore-scripts=true$/m);
    const found = Object.entries(locked).flatMap(([folder, { hasInstallScript }]) =>
      hasInstallScript ? [folder] : [],
    );
    assert.deepEqual(
      found.toSorted(),
      Object.keys(INSTALL_SCRIPTS)
        .map((name) => `node_modules/${name}`)
        .toSorted(),
    );
  });

  it('hands on the licence of every package in a bundle, of binaries, grammars, icons and the model', () => {
    const text = read('dist/THIRD_PARTY_NOTICES.txt');
    assert.ok(folders.size > 50);
    for (const folder of folders) {
      const { name, version } = JSON.parse(read(`${folder}/package.json`));
      assert.ok(text.includes(`${name} ${version}, `), folder);
    }
    const grammars = readdirSync(path.join(root, 'dist/grammars')).flatMap(
      (file) => /^(.+)\.wasm$/.exec(file)?.[1] ?? [],
    );
    assert.ok(grammars.length > 10);
    for (const grammar of grammars)
      assert.match(text, new RegExp(`^${grammar.replace('tsx', 'typescript')}, MIT$`, 'm'));
    for (const name of ['llama.cpp and ggml', 'llamafile', 'musl', 'Unicode, Inc.', 'The embedded model'])
      assert.ok(text.includes(name), name);
    assert.match(text, /@vscode\/codicons [\d.]+, CC-BY-4\.0/);
  });

  it('has a bill of materials with the fields that CycloneDX requires', () => {
    assert.deepEqual([bom.bomFormat, bom.specVersion, bom.version], ['CycloneDX', '1.6', 1]);
    assert.equal(bom.metadata.component.name, 'minnow');
    const refs = components.map((each) => each['bom-ref']);
    assert.equal(new Set(refs).size, refs.length);
    for (const { type, name, hashes = [] } of components) {
      assert.match(type, /^(library|file|machine-learning-model)$/);
      assert.ok(name.length > 0);
      for (const { alg, content } of hashes) assert.equal(content.length, { 'SHA-256': 64, 'SHA-512': 128 }[alg], name);
    }
  });

  it('has every package in a bundle in it, and the very binaries and model', () => {
    const byRef = new Map(components.map((each) => [each['bom-ref'], each]));
    for (const folder of folders) assert.equal(byRef.get(folder)?.version, locked[folder]?.version, folder);
    assert.ok(components.some(({ purl }) => /^pkg:github\/ggml-org\/llama\.cpp@v?[\d.b]+$/.test(purl ?? '')));
    const binaries = components.filter(({ name }) => /^dist\/engine\/bins\/.*\.(node|so|dll|dylib)/.test(name));
    assert.ok(binaries.length > 0);
    const model = components.find(({ type }) => type === 'machine-learning-model');
    assert.equal(model?.hashes?.[0]?.content, embeddedModel.sha256);
    for (const { name, hashes } of binaries)
      assert.equal(
        hashes?.[0]?.content,
        createHash('sha256')
          .update(readFileSync(path.join(root, name)))
          .digest('hex'),
        name,
      );
  });
});
