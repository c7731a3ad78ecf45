import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { embeddedModel } from '../../../../models/catalog';
import { checkModelFile, modelFolder } from '../../../../src/client/modelFile';
import { inFolder } from '../../../support/modelFiles';

const memory = { get: () => undefined, update: async () => undefined };

describe('checkModelFile', () => {
  it('takes a path through a file for one that is not there', () =>
    inFolder(async (folder) => {
      await writeFile(path.join(folder, 'file'), '');
      const file = path.join(folder, 'file', 'model.gguf');
      assert.equal(await checkModelFile({ model: embeddedModel, file }, memory), 'modelMissing');
    }));

  it('answers where the system does not let it look', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'loop.gguf');
      await symlink(file, file);
      assert.equal(await checkModelFile({ model: embeddedModel, file }, memory), 'modelUnreadable');
    }));

  it('answers where there is something that cannot be read as a file', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'folder.gguf');
      await mkdir(file);
      const model = { ...embeddedModel, isRounded: true };
      assert.equal(await checkModelFile({ model, file }, memory), 'modelUnreadable');
    }));
});

describe('modelFolder', () => {
  const home = path.resolve('/home/a b');
  it('is what is set, from the home folder on where it does not say where it begins', () => {
    const absolute = path.resolve('/disk two/modèles');
    assert.equal(modelFolder(absolute, 'own', home), absolute);
    assert.equal(modelFolder('~/models', 'own', home), path.join(home, 'models'));
    assert.equal(modelFolder('~', 'own', home), home);
    assert.equal(modelFolder('models', 'own', home), path.join(home, 'models'));
    assert.equal(modelFolder('~models', 'own', home), path.join(home, '~models'));
    assert.equal(modelFolder(' ', 'own', home), 'own');
    // The same settings on a remote machine.
    if (process.platform !== 'win32')
      for (const folder of ['D:\\models', '\\\\disk\\models']) assert.equal(modelFolder(folder, 'own', home), 'own');
  });
});
