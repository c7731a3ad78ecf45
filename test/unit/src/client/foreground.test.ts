import assert from 'node:assert/strict';
import { ChatError } from '../../../../src/client/chatClient';
import { Foreground } from '../../../../src/client/foreground';

const never = new AbortController().signal;

/** Edits that end when the test says so. */
function scripted() {
  const ends: { readonly reject: (error: unknown) => void }[] = [];
  const foreground = new Foreground();
  const edits = foreground.aroundEdits({
    edit: () => ({ result: new Promise((_, reject) => ends.push({ reject })), enough: () => undefined }),
    warm: async () => undefined,
    outline: async () => ({ names: [] }),
  });
  const params = {
    path: 'a.go',
    languageId: 'go',
    text: '',
    range: { first: 0, count: 0 },
    context: [],
    instruction: 'Write it.',
    earlier: [],
    temperature: 0,
    thinks: false,
  };
  const edit = () => edits.edit(params, () => undefined, never).result;
  return { ends, foreground, edit };
}

describe('what the person asks for', () => {
  it('is told of from the first answer until the last one is over, however it ends', async () => {
    const { ends, foreground, edit } = scripted();
    const told: boolean[] = [];
    foreground.enter((busy) => told.push(busy));
    const both = [edit(), edit()].map((each) => assert.rejects(each));
    assert.deepEqual(told, [true]);
    ends[0]?.reject(new ChatError('died'));
    await both[0];
    assert.deepEqual(told, [true]);
    ends[1]?.reject(new ChatError('stopped'));
    await both[1];
    assert.deepEqual(told, [true, false]);
  });

  it('is told at once to who comes meanwhile, and no more to who has left', async () => {
    const { ends, foreground, edit } = scripted();
    const failing = assert.rejects(edit());
    const [late, gone]: [boolean[], boolean[]] = [[], []];
    foreground.enter((busy) => late.push(busy));
    foreground.enter((busy) => gone.push(busy))();
    ends[0]?.reject(new ChatError('died'));
    await failing;
    assert.deepEqual([late, gone], [[true, false], [true]]);
  });
});
