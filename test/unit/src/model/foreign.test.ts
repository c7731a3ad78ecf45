import assert from 'node:assert/strict';
import { chmod, mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findForeign } from '../../../../src/model/sources/foreign';
import { placesOf } from '../../../../src/model/sources/foreignPlaces';
import { manifestDigest, manifestName } from '../../../../src/model/sources/ollama';
import { inFolder, patient } from '../../../support/modelFiles';

/** A file that takes no room on the disk. */
async function put(home: string, name: string, bytes = 20_000_000): Promise<string> {
  const file = path.join(home, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, 'GGUF');
  await truncate(file, bytes);
  return file;
}

const digest = `sha256-${'ab'.repeat(32)}`;
const manifest = JSON.stringify({
  layers: [
    { mediaType: 'application/vnd.ollama.image.license', digest: `sha256:${'cd'.repeat(32)}` },
    { mediaType: 'application/vnd.ollama.image.model', digest: digest.replace('-', ':') },
  ],
});

describe('models of other programs', () => {
  /** Tool, name and size of each, sorted. */
  const found = async (home: string, env = {}) => {
    const files = await findForeign({ home, env, platform: 'linux' }, patient);
    return files.map(({ tool, name, bytes, refusal = '' }) => `${tool}: ${name} ${bytes} ${refusal}`.trim()).toSorted();
  };

  it('are found where each keeps them', () =>
    inFolder(async (home) => {
      await put(home, '.cache/llama.cpp/ggml-org_Qwen.gguf');
      await put(home, '.lmstudio/models/a/b/LM.Q4_K_M.gguf');
      await put(home, '.local/share/Jan/data/llamacpp/models/jan-nano/model.gguf');
      await put(home, '.local/share/nomic.ai/GPT4All/Llama.Q4_0.gguf', 30_000_000);
      const blob = await put(home, '.cache/huggingface/hub/models--a--b/blobs/0123');
      const snapshot = path.join(home, '.cache/huggingface/hub/models--a--b/snapshots/rev');
      await mkdir(snapshot, { recursive: true });
      await symlink(blob, path.join(snapshot, 'hub.gguf'));
      await put(home, `.ollama/models/blobs/${digest}`);
      await mkdir(path.join(home, '.ollama/models/manifests/registry.ollama.ai/library/qwen'), { recursive: true });
      await writeFile(path.join(home, '.ollama/models/manifests/registry.ollama.ai/library/qwen/1.5b'), manifest);
      assert.deepEqual(await found(home), [
        'GPT4All: Llama.Q4_0 30000000',
        'Hugging Face: hub 20000000',
        'Jan: jan-nano 20000000',
        'LM Studio: LM.Q4_K_M 20000000',
        'Ollama: qwen:1.5b 20000000',
        'llama.cpp: ggml-org_Qwen 20000000',
      ]);
    }));

  it('are left out where they are no models, and listed once', () =>
    inFolder(async (home) => {
      const folder = '.lmstudio/models/a';
      const model = await put(home, `${folder}/model-a.gguf`);
      await put(home, `${folder}/mmproj-model-f16.gguf`);
      await put(home, `${folder}/vocabulary.gguf`, 9_000_000);
      await put(home, `${folder}/other.bin`);
      await put(home, `${folder}/big-00001-of-00002.gguf`);
      await put(home, `${folder}/big-00002-of-00002.gguf`);
      await mkdir(path.join(home, folder, 'folder.gguf'));
      await symlink(model, path.join(home, folder, 'again.gguf'));
      await symlink(path.join(home, folder), path.join(home, folder, 'loop'));
      await symlink('/nowhere', path.join(home, folder, 'dangling.gguf'));
      const files = await found(home);
      assert.equal(files.length, 2, files.join('\n'));
      assert.equal(files[0], 'LM Studio: big-00001-of-00002 20000000 split');
      assert.match(files[1] ?? '', /^LM Studio: (again|model-a) 20000000$/);
    }));

  it('are looked for no deeper and no longer than is sensible', () =>
    inFolder(async (home) => {
      await put(home, `.lmstudio/models/${'deep/'.repeat(12)}x.gguf`);
      assert.deepEqual(await found(home), []);
      const crowded = path.join(home, '.cache/llama.cpp');
      await mkdir(crowded, { recursive: true });
      for (let index = 0; index < 2100; index++) await writeFile(path.join(crowded, `${index}.txt`), '');
      await put(home, '.cache/llama.cpp/below/x.gguf');
      assert.deepEqual(await found(home), []);
      const here = { home, env: {}, platform: 'linux' } as const;
      await assert.rejects(findForeign(here, AbortSignal.abort()), { name: 'AbortError' });
    }));

  it('in folders that cannot be read are left out', async function () {
    // The superuser reads all, and Windows has no such modes.
    if (process.getuid?.() === 0 || process.platform === 'win32') this.skip();
    await inFolder(async (home) => {
      await put(home, '.lmstudio/models/locked/x.gguf');
      await put(home, '.lmstudio/models/open/y.gguf');
      await chmod(path.join(home, '.lmstudio/models/locked'), 0);
      assert.deepEqual(await found(home), ['LM Studio: y 20000000']);
      await chmod(path.join(home, '.lmstudio/models/locked'), 0o700);
    });
  });

  it('are looked for where the programs are told to keep them', () => {
    const folders = (platform: NodeJS.Platform, home: string, env = {}) =>
      Object.fromEntries(placesOf({ home, env, platform }).map(({ tool, folder }) => [tool, folder]));
    const named = { HF_HOME: '/hf', LLAMA_CACHE: '/llama', OLLAMA_MODELS: '/ollama', XDG_DATA_HOME: '/data' };
    const linux = folders('linux', '/home/ada', named);
    assert.equal(linux['Hugging Face'], '/hf/hub');
    assert.equal(linux['llama.cpp'], '/llama');
    assert.equal(linux.Ollama, '/ollama');
    assert.equal(linux.GPT4All, '/data/nomic.ai/GPT4All');
    const mac = folders('darwin', '/Users/ada');
    assert.equal(mac['llama.cpp'], '/Users/ada/Library/Caches/llama.cpp');
    assert.equal(mac.GPT4All, '/Users/ada/Library/Application Support/nomic.ai/GPT4All');
    const windows = folders('win32', 'C:\\Users\\ada');
    assert.equal(windows['llama.cpp'], 'C:\\Users\\ada\\AppData\\Local\\llama.cpp');
    assert.equal(windows.Ollama, 'C:\\Users\\ada\\.ollama\\models');
    assert.equal(folders('linux', '/home/ada', { LLAMA_CACHE: 'here' })['llama.cpp'], undefined);
  });
});

describe('a manifest of Ollama', () => {
  it('names the file by its hash, and nothing else', () => {
    assert.equal(manifestDigest(manifest), digest);
    const layer = (value: unknown) =>
      JSON.stringify({ layers: [{ mediaType: 'application/vnd.ollama.image.model', digest: value }] });
    for (const text of [
      undefined,
      '',
      '{',
      '[]',
      'null',
      '{"layers":7}',
      '{"layers":[null]}',
      layer(7),
      layer('sha256:../x'),
    ])
      assert.equal(manifestDigest(text), undefined, text);
  });

  it('gives the name that people know', () => {
    assert.equal(manifestName('registry.ollama.ai/library/qwen2.5-coder/1.5b'), 'qwen2.5-coder:1.5b');
    assert.equal(manifestName('registry.ollama.ai\\ada\\mine\\latest'), 'ada/mine:latest');
    assert.equal(manifestName('hf.co/a/b-GGUF/Q4_K_M'), 'hf.co/a/b-GGUF:Q4_K_M');
  });
});
