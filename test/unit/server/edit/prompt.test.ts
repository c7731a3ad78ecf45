import assert from 'node:assert/strict';
import { ChatRefusal } from '../../../../server/conversation/refusal';
import { type Fitted, type Piece, promptFor, type Wish } from '../../../../server/edit/prompt';
import type { EditTarget } from '../../../../server/editProtocol';
import { scriptedChat } from '../../../support/scriptedChat';

const chat = scriptedChat({ say: () => '' });
const lines = (name: string, many: number): string[] => Array.from({ length: many }, (_, n) => `${name}${n} = ${n} ;`);
const WISH: Wish = { instruction: 'Make it so.', earlier: [] };

function fitted(piece: Partial<Piece>, wish: Wish | undefined, room = 4096, target: Partial<EditTarget> = {}): Fitted {
  const whole: Piece = { before: [], lines: ['a = 1 ;'], after: [], isPart: false, ...piece };
  const text = [...whole.before, ...whole.lines, ...whole.after].join('\n');
  const range = { first: whole.before.length, count: whole.lines.length };
  const all = { path: 'a.ts', languageId: 'typescript', text, range, context: [], ...target };
  return promptFor(all, whole, wish, false, room, chat);
}
const questionOf = ({ prompt }: Fitted): string => prompt.messages.at(-1)?.text ?? '';

describe('the prompt of an edit', () => {
  it('begins with what is read while the instruction is typed', () => {
    const piece = { before: lines('b', 40), lines: lines('l', 30), after: lines('c', 40) };
    const warm = questionOf(fitted(piece, undefined));
    assert.ok(questionOf(fitted(piece, WISH)).startsWith(warm));
    const long = { instruction: 'word '.repeat(200), earlier: ['Before that.'] };
    assert.ok(questionOf(fitted(piece, long)).startsWith(warm));
  });

  it('shows the nearest lines where there is not room for all', () => {
    const question = questionOf(fitted({ before: lines('b', 900), after: lines('c', 900) }, WISH));
    for (const shown of ['b899 ', 'c0 ']) assert.ok(question.includes(shown), shown);
    for (const absent of ['b0 ', 'c899 ']) assert.ok(!question.includes(absent), absent);
    const before = question.match(/b\d+ =/g)?.length ?? 0;
    const after = question.match(/c\d+ =/g)?.length ?? 0;
    assert.ok(before > after * 1.7 && before < after * 2.3, `${before} ${after}`);
  });

  it('has room for the answer in every context', () => {
    for (const room of [700, 1024, 2048, 8192])
      for (const many of [1, 10, 40]) {
        const { prompt, maxTokens } = fitted(
          { before: lines('b', 500), lines: lines('l', many), after: [] },
          WISH,
          room,
        );
        assert.equal(chat.measure(prompt) + maxTokens, room);
        assert.ok(maxTokens >= many * 4 * 1.4, `${room} ${many}: ${maxTokens}`);
        for (const line of lines('l', many))
          assert.equal(questionOf({ prompt } as Fitted).split(`\n${line}\n`).length, 2);
      }
  });

  it('refuses what has no room', () => {
    const isTooLong = (error: unknown): boolean => error instanceof ChatRefusal && error.code === 'tooLong';
    assert.throws(() => fitted({ lines: lines('l', 900) }, WISH, 2048), isTooLong);
    assert.throws(() => fitted({}, { instruction: 'word '.repeat(3000), earlier: [] }, 2048), isTooLong);
    assert.throws(() => fitted({ lines: ['x'.repeat(10_000_000)] }, WISH, 2048), isTooLong);
  });

  it('opens a fence that is longer than any in the text, and expects the lines', () => {
    const { prompt, opening, likely } = fitted({ lines: ['````md', 'a', '````'] }, WISH);
    assert.equal(prompt.begun, '`````typescript\n');
    assert.deepEqual(opening, { fence: 5 });
    assert.equal(likely, '````md\na\n````\n`````');
  });

  it('asks for new lines where there are none', () => {
    const { likely, prompt } = fitted({ before: ['a();'], lines: [] }, WISH);
    assert.equal(likely, '');
    assert.match(questionOf({ prompt } as Fitted), /new lines[\s\S]*Instruction: Make it so\.$/);
  });

  it('tells what of the context had no room', () => {
    const context = [
      { id: 'x', title: 'x.ts', text: 'word '.repeat(2000), priority: 1 },
      { id: 'y', title: 'y.ts', text: lines('y', 900).join('\n'), priority: 2 },
    ];
    const { leftOut, prompt } = fitted({}, WISH, 2048, { context });
    assert.deepEqual(leftOut, ['x']);
    assert.match(questionOf({ prompt } as Fitted), /y0 = 0 ;[\s\S]*lines are left out here/);
  });

  it('says what was done before', () => {
    const question = questionOf(fitted({}, { instruction: 'Now this.', earlier: ['First that.'] }));
    assert.match(question, /- First that\.\n.*Now this\.$/);
  });
});
