import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { embeddedModel, models } from '../../../models/catalog';
import { root } from '../../support/server';

describe('catalog', () => {
  it('describes each model once, with all that is needed to trust it', () => {
    assert.equal(new Set(models.map(({ id }) => id)).size, models.length);
    for (const { id, file, bytes, sha256, licence } of models) {
      assert.match(id, /^[a-z0-9][a-z0-9.-]*$/);
      assert.match(file, /^[\w.-]+\.gguf$/);
      if (sha256 !== null) assert.match(sha256, /^[0-9a-f]{64}$/, id);
      assert.ok(bytes > 0 && licence !== '', id);
    }
  });

  it('has the embedded model, which completes, in the package', () => {
    assert.ok(embeddedModel.roles.includes('completion') && embeddedModel.fim !== null);
    assert.equal(statSync(path.join(root, 'models', embeddedModel.file)).size, embeddedModel.bytes);
    const readme = readFileSync(path.join(root, 'models/README.md'), 'utf8');
    assert.ok(embeddedModel.sha256 && readme.includes(embeddedModel.sha256) && readme.includes(embeddedModel.licence));
  });
});
