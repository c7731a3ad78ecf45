import assert from 'node:assert/strict';
import { conversationBefore, keptOf, type Past, Questions } from '../../../../../src/chat/native/history';

const question = (text: string): Past => ({ kind: 'question', text });
const answer = (text: string, metadata: unknown): Past => ({ kind: 'answer', text, metadata });
const nothing = (): undefined => undefined;
const context = [{ id: 'a', title: 'a.ts', text: 'code', priority: 1 }];

describe('conversationBefore', () => {
  it('tells earlier questions as the model was shown them, and answers without our notes', () => {
    const asked = { text: 'Explain the code.', context };
    const kept = { conversation: 'c', id: '1', length: 5, asked };
    assert.deepEqual(conversationBefore([question('/explain'), answer('It is\n\n---\n\nnote', kept)], nothing), {
      conversation: 'c',
      turns: [
        { role: 'user', ...asked },
        { role: 'assistant', text: 'It is' },
      ],
    });
  });

  it('prefers what this window remembers, and has the bare question where nothing was kept', () => {
    const past = [
      question('one'),
      answer('1', { conversation: 'c', id: '1', length: 1 }),
      question('two'),
      answer('2', { conversation: 'c', id: '2', length: 1 }),
    ];
    const questions = new Questions();
    questions.remember('2', { text: 'two!', context });
    assert.deepEqual(conversationBefore(past, questions.recall).turns, [
      { role: 'user', text: 'one' },
      { role: 'assistant', text: '1' },
      { role: 'user', text: 'two!', context },
      { role: 'assistant', text: '2' },
    ]);
  });

  it('leaves out what was not answered', () => {
    const refused = answer('No model for chat is chosen yet.', { conversation: 'c', id: '1', length: 0 });
    assert.deepEqual(conversationBefore([question('one'), refused, question('two'), question('three')], nothing), {
      conversation: 'c',
      turns: [],
    });
    assert.deepEqual(conversationBefore([], nothing), { conversation: undefined, turns: [] });
  });
});

describe('keptOf', () => {
  it('reads what was written', () => {
    const kept = { conversation: 'c', id: '1', length: 5, command: 'fix', end: 'length', asked: { text: '', context } };
    assert.deepEqual(keptOf(JSON.parse(JSON.stringify(kept))), kept);
  });

  it('refuses or leaves out what others have written', () => {
    for (const odd of [undefined, null, 3, {}, { conversation: 'c', id: '1' }, { conversation: 1, id: '1', length: 0 }])
      assert.equal(keptOf(odd), undefined);
    const odd = { conversation: 'c', id: '1', length: 0, end: 'odd', command: 4, asked: { text: 'a', context: [{}] } };
    assert.deepEqual(keptOf(odd), { conversation: 'c', id: '1', length: 0 });
  });
});

describe('Questions', () => {
  it('forgets the oldest', () => {
    const questions = new Questions();
    for (let at = 0; at < 101; at++) questions.remember(String(at), { text: String(at), context: [] });
    assert.equal(questions.recall('0'), undefined);
    assert.equal(questions.recall('100')?.text, '100');
  });
});
