import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import type { ChatParams, ChatResult, ContextItem, Turn } from '../../server/chatProtocol';
import { loadChatLlm, say } from '../support/chatLlm';
import { CHAT_MODEL_CONTEXT, chatModelFor } from '../support/chatModel';
import { ChatSession, type Told } from '../support/chatSession';
import { inFolder, withChatTemplate } from '../support/modelFiles';
import { embedded, startServer } from '../support/server';

const user = (text: string, context?: readonly ContextItem[]): Turn => ({
  role: 'user',
  text,
  ...(context === undefined ? {} : { context }),
});
const assistant = (text: string): Turn => ({ role: 'assistant', text });
/** More than there is room for. */
const LONG = Array.from({ length: 300 }, (_, n) => `export const value${n} = compute(${n}, 'name ${n}');`).join('\n');
const CONTEXT: readonly ContextItem[] = [
  { id: 'long', title: 'values.ts', text: LONG, languageId: 'typescript', priority: 1 },
  { id: 'short', title: 'compute.ts:1-1', text: 'export const compute = Math.max;', priority: 2 },
];
/** What a question of a few words takes, with the template's words around it. */
const NEW_TURN = 24;
const read = ({ prompt }: ChatResult): number => prompt.tokens - prompt.reused;

/** One conversation; each step stands on those before it. */
describe('a conversation with SmolLM2 over the real transport', () => {
  let session: ChatSession;
  let history: readonly Turn[] = [];
  const ask = async (
    turns: readonly Turn[],
    rest: Partial<ChatParams> = {},
    onProgress?: (told: Told) => void,
    cancel?: CancellationTokenSource,
  ) => {
    const { result, told } = session.ask({ turns, instructions: 'Be brief.', ...rest }, onProgress, cancel);
    return { result: await result, text: told().text, progress: told().progress };
  };
  before(async function () {
    const file = await chatModelFor(this);
    const args = [`--model=${file}`, '--job=chat', '--backend=cpu', `--trainedOn=${CHAT_MODEL_CONTEXT}`];
    session = new ChatSession(await startServer({ args: [...args, '--contextSize=3072'] }));
  });
  after(() => session?.client.stop());

  it('reads all of the first question, with what has room of its context', async () => {
    const { result, text } = await ask([user('What does this file export?', CONTEXT)], { maxTokens: 24 });
    assert.deepEqual([result.prompt.cut, result.prompt.leftOut, result.prompt.reused], [['long'], [], 0]);
    assert.ok(result.prompt.tokens > 2000, JSON.stringify(result));
    history = [user('What does this file export?', result.prompt.context), assistant(text)];
  });

  it('has the first token of a follow-up with 2,000 tokens before it after reading the new turn alone', async () => {
    const turns = [...history, user('And why is that so?')];
    const { result, text, progress } = await ask(turns, { maxTokens: 24 });
    assert.ok(result.prompt.reused > 2000 && read(result) <= NEW_TURN, JSON.stringify(result.prompt));
    const kinds = progress.map(({ kind }) => kind).filter((kind) => kind !== 'reading');
    assert.deepEqual([kinds.slice(0, 2), result.prompt.turnsLeftOut], [['read', 'text'], 0]);
    history = [...turns, assistant(text)];
  });

  it('reads one token of a question that is asked again, and only the end of one that is edited', async () => {
    const again = history.slice(0, -1);
    assert.equal(read((await ask(again, { maxTokens: 8 })).result), 1);
    const { result } = await ask([...history.slice(0, -2), user('And why is it?')], { maxTokens: 8 });
    assert.ok(read(result) <= NEW_TURN, JSON.stringify(result.prompt));
    const back = await ask([...history, user('Go on.')], { maxTokens: 8 });
    assert.ok(read(back.result) <= 2 * NEW_TURN + 24, JSON.stringify(back.result.prompt));
  });

  it('stops in the middle, goes on there, and answers what follows on it', async () => {
    const turns = [...history, user('Count from one to fifty in words.')];
    const cancel = new CancellationTokenSource();
    let stopped = '';
    const onProgress = ({ text }: Told): void => {
      stopped = text;
      if (text.length > 40) cancel.cancel();
    };
    await assert.rejects(ask(turns, { maxTokens: 200 }, onProgress, cancel));
    assert.ok(stopped.length > 40);
    const rest = await ask([...turns, assistant(stopped)], { maxTokens: 16 });
    assert.ok(read(rest.result) <= 2, JSON.stringify(rest.result.prompt));
    const next = await ask([...turns, assistant(stopped + rest.text), user('Thank you.')], { maxTokens: 8 });
    assert.ok(read(next.result) <= NEW_TURN, JSON.stringify(next.result.prompt));
    const stale = await ask([...turns, assistant(stopped), user('Enough?')], { maxTokens: 8 });
    assert.ok(read(stale.result) <= NEW_TURN, `the part that was stopped: ${JSON.stringify(stale.result.prompt)}`);
  });
});

describe('an answer that began with blanks', () => {
  /** The answer is how the file goes on. The blanks that fill the template up are left out of it. */
  const TEMPLATE = '{% for m in messages %}{{ m.content }}{% endfor -%}';

  it('is not read again', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'model.gguf');
      await writeFile(file, withChatTemplate(await readFile(embedded.file), TEMPLATE));
      const llm = await loadChatLlm(file, 'chat', 2048);
      const question = { messages: [{ role: 'user' as const, text: 'import os' }], thinks: false };
      const raw = await say(llm.chat, question, { maxTokens: 12 });
      await llm.dispose();
      assert.match(raw.text, /^\s/);
      const client = await startServer({
        args: [`--model=${file}`, '--job=chat', '--backend=cpu', '--trainedOn=2048'],
      });
      try {
        const session = new ChatSession(client);
        const first = session.ask({ turns: [user('import os')], maxTokens: 12 });
        const { prompt, tokensWritten } = await first.result;
        const { text } = first.told();
        assert.deepEqual([text, raw.tokens], [raw.text.trimStart(), tokensWritten]);
        const turns = [user('import os'), assistant(text), user('import json')];
        const { prompt: next } = await session.ask({ turns, maxTokens: 1 }).result;
        assert.ok(next.reused >= prompt.tokens + tokensWritten - 1, JSON.stringify(next));
      } finally {
        await client.stop();
      }
    }));
});
