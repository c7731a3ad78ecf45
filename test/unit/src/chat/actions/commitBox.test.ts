import assert from 'node:assert/strict';
import { type Box, CommitBox } from '../../../../../src/chat/actions/commitBox';

const boxWith = (value: string): Box => ({ value });

describe('CommitBox', () => {
  it('streams into an empty box, and puts it back', () => {
    const box = boxWith('');
    const commit = new CommitBox(box, undefined);
    assert.ok(commit.write('Add'));
    assert.ok(commit.write('Add a cache'));
    assert.equal(box.value, 'Add a cache');
    commit.putBack();
    assert.equal(box.value, '');
  });

  it('keeps above what was typed, at any moment', () => {
    const box = boxWith('see #12\n');
    const commit = new CommitBox(box, undefined);
    assert.ok(commit.write(''));
    assert.equal(box.value, 'see #12\n');
    assert.ok(commit.write('Add a cache'));
    assert.equal(box.value, 'see #12\n\nAdd a cache');
    commit.putBack();
    assert.equal(box.value, 'see #12\n');
  });

  it('replaces its own message when asked again, not what was typed above it', () => {
    const box = boxWith('see #12');
    const first = new CommitBox(box, undefined);
    first.write('Add a cache');
    const second = new CommitBox(box, first.left);
    second.write('Add names');
    assert.equal(box.value, 'see #12\n\nAdd names');
    second.putBack();
    assert.equal(box.value, 'see #12\n\nAdd a cache');
    box.value = 'see #12\n\nAdd a cache, quickly';
    new CommitBox(box, second.left).write('Other');
    assert.equal(box.value, 'see #12\n\nAdd a cache, quickly\n\nOther');
  });

  it('leaves the box to whoever types', () => {
    const box = boxWith('');
    const commit = new CommitBox(box, undefined);
    commit.write('Add');
    box.value = 'Addx';
    assert.equal(commit.write('Add a'), false);
    commit.putBack();
    assert.equal(box.value, 'Addx');
  });

  it('takes an older text of its own for its own: the editor tells late', () => {
    const box = boxWith('');
    const commit = new CommitBox(box, undefined);
    commit.write('Add');
    commit.write('Add a');
    box.value = 'Add';
    assert.ok(commit.write('Add a cache'));
    assert.equal(box.value, 'Add a cache');
  });
});
