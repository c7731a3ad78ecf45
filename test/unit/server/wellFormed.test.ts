import assert from 'node:assert/strict';
import { folderUrisIn, neighboursIn, settingsIn } from '../../../server/wellFormed';

describe('what a window tells', () => {
  it('is taken as it is where it makes sense', () => {
    const settings = { completion: { multiline: false, comments: true } };
    assert.equal(settingsIn(settings), settings);
    const neighbours = { uris: ['file:///a'], definitions: [{ path: 'a.ts', text: 'a' }] };
    assert.deepEqual(neighboursIn(neighbours), neighbours);
    assert.deepEqual(folderUrisIn({ added: [{ uri: 'file:///a', name: 'a' }] }, 'added'), ['file:///a']);
  });

  it('is left out where it makes none', () => {
    for (const told of [null, 5, {}, { completion: null }, { completion: { multiline: 'x', comments: true } }])
      assert.equal(settingsIn(told), undefined);
    assert.deepEqual(neighboursIn(null), { uris: [], definitions: [] });
    assert.deepEqual(neighboursIn({ uris: [5, 'file:///a'], definitions: [null, { path: 5, text: '' }] }), {
      uris: ['file:///a'],
      definitions: [],
    });
    assert.deepEqual(folderUrisIn({ added: [null, { uri: 5 }, {}] }, 'added'), []);
  });
});
