import assert from 'node:assert/strict';
import { answerFor } from '../../../../src/api/chatting';
import { ChatError } from '../../../../src/client/chatClient';
import { Foreground } from '../../../../src/client/foreground';
import { type Asked, scriptedClient, settle } from '../../../support/scriptedClient';

const never = new AbortController().signal;
const params = {
  conversation: 'api 1',
  instructions: '',
  turns: [{ role: 'user' as const, text: 'Why?' }],
  temperature: 0,
  thinks: false,
};

/** A model of which each character is a token, and a person who asks it as well. */
function scripted() {
  const { client, asked, last } = scriptedClient();
  const foreground = new Foreground();
  const onDidChange = () => ({ dispose: () => undefined });
  const chat = {
    ...client,
    onDidChange,
    countTokens: async (texts: readonly string[]) => texts.map(({ length }) => length),
    embed: async () => undefined,
  };
  const pieces: string[] = [];
  const onText = (piece: string): void => void pieces.push(piece);
  const person = foreground.aroundChat(chat);
  return { asked, last, pieces, person, parts: { chat, foreground, onText } };
}

const say = ({ tell }: Asked, text: string): void => tell({ kind: 'text', text });

describe('a chat of another extension', () => {
  it('is told piece by piece, and as a whole', async () => {
    const { last, pieces, parts } = scripted();
    const answer = answerFor(params, parts, never);
    const asked = await last();
    say(asked, 'Because');
    asked.tell({ kind: 'thought', text: 'hm' });
    say(asked, ' so.');
    await asked.end();
    assert.deepEqual(await answer, { text: 'Because so.', end: 'complete' });
    assert.deepEqual(pieces, ['Because', ' so.']);
  });

  it('is stopped while the person is answered, and gone on with where it was', async () => {
    const { asked, last, pieces, person, parts } = scripted();
    const answer = answerFor({ ...params, maxTokens: 10 }, parts, never);
    say(await last(), 'Bec');
    const own = person.ask({ ...params, conversation: 'own' }, () => undefined, never);
    const mine = await last();
    assert.equal(mine.params.conversation, 'own');
    await settle();
    assert.equal(asked.length, 2, 'nothing is asked beside the person');
    await mine.end();
    await own;
    await settle();
    const again = await last();
    assert.deepEqual(again.params.turns, [...params.turns, { role: 'assistant', text: 'Bec' }]);
    assert.equal(again.params.maxTokens, 7);
    say(again, 'ause.');
    await again.end();
    assert.deepEqual(await answer, { text: 'Because.', end: 'complete' });
    assert.deepEqual(pieces, ['Bec', 'ause.']);
  });

  it('does not begin while the person is answered, even if that fails', async () => {
    const { asked, last, person, parts } = scripted();
    const failing = assert.rejects(person.ask({ ...params, conversation: 'own' }, () => undefined, never));
    const answer = answerFor(params, parts, never);
    await settle();
    assert.equal(asked.length, 1);
    await (await last()).fail(new ChatError('died'));
    await failing;
    await settle();
    await (await last()).end({ end: 'length' });
    assert.deepEqual(await answer, { text: '', end: 'length' });
  });

  it('has all that it asked for, or all that there is room for, where nothing is left', async () => {
    for (const [maxTokens, end] of [
      [3, 'length'],
      [undefined, 'full'],
    ] as const) {
      const { asked, last, person, parts } = scripted();
      const answer = answerFor(maxTokens === undefined ? params : { ...params, maxTokens }, parts, never);
      say(await last(), 'Bec');
      const own = person.ask({ ...params, conversation: 'own' }, () => undefined, never);
      await (await last()).end();
      await own;
      await settle();
      if (maxTokens === undefined) await (await last()).fail(new ChatError('tooLong'));
      assert.deepEqual(await answer, { text: 'Bec', end });
      assert.equal(asked.length, maxTokens === undefined ? 3 : 2);
    }
  });

  it('ends with what the other extension throws, and asks for no more', async () => {
    const { last, parts } = scripted();
    let told = 0;
    const onText = (): void => {
      told++;
      throw new TypeError('theirs');
    };
    const answer = answerFor(params, { ...parts, onText }, never);
    const asked = await last();
    say(asked, 'a');
    say(asked, 'b');
    await assert.rejects(answer, /theirs/);
    assert.equal(told, 1);
  });

  it('is cancelled at once, also while it waits for the person', async () => {
    const { person, parts } = scripted();
    void person.ask({ ...params, conversation: 'own' }, () => undefined, never);
    const cancel = new AbortController();
    const answer = answerFor(params, parts, cancel.signal);
    await settle();
    cancel.abort();
    await assert.rejects(answer, (error: unknown) => error instanceof ChatError && error.code === 'stopped');
  });
});
