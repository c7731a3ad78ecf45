import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runtimeFolderOf } from '../../../../src/client/runtimeFolder';

describe('the folder in which windows meet', () => {
  let own: string;
  before(() => {
    own = mkdtempSync(path.join(os.tmpdir(), 'minnow-own-'));
  });
  after(() => rmSync(own, { recursive: true }));

  it('is in the one that the system names, where that can be used', () =>
    assert.equal(path.dirname(runtimeFolderOf({ XDG_RUNTIME_DIR: own })), own));

  it('is in the temporary one where that is not there, as in a container', () => {
    const gone = path.join(own, 'run', 'user', '1000');
    assert.equal(path.dirname(runtimeFolderOf({ XDG_RUNTIME_DIR: gone })), os.tmpdir());
  });
});
