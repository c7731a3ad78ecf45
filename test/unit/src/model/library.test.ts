import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { embeddedModel, find, models } from '../../../../models/catalog';
import { Library } from '../../../../src/model/library';
import { modelOf } from '../../../../src/model/sources/added';
import { fimTokens, headerOf, inFolder, modelSpec } from '../../../support/modelFiles';

/** The editor's key-value store: what is kept goes through JSON. */
class Kept {
  readonly #values = new Map<string, string>();
  get(key: string): unknown {
    return JSON.parse(this.#values.get(key) ?? 'null');
  }
  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, JSON.stringify(value));
  }
}

const libraryIn = (folder: string, memory = new Kept()): Library =>
  new Library({ extensionPath: path.join(folder, 'extension'), folder: () => path.join(folder, 'models'), memory });

const added = async (file: string, source: string | null = null) =>
  modelOf(await headerOf(modelSpec(fimTokens)), { file, bytes: 9, source, sha256: null });

describe('Library', () => {
  it('has the catalog, and tells what of it is on this machine', () =>
    inFolder(async (folder) => {
      const { file } = find('qwen2.5-coder-0.5b-q8_0');
      await mkdir(path.join(folder, 'models'));
      await writeFile(path.join(folder, 'models', file), '');
      const all = await libraryIn(folder).all();
      assert.deepEqual(
        all.map(({ model }) => model),
        models,
      );
      assert.deepEqual(
        all.filter(({ isHere }) => isHere).map(({ model }) => model.file),
        [file],
      );
      assert.equal(all.find(({ model }) => model === embeddedModel)?.origin, 'packaged');
    }));

  it('keeps what was added over a restart, where it lies', () =>
    inFolder(async (folder) => {
      const memory = new Kept();
      const file = path.join(folder, 'own.gguf');
      await writeFile(file, '');
      const model = await added(file);
      await libraryIn(folder, memory).add(model, file);
      const known = await libraryIn(folder, memory).find(model.id);
      assert.deepEqual(known, { model, origin: 'added', file, isHere: true });
    }));

  it('learns what the hub told of a model of the catalog', () =>
    inFolder(async (folder) => {
      const library = libraryIn(folder);
      const model = { ...find('qwen2.5-coder-7b-q4_k_m'), bytes: 4_683_073_536, isRounded: false, sha256: 'ab' };
      await library.add(model);
      assert.deepEqual((await library.find(model.id))?.model, model);
      assert.equal((await library.all()).length, models.length);
    }));

  it('believes the catalog where it has another file by now, or a hash of its own', () =>
    inFolder(async (folder) => {
      const [unknown, hashed] = [find('qwen2.5-coder-7b-q4_k_m'), find('qwen2.5-coder-0.5b-q8_0')];
      assert.equal(unknown.sha256, null);
      assert.notEqual(hashed.sha256, null);
      const library = libraryIn(folder);
      await library.add({ ...unknown, source: 'hf:a/b/older.gguf', bytes: 7, isRounded: false, sha256: 'ab' });
      await library.add({ ...hashed, bytes: 7, sha256: 'ab' });
      for (const model of [unknown, hashed]) assert.deepEqual((await library.find(model.id))?.model, model);
    }));

  it('deletes what it has fetched, and forgets what lies elsewhere', () =>
    inFolder(async (folder) => {
      const library = libraryIn(folder);
      await mkdir(path.join(folder, 'models'));
      const elsewhere = path.join(folder, 'own.gguf');
      const own = await library.add(await added(elsewhere), elsewhere);
      const fetched = await library.add(await added('hub.gguf', 'hf:a/b@main/hub.gguf'));
      for (const { file } of [own, fetched]) await writeFile(file, '');
      await library.remove(own);
      await library.remove(fetched);
      assert.deepEqual([existsSync(own.file), existsSync(fetched.file)], [true, false]);
      assert.equal((await library.all()).length, models.length);
    }));

  it('leaves out what another version has kept', () =>
    inFolder(async (folder) => {
      for (const value of ['text', [{ model: { id: 'half' } }, null, 7, {}], { model: {} }]) {
        const memory = new Kept();
        await memory.update('models.added', value);
        assert.equal((await libraryIn(folder, memory).all()).length, models.length);
      }
    }));
});
