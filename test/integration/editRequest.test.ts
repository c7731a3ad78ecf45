import assert from 'node:assert/strict';
import path from 'node:path';
import { CancellationTokenSource, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver-protocol';
import { ChatErrors } from '../../server/chatProtocol';
import { DidHaveEnough, OutlineRequest, WarmEditRequest } from '../../server/editProtocol';
import { ChatSession } from '../support/chatSession';
import { askEdit, type Edited } from '../support/editSession';
import type { LspClient } from '../support/lspClient';
import { root } from '../support/server';

const say = (text: string): string => `say ${JSON.stringify(text)}`;
const words = (count: number): string => Array.from({ length: count }, (_, n) => `word${n}`).join(' ');
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof ResponseError ? error.code : error),
  );
const TEXT = 'const a = 1;\nconst b = 2;\nconst c = 3;\n';
const RANGE = { first: 1, count: 1 };
/** Functions of five words a line. */
const LONG = Array.from(
  { length: 60 },
  (_, n) => `function f${n}() {\n  const a${n} = 1 ;\n\n  return a${n} + 2 ;\n}\n`,
).join('\n');

describe('edits with a scripted model', () => {
  let client: LspClient;
  const start = async (...args: string[]): Promise<void> => {
    ({ client } = await ChatSession.start(`--grammars=${path.join(root, 'dist/grammars')}`, ...args));
  };
  afterEach(() => client.stop());

  it('streams the answer, and stops when its block is closed', async () => {
    await start('--msPerWord=5');
    const answer = '```typescript\nconst b = 4;\n```\nThis changes b. And more. And more.';
    const edited = askEdit(client, { text: TEXT, range: RANGE, instruction: say(answer) });
    const { tokensWritten, tokensPerSecond, leftOut } = await edited.result;
    const [piece] = edited.pieces();
    assert.deepEqual(piece, { range: RANGE, fence: 3, text: piece?.text ?? '', end: 'complete' });
    assert.match(piece?.text ?? '', /^const b = 4;\n```\n/);
    assert.doesNotMatch(piece?.text ?? '', /changes/);
    assert.ok(tokensWritten < 8 && tokensPerSecond > 10, `${tokensWritten} ${tokensPerSecond}`);
    assert.deepEqual(leftOut, []);
  });

  it('shows the lines once, what is around them, and the instruction last', async () => {
    await start('--msPerWord=0');
    const context = [{ id: 'x', title: 'other.ts', text: 'let other;', priority: 1 }];
    const edited = askEdit(client, { text: TEXT, range: RANGE, context, instruction: 'SHOW' });
    await edited.result;
    const prompt = JSON.parse(edited.pieces()[0]?.text ?? '') as { messages: { text: string }[]; begun: string };
    const question = prompt.messages.at(-1)?.text ?? '';
    for (const line of ['const a = 1;', 'const b = 2;', 'const c = 3;', 'let other;', 'src/a.ts'])
      assert.equal(question.split(line).length, 2, line);
    assert.match(question, /Instruction: SHOW$/);
    assert.equal(prompt.begun, '```typescript\n');
  });

  it('works a long range through in whole functions, which together are the range', async () => {
    await start('--msPerWord=0');
    const range = { first: 0, count: LONG.split('\n').length };
    const edited = askEdit(client, { text: LONG, range, instruction: say('```typescript\nfunction g() {}\n```') });
    await edited.result;
    const pieces = edited.pieces();
    assert.ok(pieces.length > 1 && pieces.length < 10, `${pieces.length}`);
    let next = 0;
    for (const piece of pieces) {
      assert.equal(piece.range.first, next);
      assert.match(LONG.split('\n')[next] ?? '', /^(function|$)/);
      assert.equal(piece.end, 'complete');
      next += piece.range.count;
    }
    assert.equal(next, range.count);
  });

  it('goes on with the next piece as soon as the client has enough of one', async () => {
    await start('--msPerWord=20');
    const range = { first: 0, count: LONG.split('\n').length };
    const onProgress = ({ token, pieces }: Edited): void => {
      const told = pieces();
      if (told.at(-1)?.text.includes('word3'))
        void client.connection.sendNotification(DidHaveEnough, { token, piece: told.length - 1 });
    };
    const instruction = say(`\`\`\`typescript\n${words(300)}`);
    const edited = askEdit(client, { text: LONG, range, instruction }, onProgress);
    await edited.result;
    assert.ok(edited.pieces().length > 1);
    for (const { end, text } of edited.pieces()) {
      assert.equal(end, 'skipped');
      assert.ok(text.split(' ').length < 40, text);
    }
  });

  it('stops within a token, and keeps what was told', async () => {
    await start();
    const cancel = new CancellationTokenSource();
    const onProgress = ({ pieces }: Edited): void => {
      if (pieces()[0]?.text.includes('word3')) cancel.cancel();
    };
    const instruction = say(`\`\`\`typescript\n${words(300)}`);
    const edited = askEdit(client, { text: TEXT, range: RANGE, instruction }, onProgress, cancel);
    assert.equal(await codeOf(edited.result), LSPErrorCodes.RequestCancelled);
    const { text } = edited.pieces()[0] ?? assert.fail();
    assert.ok(words(300).startsWith(text) && text.split(' ').length < 40, text);
  });

  it('finds in the cache what was read while the instruction was typed', async () => {
    await start('--msPerWord=0');
    const target = { path: 'src/a.ts', languageId: 'typescript', text: TEXT, range: RANGE, context: [] };
    assert.equal(await client.connection.sendRequest(WarmEditRequest, target), null);
    const { tokensRead, tokensReused } = await askEdit(client, { ...target, instruction: 'Do it' }).result;
    assert.ok(tokensReused > tokensRead - 12, `${tokensReused} of ${tokensRead}`);
  });

  it('answers a warm-up that the next one supersedes', async () => {
    await start('--msPerWord=20');
    const target = { path: 'src/a.ts', languageId: 'typescript', text: TEXT, range: RANGE, context: [] };
    const running = askEdit(client, { ...target, instruction: say(words(30)) });
    const first = client.connection.sendRequest(WarmEditRequest, target);
    const second = client.connection.sendRequest(WarmEditRequest, { ...target, range: { first: 0, count: 1 } });
    assert.deepEqual(await Promise.all([first, second]), [null, null]);
    await running.result;
    assert.equal(running.pieces()[0]?.text, words(30));
  });

  it('tells the outline of a text', async () => {
    await start();
    const text = 'class A {\n  b() {}\n}\n';
    assert.deepEqual(await client.connection.sendRequest(OutlineRequest, { languageId: 'typescript', text }), {
      names: [
        { name: 'A', first: 0, count: 3 },
        { name: 'b', first: 1, count: 1 },
      ],
      parses: true,
    });
    assert.deepEqual(await client.connection.sendRequest(OutlineRequest, { languageId: 'plaintext', text }), {
      names: [],
    });
  });

  it('says why it cannot', async () => {
    await start('--room=500');
    const ask = (text: string, first = 0) =>
      codeOf(askEdit(client, { text, range: { first, count: 1 }, instruction: 'a' }).result);
    assert.equal(await ask(words(600)), ChatErrors.tooLong);
    assert.equal(await ask('a', 1), ErrorCodes.InvalidParams);
    await client.stop();
    await start('--noChat');
    assert.equal(await ask('a'), ChatErrors.noChat);
    await client.stop();
    await start('--fail');
    assert.equal(await ask('a'), LSPErrorCodes.RequestFailed);
  });
});
