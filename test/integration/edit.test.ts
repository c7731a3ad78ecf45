import assert from 'node:assert/strict';
import { edit, warm } from '../../server/edit/edit';
import { Enough } from '../../server/edit/enough';
import type { EditProgress, EditTarget } from '../../server/editProtocol';
import { CancelledError } from '../../server/errors';
import type { ChatLlm, Llm } from '../../server/llm/llm';
import { seamsByIndentation } from '../../server/syntax/seams';
import { loadChatLlm, patient, promptOf, say } from '../support/chatLlm';
import { chatModelFor } from '../support/chatModel';
import { editTasks } from '../support/editTasks';

const TASK = editTasks.find(({ name }) => name === 'copy, TypeScript') ?? assert.fail();
const TARGET: EditTarget = {
  path: TASK.path,
  languageId: TASK.languageId,
  text: TASK.text,
  range: { first: 0, count: TASK.text.split('\n').length },
  context: [],
};

describe('SmolLM2 that edits', () => {
  let llm: Llm;
  const chat = (): ChatLlm => llm.chat ?? assert.fail();
  before(async function () {
    llm = await loadChatLlm(await chatModelFor(this), 'chat');
  });
  after(() => llm?.dispose());

  async function edited(instruction: string, signal = patient) {
    const progress: EditProgress[] = [];
    const editing = {
      chat: chat(),
      seams: seamsByIndentation,
      tell: (each: EditProgress) => void progress.push(each),
      mayGoOn: () => Promise.resolve(),
      enough: new Enough(),
    };
    const params = { ...TARGET, instruction, earlier: [], temperature: 0, thinks: false };
    const result = await edit(editing, params, signal);
    const text = progress.map((each) => (each.kind === 'text' ? each.text : '')).join('');
    return { result, text, progress };
  }

  it('predicts what it keeps, and stops when the block is closed', async () => {
    const { result, text, progress } = await edited(TASK.instruction);
    assert.match(text, /items\.splice\(index, 1\)[\s\S]*\n```\n$/);
    assert.ok(result.tokensPredicted > result.tokensWritten / 5, JSON.stringify(result));
    assert.deepEqual(progress.at(-1), { kind: 'pieceEnd', end: 'complete' });
  });

  it('reads beforehand all but the instruction', async () => {
    await say(llm.chat, promptOf('Something else.'), { maxTokens: 1 });
    await warm({ chat: chat(), seams: seamsByIndentation, mayGoOn: () => Promise.resolve() }, TARGET, patient);
    const { result } = await edited('Repeat it.');
    assert.ok(result.tokensRead - result.tokensReused < 32, JSON.stringify(result));
  });

  it('gives way with a warm-up to an answer', async () => {
    await say(llm.chat, promptOf('Something else.'), { maxTokens: 1 });
    const started: string[] = [];
    const prompt = { ...promptOf(TASK.text.repeat(4)), begun: 'a' };
    const onReading = (): void => void started.push('warm');
    const warming = chat().answer(prompt, { maxTokens: 0, temperature: 0, onReading }, patient).next();
    const { usage } = await say(llm.chat, promptOf('Who are you?'), { maxTokens: 1 });
    assert.equal((await warming).done, true);
    assert.ok(started.length <= 2, `${started.length} batches`);
    assert.ok(usage.evaluated > 0);
  });

  it('writes with predictions what it would write without', async () => {
    const prompt = promptOf(`Repeat this code:\n\`\`\`ts\n${TASK.text}\n\`\`\``);
    const begun = `\`\`\`ts\n${TASK.text.slice(0, 400)}`;
    for (const options of [{ temperature: 0 }, { temperature: 0.7, seed: 4 }]) {
      const plain = await say(chat(), { ...prompt, begun }, { maxTokens: 120, ...options });
      let right = 0;
      const onPredicted = (predicted: number): void => {
        right = predicted;
      };
      const likely = TASK.text;
      const same = await say(chat(), { ...prompt, begun }, { maxTokens: 120, ...options, likely, onPredicted });
      assert.equal(same.text, plain.text);
      assert.equal(same.tokens, plain.tokens);
      // How many depends on what batches take on this machine at this time.
      if (options.temperature === 0) assert.ok(right > 0, same.text);
    }
  });

  it('keeps a cache that goes on after predictions were wrong', async () => {
    const likely = 'One, two, seven, four, nine, six, one, eight.';
    const prompt = promptOf('Count from one to twenty in words.');
    const plain = await say(chat(), prompt, { maxTokens: 40 });
    const half = await say(chat(), prompt, { maxTokens: 20, likely });
    const rest = await say(chat(), { ...prompt, begun: half.text }, { maxTokens: 20 });
    assert.equal(half.text + rest.text, plain.text);
    assert.ok(rest.usage.evaluated <= 2, JSON.stringify(rest.usage));
  });

  it('is cancelled between two batches', async () => {
    const controller = new AbortController();
    const options = { maxTokens: 100, temperature: 0, likely: TASK.text };
    const prompt = { ...promptOf(`Repeat:\n${TASK.text}`), begun: '```ts\n' };
    const answer = chat().answer(prompt, options, controller.signal);
    for (let token = 0; token < 5; token++) await answer.next();
    controller.abort();
    await assert.rejects(answer.next(), CancelledError);
  });
});
