import assert from 'node:assert/strict';
import { promptFor, type Request } from '../../../../server/chat/fit';
import type { ContextItem, Turn } from '../../../../server/chatProtocol';
import { ChatRefusal } from '../../../../server/conversation/refusal';
import { scriptedChat } from '../../../support/scriptedChat';

const llm = scriptedChat({ say: () => '' });

/** Numbers from 0 to `below`, the same with each run (Park and Miller, 1988). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function anyText(random: (below: number) => number, most: number): string {
  const words = Array.from({ length: random(most) }, () => ['a', 'longer', '```', '🐟', 'x'.repeat(40)][random(5)]);
  return words.join(['\n', ' ', '\r\n', '\n\n'][random(4)]);
}

/** A conversation that ends with a question, a tool's answer, or an answer that broke off. */
function anyRequest(random: (below: number) => number): Request {
  const turns: Turn[] = [];
  for (let n = random(12); n >= 0; n--) {
    const items = Array.from(
      { length: random(4) },
      (_, index): ContextItem => ({
        id: `${n}.${index}`,
        title: 'file.ts',
        text: anyText(random, 300),
        priority: random(3),
      }),
    );
    turns.push({ role: 'user', text: anyText(random, 60), context: items });
    if (random(4) === 0)
      turns.push(
        { role: 'assistant', text: '', toolCalls: [{ id: '1', name: 'read', parameters: {} }] },
        { role: 'tool', callId: '1', name: 'read', text: anyText(random, 400) },
      );
    if (n > 0 || random(3) === 0) turns.push({ role: 'assistant', text: anyText(random, 200) });
  }
  return {
    turns,
    instructions: anyText(random, 200),
    thinks: random(2) === 0,
    ...(random(2) ? {} : { maxTokens: 100 }),
  };
}

describe('promptFor, whatever it is asked', () => {
  it('has room, says what became of each piece of context, and keeps the question', () => {
    let refused = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const random = randomOf(seed);
      const request = anyRequest(random);
      const room = 512 + random(3000);
      try {
        const { prompt, usage, maxTokens } = promptFor(request, room, llm);
        assert.ok(usage.tokens + Math.min(maxTokens, 100) <= room, `seed ${seed}`);
        assert.ok(maxTokens > 0, `seed ${seed}`);
        const asked = request.turns.findLast((turn) => turn.role === 'user');
        const ids = [...usage.context.map(({ id }) => id), ...usage.leftOut].toSorted();
        assert.deepEqual(ids, asked?.context?.map(({ id }) => id).toSorted(), `seed ${seed}`);
        const shown = prompt.messages.findLast(({ role }) => role === 'user')?.text ?? '';
        assert.ok(shown.endsWith(asked?.text ?? '?'), `seed ${seed}`);
        assert.notEqual(prompt.messages.at(-1)?.role, 'assistant', `seed ${seed}`);
      } catch (error) {
        if (!(error instanceof ChatRefusal)) throw error;
        refused++;
      }
    }
    assert.ok(refused < 30, `${refused} refused`);
  });
});
