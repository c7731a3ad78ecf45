import assert from 'node:assert/strict';
import {
  conversationName,
  conversationOf,
  type Message,
  optionsOf,
  type Unfit,
  UnfitError,
  withTools,
} from '../../../../../src/chat/native/turns';

const [USER, ASSISTANT, SYSTEM] = [1, 2, 3];
const text = (value: string): object => ({ value });
const user = (...content: unknown[]): Message => ({ role: USER, content });
const assistant = (...content: unknown[]): Message => ({ role: ASSISTANT, content });
const call = { callId: 'c1', name: 'read', input: { path: 'a.ts' } };

describe('conversationOf', () => {
  it('makes one turn of what follows in the same role, and instructions of the system', () => {
    const messages = [
      { role: SYSTEM, content: [text('Be brief.')] },
      user(text('The code is C.')),
      user(text('What is it?')),
      assistant(text('It is'), text(' old.')),
      user(text('Why?')),
    ];
    assert.deepEqual(conversationOf(messages), {
      instructions: 'Be brief.',
      turns: [
        { role: 'user', text: 'The code is C.\n\nWhat is it?' },
        { role: 'assistant', text: 'It is old.' },
        { role: 'user', text: 'Why?' },
      ],
    });
  });

  it('keeps calls with what was said before them, and names the tool whose answer it is', () => {
    const other = { callId: 'c2', name: 'list', input: {} };
    const answers = [
      { callId: 'c1', content: [text('one'), text('two')] },
      { callId: 'c2', content: [] },
    ];
    assert.deepEqual(conversationOf([user(text('Go')), assistant(text('I look.'), call, other), user(...answers)]), {
      instructions: '',
      turns: [
        { role: 'user', text: 'Go' },
        {
          role: 'assistant',
          text: 'I look.',
          toolCalls: [
            { id: 'c1', name: 'read', parameters: { path: 'a.ts' } },
            { id: 'c2', name: 'list', parameters: {} },
          ],
        },
        { role: 'tool', callId: 'c1', name: 'read', text: 'one\ntwo' },
        { role: 'tool', callId: 'c2', name: 'list', text: '' },
      ],
    });
  });

  it('tells an answer whose call is gone as text', () => {
    const { turns } = conversationOf([user({ callId: 'gone', content: [text('found')] }, text('So?'))]);
    assert.deepEqual(turns, [{ role: 'user', text: 'found\n\nSo?' }]);
  });

  it('goes on with an answer that is begun', () => {
    const { turns } = conversationOf([user(text('Count')), assistant(text('1, 2,'))]);
    assert.deepEqual(turns.at(-1), { role: 'assistant', text: '1, 2,' });
  });

  it('refuses what it cannot answer, with the reason', () => {
    const picture = { data: new Uint8Array([1]), mimeType: 'image/png' };
    const cases: readonly (readonly [Unfit, readonly Message[]])[] = [
      ['empty', []],
      ['empty', [user(text(''))]],
      ['empty', [{ role: SYSTEM, content: [text('Be brief.')] }]],
      ['picture', [user(text('What is this?'), picture)]],
      ['openCall', [user(text('Go')), assistant(call)]],
    ];
    for (const [why, messages] of cases)
      assert.throws(
        () => conversationOf(messages),
        (error) => error instanceof UnfitError && error.why === why,
        why,
      );
  });

  it('skips marks and thoughts of other providers', () => {
    const thought = { value: 'Hm.', id: undefined, metadata: undefined };
    const mark = { data: new Uint8Array([1]), mimeType: 'cache_control' };
    const { turns } = conversationOf([user(text('Hi'), mark), assistant(thought, text('Hello')), user(text('Bye'))]);
    assert.deepEqual(turns[1], { role: 'assistant', text: 'Hello' });
    assert.deepEqual(turns[0], { role: 'user', text: 'Hi' });
  });
});

describe('conversationName', () => {
  it('is the same for follow-ups, another one for other beginnings, instructions and models', () => {
    const first = [user(text('One'))];
    const later = [...first, assistant(text('1')), user(text('Two'))];
    const name = conversationName('m', conversationOf(first));
    assert.equal(conversationName('m', conversationOf(later)), name);
    assert.notEqual(conversationName('n', conversationOf(first)), name);
    assert.notEqual(conversationName('m', conversationOf([user(text('Two'))])), name);
    assert.notEqual(conversationName('m', { ...conversationOf(first), instructions: 'x' }), name);
  });
});

describe('withTools', () => {
  const conversation = { instructions: 'Be brief.', turns: [] };

  it('hands on schemas, and an empty one where there is none', () => {
    const schema = { type: 'object', properties: { path: { type: 'string' } } };
    const tools = [
      { name: 'read', description: 'Reads', inputSchema: schema },
      { name: 'list', description: 'Lists' },
    ];
    assert.deepEqual(withTools(conversation, tools, false), {
      instructions: 'Be brief.',
      tools: [
        { name: 'read', description: 'Reads', parameters: schema },
        { name: 'list', description: 'Lists', parameters: { type: 'object', properties: {} } },
      ],
    });
    assert.match(withTools(conversation, tools, true).instructions, /^Be brief\.\n\nAnswer with a call/);
  });

  it('says nothing of tools where there are none', () => {
    assert.deepEqual(withTools(conversation, [], true), { instructions: 'Be brief.' });
  });
});

describe('optionsOf', () => {
  it('takes what makes sense, by the names in use', () => {
    assert.deepEqual(optionsOf({ temperature: 0, max_tokens: 20.5 }, 0.3), { temperature: 0, maxTokens: 20 });
    assert.deepEqual(optionsOf({ temperature: 9, maxTokens: 5 }, 0.3), { temperature: 2, maxTokens: 5 });
    const nonsense = { temperature: 'hot', max_tokens: -1, maxTokens: Number.NaN };
    assert.deepEqual(optionsOf(nonsense, 0.3), { temperature: 0.3 });
  });
});
