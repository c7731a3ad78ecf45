import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { needed, problemsIn } from '../../../.ci/inspection.mjs';

const target = 'linux-x64';
const bins = 'extension/dist/engine/bins/linux-x64';
const model = 'extension/models/m.gguf';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The head of a program for Linux on this processor. */
function program(machine: number): Buffer {
  const bytes = Buffer.alloc(100);
  bytes.write('\x7fELF', 'latin1');
  bytes.writeUInt16LE(machine, 18);
  return bytes;
}

const binaries = new Map([
  ['llama-addon.node', program(62)],
  ['libggml.so', program(62)],
]);

/** A package with which all is right. */
function rightPackage(): Map<string, Buffer> {
  const files = new Map(needed.map((name) => [`extension/${name}`, Buffer.from(name)]));
  for (const [name, bytes] of binaries) files.set(`${bins}/${name}`, Buffer.from(bytes));
  files.set(model, Buffer.from('weights'));
  files.set('extension.vsixmanifest', Buffer.from(`<Identity TargetPlatform="${target}"/>`));
  files.set('[Content_Types].xml', Buffer.from('<Types/>'));
  files.set('extension/models/catalog.json', Buffer.from(sha256(Buffer.from('weights'))));
  const components = [...files]
    .filter(([name]) => /\.(node|so|wasm|gguf)$/.test(name))
    .map(([name, bytes]) => ({ name: name.slice('extension/'.length), hashes: [{ content: sha256(bytes) }] }));
  files.set('extension/dist/sbom.cdx.json', Buffer.from(JSON.stringify({ components })));
  return files;
}

/** What is found when this was done to it. */
function found(tamper: (files: Map<string, Buffer>) => void): string {
  const files = rightPackage();
  tamper(files);
  return problemsIn(files, target, binaries).join('\n');
}

const flip = (name: string) => (files: Map<string, Buffer>) => {
  const bytes = files.get(name) ?? assert.fail(name);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
};
const add =
  (name: string, bytes: Buffer = Buffer.from('x')) =>
  (files: Map<string, Buffer>) =>
    files.set(name, bytes);

describe('a look into a package', () => {
  it('finds nothing where all is right', () => {
    assert.deepEqual(problemsIn(rightPackage(), target, binaries), []);
  });

  it('finds one bit that is another in the engine, in a grammar, in the model', () => {
    assert.match(found(flip(`${bins}/libggml.so`)), /libggml\.so is missing, or not what the registry has/);
    assert.match(found(flip('extension/dist/grammars/tree-sitter.wasm')), /not what the bill of materials says/);
    assert.match(found(flip(model)), /is not the model of the catalog/);
  });

  it('finds what is missing', () => {
    for (const name of needed)
      assert.match(
        found((files) => files.delete(`extension/${name}`)),
        /is not in it|missing/,
        name,
      );
    assert.match(
      found((files) => files.delete(`${bins}/llama-addon.node`)),
      /llama-addon\.node is missing/,
    );
    assert.match(
      found((files) => files.delete(model)),
      /0 models/,
    );
  });

  it('finds what nobody meant to be in it', () => {
    for (const name of [
      'extension/dist/extension.js.map',
      'extension/src/extension.ts',
      'extension/dist/test/a.cjs',
      'extension/node_modules/a/index.js',
      'extension/.env',
      'other.txt',
    ])
      assert.match(found(add(name)), /should not be in it/, name);
    assert.match(
      found(add('extension/dist/grammars/tree-sitter-css.wasm')),
      /css\.wasm is not in the bill of materials/,
    );
    assert.match(found(add('extension/models/b.gguf')), /2 models/);
  });

  it('finds another engine, and a program for another machine', () => {
    const cuda = 'extension/dist/engine/bins/linux-x64-cuda/libggml-cuda.so';
    assert.match(found(add(cuda)), /libggml-cuda\.so is not of the engine/);
    assert.match(found(add(`${bins}/libggml.so`, program(183))), /libggml\.so is for linux-arm64/);
    assert.match(found(add('extension.vsixmanifest', Buffer.from('TargetPlatform="linux-arm64"'))), /another target/);
    const bill = Buffer.from('{"components":[{"name":"@node-llama-cpp/win-x64"}]}');
    assert.match(found(add('extension/dist/sbom.cdx.json', bill)), /names win-x64, which is not in it/);
  });

  it('wants an engine that has a program for the target', () => {
    const other = new Map([['llama-addon.node', program(183)]]);
    assert.match(problemsIn(rightPackage(), target, other).join('\n'), /The engine has no program for linux-x64/);
  });
});
