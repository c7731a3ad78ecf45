import assert from 'node:assert/strict';
import { withKind } from '../../../src/where';

describe('the setting that says where an extension runs', () => {
  const id = 'minnow.minnow';

  it('keeps what is said of others', () => {
    assert.deepEqual(withKind(id, 'workspace', { 'a.b': ['ui'], [id]: ['ui'] }), {
      'a.b': ['ui'],
      [id]: ['workspace'],
    });
    assert.deepEqual(withKind(id, 'ui', undefined), { [id]: ['ui'] });
    assert.deepEqual(withKind(id, 'ui', 'nonsense'), { [id]: ['ui'] });
  });

  it('is left alone where it says so already', () => {
    assert.equal(withKind(id, 'ui', { [id]: ['ui', 'workspace'] }), undefined);
    assert.equal(withKind(id, 'workspace', { [id]: 'workspace' }), undefined);
  });
});
