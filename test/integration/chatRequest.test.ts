import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { CancellationTokenSource, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver-protocol';
import { ChatErrors, CountTokensRequest, DidGiveWay, EmbedRequest, type Turn } from '../../server/chatProtocol';
import { ChatSession, type Told } from '../support/chatSession';

const say = (text: string): Turn => ({ role: 'user', text: `say ${JSON.stringify(text)}` });
const user = (text: string): Turn => ({ role: 'user', text });
const words = (count: number): string => Array.from({ length: count }, (_, n) => `word${n}`).join(' ');
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof ResponseError ? error.code : error),
  );

describe('chat with a scripted model', () => {
  let session: ChatSession;
  const start = async (...args: string[]): Promise<void> => {
    session = await ChatSession.start(...args);
  };
  afterEach(() => session.client.stop());

  it('streams the answer, and tells what was read before', async () => {
    await start();
    const { result, told } = session.ask({ turns: [say(words(30))], instructions: 'Be brief.' });
    const { end, tokensWritten, tokensPerSecond, prompt } = await result;
    assert.equal(told().text, words(30));
    assert.deepEqual([end, tokensWritten], ['complete', 30]);
    assert.ok(tokensPerSecond > 10 && tokensPerSecond < 60, `${tokensPerSecond}`);
    assert.deepEqual(told().progress[0], { kind: 'read', prompt });
    assert.deepEqual([prompt.contextSize, prompt.reused, prompt.turnsLeftOut], [2048, 0, 0]);
    assert.ok(told().progress.length > 10);
  });

  it('tells at most sixty times in a second, and all', async () => {
    await start('--msPerWord=1');
    const started = performance.now();
    const { result, told } = session.ask({ turns: [say(words(500))] });
    await result;
    const seconds = (performance.now() - started) / 1000;
    assert.equal(told().text, words(500));
    assert.ok(told().progress.length <= seconds * 60 + 2, `${told().progress.length} in ${seconds} s`);
  });

  it('reads only what is new of a follow-up', async () => {
    await start('--msPerWord=0', '--room=4096');
    const turns: Turn[] = [user(`${words(1500)} say "${words(20)}"`)];
    const first = session.ask({ turns });
    const { prompt } = await first.result;
    turns.push({ role: 'assistant', text: first.told().text }, user('And then?'));
    const next = await session.ask({ turns }).result;
    assert.equal(next.prompt.reused, prompt.tokens);
    assert.ok(next.prompt.tokens - next.prompt.reused < 40, JSON.stringify(next.prompt));
  });

  it('stops within a token, and keeps what was told', async () => {
    await start();
    const cancel = new CancellationTokenSource();
    let stoppedAt = 0;
    const onProgress = ({ text }: Told): void => {
      if (stoppedAt > 0 || text.split(' ').length < 5) return;
      stoppedAt = performance.now();
      cancel.cancel();
    };
    const { result, told } = session.ask({ turns: [say(words(500))] }, onProgress, cancel);
    assert.equal(await codeOf(result), LSPErrorCodes.RequestCancelled);
    assert.ok(performance.now() - stoppedAt < 500);
    const { text } = told();
    assert.ok(words(500).startsWith(text) && text.split(' ').length < 30, text);
  });

  it('answers ghost text meanwhile', async () => {
    await start();
    await session.client.open('file:///a.ts', 'typescript', 'one two');
    let hasEnded = false;
    const { result, told } = session.ask({ turns: [say(words(60))] });
    void result.then(() => {
      hasEnded = true;
    });
    await delay(100);
    assert.equal((await session.client.complete('file:///a.ts', { line: 0, character: 7 }))?.insertText, 'TWO');
    assert.equal(hasEnded, false);
    await result;
    assert.equal(told().text, words(60));
  });

  it('gives way while another process answers, a second at most', async () => {
    await start();
    const { result, told } = session.ask({ turns: [say(words(80))] });
    await delay(400);
    await session.client.connection.sendNotification(DidGiveWay, { busy: true });
    await delay(100);
    const before = told().text;
    await delay(400);
    assert.equal(told().text, before);
    await session.client.connection.sendNotification(DidGiveWay, { busy: false });
    await delay(200);
    assert.notEqual(told().text, before);
    await session.client.connection.sendNotification(DidGiveWay, { busy: true });
    const started = performance.now();
    const { tokensPerSecond } = await result;
    assert.ok(performance.now() - started > 900);
    assert.equal(told().text, words(80));
    assert.ok(tokensPerSecond > 10, `waiting does not count: ${tokensPerSecond}`);
  });

  it('goes on with an answer that broke off', async () => {
    await start();
    const begun: Turn = { role: 'assistant', text: 'One, two,' };
    const { result, told } = session.ask({ turns: [say('One, two,\n  three.'), begun] });
    assert.equal((await result).end, 'complete');
    assert.equal(told().text, '\n  three.');
  });

  it('ends at the length that was wished for, or where the context is full', async () => {
    await start('--msPerWord=0');
    assert.equal((await session.ask({ turns: [say(words(50))], maxTokens: 20 }).result).end, 'length');
    const { end, prompt, tokensWritten } = await session.ask({ turns: [say(words(1400))] }).result;
    assert.equal(end, 'full');
    assert.equal(prompt.tokens + tokensWritten, prompt.contextSize);
  });

  it('ends an answer that repeats itself', async () => {
    await start('--msPerWord=0', '--room=20000');
    const { result, told } = session.ask({ turns: [say('I do not know. '.repeat(200))] });
    assert.equal((await result).end, 'endless');
    assert.ok(told().text.length < 1700);
  });

  it('tells thoughts and calls of tools apart, and goes on with what a tool answered', async () => {
    await start();
    const tools = [{ name: 'read', description: 'Reads', parameters: { type: 'object', properties: {} } }];
    const call = '<think>Look first.</think><tool_call>{"name": "read", "arguments": {"path": "a"}}</tool_call>';
    const first = session.ask({ turns: [say(call)], tools });
    assert.equal((await first.result).end, 'tool');
    assert.deepEqual([first.told().thought, first.told().text], ['Look first.', '']);
    const [called] = first.told().progress.flatMap((each) => (each.kind === 'toolCall' ? [each.call] : []));
    assert.ok(called && /^[a-z0-9]{9}$/.test(called.id));
    assert.deepEqual([called.name, called.parameters], ['read', { path: 'a' }]);
    const turns: Turn[] = [
      say(call),
      { role: 'assistant', text: '', toolCalls: [called] },
      { role: 'tool', callId: called.id, name: 'read', text: 'It says fish' },
    ];
    const next = session.ask({ turns, tools });
    assert.equal((await next.result).end, 'complete');
    assert.equal(next.told().text, 'FISH');
  });

  it('counts tokens and makes points', async () => {
    await start();
    const { connection } = session.client;
    assert.deepEqual(await connection.sendRequest(CountTokensRequest, { texts: ['a b c', ''] }), [3, 0]);
    const [one, other] = await connection.sendRequest(EmbedRequest, { texts: ['a b', 'b a'] });
    assert.deepEqual(one, other);
    assert.ok(Math.abs(Math.hypot(...(one ?? [])) - 1) < 1e-9);
  });

  it('says why it cannot', async () => {
    await start('--room=500');
    assert.equal(await codeOf(session.ask({ turns: [user(words(600))] }).result), ChatErrors.tooLong);
    assert.equal(await codeOf(session.ask({ turns: [] }).result), ErrorCodes.InvalidParams);
    await session.client.stop();
    await start('--noChat');
    assert.equal(await codeOf(session.ask({ turns: [user('a')] }).result), ChatErrors.noChat);
    const counting = session.client.connection.sendRequest(CountTokensRequest, { texts: ['a'] });
    assert.equal(await codeOf(counting), ChatErrors.noChat);
    await session.client.stop();
    await start('--fail');
    assert.equal(await codeOf(session.ask({ turns: [user('a')] }).result), LSPErrorCodes.RequestFailed);
  });

  it('writes a mistake of its own to the log, and answers the next question', async () => {
    await start('--msPerWord=0');
    const { result, told } = session.ask({ turns: [say('One, two, STUMBLE and more')] });
    assert.equal(await codeOf(result), ErrorCodes.InternalError);
    assert.equal(told().text, 'One, two,');
    assert.equal((await session.ask({ turns: [say('Three.')] }).result).end, 'complete');
    const { logs } = session.client;
    assert.ok(
      logs.some((line) => /TypeError: told to stumble\n\s+at /.test(line)),
      logs.join('\n'),
    );
  });

  it('ends the request when it dies, and what was told holds', async () => {
    await start();
    const { result, told } = session.ask({ turns: [say('One, two, three, DIE and more')] });
    await assert.rejects(result);
    assert.equal(told().text, 'One, two, three,');
  });
});
