import assert from 'node:assert/strict';
import type { Exchange, ToPage } from '../../../../media/messages';
import { Conversation } from '../../../../src/chat/conversation';
import { emptyConversation, type Kept } from '../../../../src/chat/exchange';
import type { Gathered } from '../../../../src/chat/question';
import { ChatError } from '../../../../src/client/chatClient';
import {
  item,
  scriptedClient,
  scriptedContext,
  settle,
  standingClock,
  t,
  usage,
} from '../../../support/scriptedClient';

function begin(gathered: Partial<Gathered> = {}) {
  const { client, asked, last } = scriptedClient();
  const { clock, pass } = standingClock();
  const context = scriptedContext(gathered);
  const told: ToPage[] = [];
  const kept: { readonly kept: Kept; readonly isOver: boolean }[] = [];
  const reported: unknown[] = [];
  const conversation = new Conversation(emptyConversation('c', 0), {
    client,
    context,
    options: () => ({ temperature: 0.3, thinks: true }),
    tell: (message) => told.push(message),
    keep: (state, isOver) => kept.push({ kept: state, isOver }),
    report: (error) => reported.push(error),
    clock,
    t,
  });
  const ask = (text: string): void => void conversation.ask({ text, attachments: [] });
  const answer = () => conversation.kept.exchanges.at(-1)?.answer;
  const idOf = (index: number): string => conversation.kept.exchanges[index]?.id ?? '';
  /** Asks, and has it answered. */
  const exchange = async (question: string, said: string): Promise<void> => {
    ask(question);
    const request = await last();
    request.tell({ kind: 'read', prompt: usage() });
    request.tell({ kind: 'text', text: said });
    await request.end();
  };
  return { conversation, asked, last, context, told, kept, reported, pass, ask, answer, idOf, exchange };
}

const exchanges = (told: readonly ToPage[]): Exchange[] =>
  told.flatMap((message) => (message.type === 'exchange' ? [message.exchange] : []));

describe('Conversation', () => {
  it('asks, streams, and ends with what the model said of it', async () => {
    const { ask, last, told, answer, pass, conversation } = begin();
    ask('Why?\nReally');
    assert.equal(exchanges(told)[0]?.answer.state, 'waiting');
    const request = await last();
    assert.deepEqual(request.params.turns, [{ role: 'user', text: 'Why?\nReally', context: [] }]);
    assert.equal(request.params.instructions, 'Be brief.');
    request.tell({ kind: 'reading', done: 50, of: 200 });
    assert.equal(answer()?.percent, 25);
    pass(16);
    request.tell({ kind: 'read', prompt: usage() });
    request.tell({ kind: 'thought', text: 'Hm' });
    request.tell({ kind: 'text', text: 'Be' });
    request.tell({ kind: 'text', text: 'cause' });
    await request.end({ tokensPerSecond: 12, tokensWritten: 7 });
    assert.deepEqual(answer(), {
      state: 'done',
      text: 'Because',
      thought: 'Hm',
      notes: [],
      canContinue: false,
      model: 'Scripted',
      tokensPerSecond: 12,
    });
    assert.equal(conversation.kept.title, 'Why?');
    assert.deepEqual(told.at(-1), { type: 'room', room: { used: 107, of: 1000 } });
  });

  it('tells growth once a frame at most, and the whole of it', async () => {
    const { ask, last, told, pass } = begin();
    ask('Long');
    const request = await last();
    request.tell({ kind: 'read', prompt: usage() });
    const grown = () => told.filter(({ type }) => type === 'grown');
    for (let index = 0; index < 1000; index++) {
      request.tell({ kind: 'text', text: 'x' });
      if (index % 10 === 9) pass(8);
    }
    assert.ok(grown().length >= 45 && grown().length <= 51, `${grown().length} messages in 800 ms`);
    pass(16);
    const [newest] = grown().slice(-1);
    assert.equal(newest?.type === 'grown' ? newest.text.length : 0, 1000);
  });

  it('keeps what has arrived when it is stopped, and drops what arrives later', async () => {
    const { ask, last, conversation, answer, kept } = begin();
    ask('Stop');
    const request = await last();
    request.tell({ kind: 'text', text: 'So f' });
    conversation.stop();
    assert.equal(answer()?.state, 'stopped');
    request.tell({ kind: 'text', text: 'ar' });
    await settle();
    assert.equal(answer()?.text, 'So f');
    assert.equal(conversation.isBusy, false);
    assert.equal(kept.at(-1)?.isOver, true);
  });

  it('goes on where the process died, and tells the model only what it has said', async () => {
    const { ask, last, conversation, answer, idOf, context } = begin({ items: [item('a.ts')] });
    ask('Die');
    const first = await last();
    first.tell({ kind: 'read', prompt: usage({ context: [item('a.ts', 'cut')], cut: ['a.ts'] }) });
    first.tell({ kind: 'text', text: 'One, ' });
    await first.fail(new ChatError('died'));
    assert.equal(answer()?.state, 'broken');
    assert.equal(answer()?.canContinue, true);
    assert.equal(answer()?.notes.length, 2);
    void conversation.goOn(idOf(0));
    const second = await last();
    assert.equal(context.asks.length, 1);
    assert.deepEqual(second.params.turns, [
      { role: 'user', text: 'Die', context: [item('a.ts', 'cut')] },
      { role: 'assistant', text: 'One, ' },
    ]);
    second.tell({ kind: 'text', text: 'two' });
    await second.end();
    assert.equal(answer()?.text, 'One, two');
    assert.equal(answer()?.state, 'done');
  });

  it('asks another question in place of one, without what followed', async () => {
    const { exchange, conversation, last, idOf, told } = begin();
    await exchange('one', 'first');
    await exchange('two', 'second');
    await exchange('three', 'third');
    void conversation.edit(idOf(1), 'other');
    const request = await last();
    assert.equal(told.findLast(({ type }) => type === 'conversation')?.type, 'conversation');
    assert.deepEqual(
      request.params.turns.map((turn) => turn.text),
      ['one', 'first', 'other'],
    );
    await request.end();
    assert.equal(conversation.kept.exchanges.length, 2);
  });

  it('answers again in place of the answer', async () => {
    const { exchange, conversation, last, idOf } = begin();
    await exchange('one', 'first');
    void conversation.retry(idOf(0));
    const request = await last();
    assert.deepEqual(
      request.params.turns.map((turn) => turn.text),
      ['one'],
    );
    assert.equal(conversation.kept.exchanges[0]?.answer.text, '');
    await conversation.retry('no such exchange');
    assert.equal(conversation.isBusy, true);
  });

  it('stops the answer that is being written when another question comes', async () => {
    const { ask, last, conversation, asked } = begin();
    ask('first');
    const first = await last();
    first.tell({ kind: 'text', text: 'begun' });
    ask('second');
    const second = await last();
    first.tell({ kind: 'text', text: ' stale' });
    second.tell({ kind: 'text', text: 'fresh' });
    await second.end();
    assert.equal(asked.length, 2);
    assert.deepEqual(
      conversation.kept.exchanges.map(({ answer }) => [answer.state, answer.text]),
      [
        ['stopped', 'begun'],
        ['done', 'fresh'],
      ],
    );
  });

  it('leaves questions without an answer out of what the model is told', async () => {
    const { ask, last, conversation, answer } = begin();
    ask('unanswered');
    await (await last()).fail(new ChatError('failed'));
    assert.equal(answer()?.state, 'failed');
    assert.equal(answer()?.canContinue, false);
    ask('next');
    const request = await last();
    assert.deepEqual(
      request.params.turns.map((turn) => turn.text),
      ['next'],
    );
    conversation.stop();
  });

  it('says what was missing, cut and left out, and why the answer ended', async () => {
    const { ask, last, answer } = begin({
      items: [item('a.ts'), item('b.ts')],
      missing: ['The terminal has no selection.'],
    });
    ask('About @terminal');
    const request = await last();
    const prompt = usage({ cut: ['a.ts'], leftOut: ['b.ts'], turnsLeftOut: 2 });
    request.tell({ kind: 'text', text: 'Well' });
    await request.end({ end: 'length', prompt });
    assert.deepEqual(answer()?.notes, [
      'The terminal has no selection.',
      'There was room only for a part of this: a.ts.',
      'There was no room for this: b.ts.',
      'There was no room for the beginning of this chat; the model does not see it.',
      'The answer was cut at its greatest length.',
    ]);
    assert.equal(answer()?.canContinue, true);
  });

  it('shows the model once what two questions are about', async () => {
    const { exchange, ask, last, conversation } = begin({ items: [item('a.ts')] });
    ask('one');
    const first = await last();
    first.tell({ kind: 'text', text: 'first' });
    await first.end({ prompt: usage({ context: [item('a.ts')] }) });
    await exchange('two', 'second');
    assert.deepEqual(conversation.kept.exchanges[1]?.prompt?.context, []);
  });

  it('reports what nobody expected, and says so without naming it', async () => {
    const { ask, last, answer, reported } = begin();
    ask('bug');
    await (await last()).fail(new TypeError('x is undefined'));
    assert.equal(reported.length, 1);
    assert.equal(answer()?.state, 'failed');
    assert.doesNotMatch(answer()?.notes.join() ?? '', /undefined/);
  });
});
