/** What each message makes of what the page knows. */
import assert from 'node:assert/strict';
import { beginning, isGoingOn, next, type State } from '../../../media/chat/state';
import { answer, conversation, exchange, grown, ready } from '../../page/lib/messages';

const writing = answer('a', { state: 'writing', percent: 30, tokensPerSecond: 5, model: 'M' });
const two: State = next(beginning, conversation(exchange('1', 'one', answer('done')), exchange('2', 'two', writing)));

describe('state of the page', () => {
  it('is the conversation that was told, in place of the one before', () => {
    const other = next(two, { type: 'conversation', id: 'c2', title: 'T', exchanges: [], isBusy: true });
    assert.deepEqual([other.conversation, other.title, other.exchanges, other.isBusy], ['c2', 'T', [], true]);
  });

  it('takes growth into the answer, and leaves the other exchanges the very same', () => {
    const after = next(two, grown('2', 'ab'));
    assert.equal(after.exchanges[0], two.exchanges[0]);
    assert.deepEqual(after.exchanges[1]?.answer, answer('ab', { state: 'writing', tokensPerSecond: 5, model: 'M' }));
  });

  it('takes the percentage and the speed of growth', () => {
    const message = {
      type: 'grown',
      id: '2',
      state: 'reading',
      text: '',
      thought: 't',
      percent: 7,
      tokensPerSecond: 9,
    } as const;
    const after = next(two, message).exchanges[1]?.answer;
    assert.deepEqual([after?.percent, after?.tokensPerSecond, after?.thought], [7, 9, 't']);
  });

  it('drops growth of an exchange that is gone', () => {
    assert.equal(next(two, grown('9', 'x')), two);
  });

  it('puts a new exchange at the end and a changed one in its place', () => {
    const added = next(two, { type: 'exchange', exchange: exchange('3', 'three', answer('')), isBusy: true });
    assert.deepEqual([added.exchanges.map(({ id }) => id), added.isBusy], [['1', '2', '3'], true]);
    const changed = next(added, { type: 'exchange', exchange: exchange('1', 'uno', answer('')), isBusy: false });
    assert.deepEqual(
      changed.exchanges.map(({ question }) => question.text),
      ['uno', 'two', 'three'],
    );
  });

  it('takes model, room and chips', () => {
    const chips = [{ id: 'a', label: 'a', detail: '', icon: 'file' }];
    const state = [
      ready,
      { type: 'room', room: { used: 1, of: 2 } } as const,
      { type: 'chips', chips } as const,
    ].reduce(next, two);
    assert.deepEqual([state.model?.state, state.room?.of, state.chips], ['ready', 2, chips]);
    assert.equal(next(state, { type: 'room', room: undefined }).room, undefined);
  });

  it('is left alone by messages that ask for an act', () => {
    assert.equal(next(two, { type: 'focus' }), two);
    assert.equal(next(two, { type: 'suggestions', request: 1, items: [] }), two);
  });

  it('tells which answers go on', () => {
    const goesOn = (['waiting', 'reading', 'thinking', 'writing', 'done', 'stopped', 'broken', 'failed'] as const).map(
      (state) => isGoingOn(answer('', { state })),
    );
    assert.deepEqual(goesOn, [true, true, true, true, false, false, false, false]);
  });
});
