import assert from 'node:assert/strict';
import { commitParams, roomForChanges, subjectsOf } from '../../../../../src/chat/actions/commitPrompt';

describe('commit prompt', () => {
  it('shows the changes as context, and the style of earlier commits', () => {
    const { turns, conversation, thinks } = commitParams([{ title: 'a.ts (added)', text: '+a' }], ['Add b'], 'main');
    const [turn] = turns;
    assert.ok(turn?.role === 'user');
    assert.match(turn.text, /^Write in the style of the last commits:\n- Add b\nThe branch is main\.\n/);
    assert.deepEqual(turn.context, [
      { id: 'change-0', title: 'a.ts (added)', text: '+a', languageId: 'diff', priority: 1 },
    ]);
    assert.deepEqual([conversation, thinks, turns.length], ['commit', false, 1]);
  });

  it('says nothing of a style or a branch where there is none', () => {
    const [turn] = commitParams([], [], '').turns;
    assert.equal(turn?.text, 'Write the commit message for these changes.');
  });

  it('takes subjects of what people wrote', () => {
    const messages = ['Add a\n\nBody', "Merge branch 'x'", '', ' Fix b '];
    assert.deepEqual(subjectsOf(messages), ['Add a', 'Fix b']);
  });

  it('leaves room for the answer, and reads no more than a processor can', () => {
    assert.equal(roomForChanges(4_096), 9_888);
    assert.equal(roomForChanges(131_072), 12_000);
    assert.equal(roomForChanges(512), 1_500);
  });
});
