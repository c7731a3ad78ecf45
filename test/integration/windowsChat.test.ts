import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { LlamaLlm } from '../../server/llm/llama';
import type { ChatOptions, Llm, WindowLlm } from '../../server/llm/llm';
import { loadChatLlm, patient, promptOf, say } from '../support/chatLlm';
import { chatModelFor } from '../support/chatModel';

/** Some 300 tokens of a window's own. */
const fileOf = (n: number): string =>
  Array.from({ length: 18 }, (_, line) => `export const w${n}v${line} = compute(${line * n});`).join('\n');
const questionOf = (n: number): string => `${fileOf(n)}\n\nWhat does this file export?`;

for (const job of ['chat', 'completion'] as const)
  describe(`windows that chat with one ${job} process`, function () {
    this.timeout(180_000);
    let llm: Llm;
    before(async function () {
      llm = await loadChatLlm(await chatModelFor(this), job, 1024);
    });
    after(() => llm?.dispose());

    const joined = (count: number): readonly WindowLlm[] =>
      Array.from({ length: count }, () => {
        const window = llm.forWindow?.();
        assert.ok(window);
        return window;
      });

    it('keep their conversations while they take turns', async () => {
      const windows = joined(3);
      const first: string[] = [];
      for (const [n, { chat }] of windows.entries())
        first.push((await say(chat, promptOf(questionOf(n)), { maxTokens: 8 })).text);
      const shares: number[] = [];
      for (const [n, { chat }] of windows.entries()) {
        const { usage } = await say(chat, promptOf(questionOf(n), first[n] ?? '', 'And why?'), { maxTokens: 4 });
        shares.push(usage.reused / (usage.reused + usage.evaluated));
      }
      console.log(`      reuse ${shares.map((share) => `${(share * 100).toFixed(1)}%`).join(' ')}`);
      assert.ok(Math.min(...shares) > 0.9, shares.join());
      for (const window of windows) await window.leave();
      await llm.idle();
    });

    it('are answered side by side, a token each, while another one floods', async () => {
      const [flood, other] = joined(2);
      assert.ok(flood && other);
      const order: string[] = [];
      const controller = new AbortController();
      setMaxListeners(0, controller.signal);
      const ask = async (name: string, window: WindowLlm, options: ChatOptions, signal = patient): Promise<void> => {
        if (window.chat === undefined) throw new Error('this model does not chat');
        for await (const _ of window.chat.answer(promptOf(`Tell me a story about ${name}.`), options, signal))
          order.push(name);
      };
      const options = { maxTokens: 24, temperature: 0 };
      const many = Array.from({ length: 40 }, () =>
        ask('flood', flood, options, controller.signal).catch(() => undefined),
      );
      while (order.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      await ask('other', other, { ...options, maxTokens: 10 });
      controller.abort();
      await Promise.all(many);
      const at = order.flatMap((name, place) => (name === 'other' ? [place] : []));
      const gaps = at.slice(1).map((place, n) => place - (at[n] ?? 0));
      assert.equal(at.length, 10);
      assert.ok(Math.max(...gaps) <= 3, order.join());
      await flood.leave();
      await other.leave();
      if (job === 'chat') assert.equal(llm instanceof LlamaLlm && llm.places.count, 1);
    });
  });
