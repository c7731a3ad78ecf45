import assert from 'node:assert/strict';
import { type Fitted, promptFor, type Request } from '../../../../server/chat/fit';
import type { ContextItem, Turn } from '../../../../server/chatProtocol';
import { ChatRefusal, MalformedError } from '../../../../server/conversation/refusal';
import { scriptedChat } from '../../../support/scriptedChat';

const llm = scriptedChat({ say: () => '' });
const words = (count: number, word = 'word'): string => Array.from({ length: count }, () => word).join(' ');
const lines = (count: number): string => Array.from({ length: count }, (_, n) => `line ${n}`).join('\n');
const item = (id: string, text: string, priority = 1): ContextItem => ({ id, title: `${id}.ts`, text, priority });
const user = (text: string, ...context: ContextItem[]): Turn => ({ role: 'user', text, context });
const assistant = (text: string): Turn => ({ role: 'assistant', text });

function fitted(turns: readonly Turn[], room = 1000, more: Partial<Request> = {}): Fitted {
  const request: Request = { instructions: '', thinks: false, maxTokens: 100, turns, ...more };
  const laid = promptFor(request, room, llm);
  assert.equal(laid.usage.tokens, llm.measure(laid.prompt));
  assert.ok(laid.usage.tokens <= room - Math.min(request.maxTokens ?? 2048, room / 4), 'room for the answer');
  assert.deepEqual(promptFor(request, room, llm), laid, 'the same request makes the same prompt');
  return laid;
}

const textsOf = ({ prompt }: Fitted): readonly string[] => prompt.messages.map(({ role, text }) => `${role}: ${text}`);
const refuses = (turns: readonly Turn[], room?: number): void => {
  assert.throws(
    () => fitted(turns, room),
    (error: unknown) => error instanceof ChatRefusal && error.code === 'tooLong',
  );
};

describe('promptFor', () => {
  it('shows context before the question, in a fence longer than any in it', () => {
    const context = [
      { ...item('a', 'let a;\r\n```\r\nb'), languageId: 'typescript' },
      { ...item('b', 'x'), languageId: 'no language\n', title: 'of\na folder' },
    ];
    const { usage, ...laid } = fitted([user('What is it?', ...context)]);
    assert.deepEqual(textsOf({ usage, ...laid }), [
      'user: a.ts:\n````typescript\nlet a;\n```\nb\n````\n\nof a folder:\n```\nx\n```\n\nWhat is it?',
    ]);
    assert.deepEqual(usage.context, context);
    assert.deepEqual([usage.cut, usage.leftOut, usage.turnsLeftOut], [[], [], 0]);
  });

  it('keeps the question, or says that it is too long', () => {
    assert.equal(fitted([user(words(850))]).maxTokens, 100);
    refuses([user(words(900))]);
    refuses([user('x'.repeat(1_000_000))]);
    assert.throws(() => fitted([]), MalformedError);
    const calling: Turn = { role: 'assistant', text: '', toolCalls: [{ id: '1', name: 'x', parameters: {} }] };
    assert.throws(() => fitted([user('a'), calling]), MalformedError);
  });

  it('cuts instructions that take more than half', () => {
    const [system] = textsOf(fitted([user('a')], 1000, { instructions: lines(1000) }));
    assert.match(String(system), /^system: line 0\n[\s\S]*\n\[\d+ more lines are left out here\]$/);
    assert.ok(llm.count(String(system)) < 460);
    assert.equal(fitted([user('a')], 1000, { instructions: ' \n' }).prompt.messages.length, 1);
  });

  it('cuts context of low priority first, at line ends, with a mark, and leaves out what has no room', () => {
    const context = [item('low', lines(400), 1), item('high', lines(200), 3), item('middle', lines(400), 2)];
    const { usage } = fitted([user('Why?', ...context)]);
    assert.deepEqual([usage.cut, usage.leftOut], [['middle'], ['low']]);
    assert.deepEqual(
      usage.context.map(({ id }) => id),
      ['high', 'middle'],
    );
    assert.equal(usage.context[0]?.text, lines(200));
    const [, kept = '', more] =
      /^([\s\S]*)\n\[(\d+) more lines are left out here\]$/.exec(usage.context[1]?.text ?? '') ?? [];
    assert.ok(lines(400).startsWith(`${kept}\n`));
    assert.equal(kept.split('\n').length + Number(more), 400);
    assert.ok(usage.tokens > 650, 'the room is used');
  });

  it('leaves room for what follows on a question whose context was cut', () => {
    const asked = fitted([user('What is it?', item('a', lines(1000)), item('b', lines(10), 2))]);
    assert.deepEqual(asked.usage.cut, ['a']);
    const past = [user('What is it?', ...asked.usage.context), assistant(words(60))];
    const next = fitted([...past, user('And why?', item('c', lines(5)))]);
    assert.deepEqual(next.prompt.messages[0], asked.prompt.messages[0]);
    assert.deepEqual([next.usage.cut, next.usage.leftOut, next.usage.turnsLeftOut], [[], [], 0]);
    const whole = fitted([user('What is it?', item('a', lines(420)))]);
    assert.deepEqual(whole.usage.cut, [], 'what has room stays whole');
  });

  it('leaves out one huge line, and is not slowed down by huge files', () => {
    const huge = `${lines(10)}\n${'x'.repeat(50_000_000)}`;
    const started = performance.now();
    const { usage } = fitted([user('Why?', item('line', words(2000), 2), item('file', huge, 1))]);
    assert.deepEqual([usage.leftOut, usage.cut], [['line'], ['file']]);
    assert.ok(performance.now() - started < 1500);
  });

  it('gives context half of the room beside a long history, and all that the history does not need', () => {
    const past = [user(words(300)), assistant(words(300))];
    const beside = fitted([...past, user('And?', item('a', lines(1000)))]);
    assert.equal(beside.usage.turnsLeftOut, 2);
    const short = fitted([user(words(100)), assistant(words(100)), user('And?', item('a', lines(1000)))]);
    assert.equal(short.usage.turnsLeftOut, 0);
    assert.ok(llm.count(short.usage.context[0]?.text ?? '') > 500);
    assert.ok(short.usage.tokens > 780);
  });

  it('keeps the words of the newest exchange where its context has no room', () => {
    const laid = fitted([
      user('First?', item('a', lines(350))),
      assistant('Yes.'),
      user('And?', item('b', lines(350))),
    ]);
    assert.deepEqual(textsOf(laid).slice(0, 2), ['user: First?', 'assistant: Yes.']);
    assert.equal(laid.usage.turnsLeftOut, 0);
  });

  it('drops old exchanges whole and far enough that the beginning then stays for many questions', () => {
    const turns: Turn[] = [];
    const starts: number[] = [];
    let before: readonly string[] = [];
    for (let n = 0; n < 60; n++) {
      turns.push(user(`question ${n} ${words(10)}`, item(`${n}`, lines(10))));
      const laid = fitted(turns);
      const texts = textsOf(laid);
      assert.equal(laid.usage.turnsLeftOut % 2, 0);
      if (before.some((text, index) => text !== texts[index])) starts.push(n);
      before = texts;
      // As the client is told to give it again.
      turns[turns.length - 1] = user(`question ${n} ${words(10)}`, ...laid.usage.context);
      turns.push(assistant(`answer ${n} ${words(10)}`));
    }
    assert.ok(starts.length >= 3 && starts.length <= 8, `the beginning changed at ${starts.join()}`);
    for (const [index, start] of starts.entries()) assert.ok(start - (starts[index - 1] ?? 0) >= 7, starts.join());
  });

  it('stays the same with context that is cut again and again', () => {
    const turns: Turn[] = [];
    let before: readonly string[] = [];
    let changes = 0;
    for (let n = 0; n < 12; n++) {
      turns.push(user(`question ${n}`, item(`${n}`, lines(120))));
      const laid = fitted(turns, 2000);
      const texts = textsOf(laid);
      if (before.some((text, index) => text !== texts[index])) changes++;
      before = texts;
      turns[turns.length - 1] = user(`question ${n}`, ...laid.usage.context);
      turns.push(assistant(words(20)));
    }
    assert.ok(changes <= 4, `${changes} changes`);
  });

  it('goes on with an answer that broke off, without thinking again', () => {
    const { prompt } = fitted([user('a'), assistant('b'), user('c'), assistant('The answer is ')], 1000, {
      thinks: true,
    });
    assert.equal(prompt.begun, 'The answer is ');
    assert.deepEqual([prompt.messages.at(-1)?.text, prompt.thinks, prompt.messages.length], ['c', false, 3]);
    assert.equal(fitted([user('a'), assistant('')], 1000, { thinks: true }).prompt.begun, undefined);
  });

  it('takes messages in a row as one, and calls of tools with their question', () => {
    const toolCalls = [{ id: '1', name: 'read', parameters: { path: 'a' } }];
    const calling: Turn = { role: 'assistant', text: '', toolCalls };
    const answered: Turn = { role: 'tool', callId: '1', name: 'read', text: lines(1000) };
    const laid = fitted([user('a'), user('b'), calling, answered]);
    assert.deepEqual(textsOf(laid).slice(0, 2), ['user: a\n\nb', 'assistant: ']);
    assert.match(textsOf(laid)[2] ?? '', /^tool: line 0\n[\s\S]*left out here\]$/);
    refuses([user(words(850)), calling, answered]);
  });
});
