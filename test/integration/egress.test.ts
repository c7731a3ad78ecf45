/** The server has no way out: a session of completion, chat and edit is watched, and is the same where there is no network at all. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { InlineCompletionTriggerKind } from 'vscode-languageserver-protocol';
import { embeddedModel } from '../../models/catalog';
import { Confine } from '../../src/client/confine';
import type { ModelFile } from '../../src/client/modelFile';
import { chatModelFor } from '../support/chatModel';
import { ChatSession } from '../support/chatSession';
import { askEdit } from '../support/editSession';
import { defaultLaunch, embedded, root, startServer, uriOf } from '../support/server';
import { asked, type How, seen, type Watch, watch, works } from '../support/watched';

const run = promisify(execFile);
const leak = path.join(root, 'dist/test/support/leakServer.cjs');
const NO_NETWORK = ['--user', '--map-root-user', '--net'];
const CODE = 'function add(a, b) {\n  return \n}\n';
/** A traced process takes several times as long. */
const SESSION_MS = 240_000;

async function completes(how: How): Promise<void> {
  const client = await startServer(startedAs(how));
  try {
    await client.open(uriOf('out.js'), 'javascript', CODE);
    const context = { triggerKind: InlineCompletionTriggerKind.Invoked };
    const [item] = await client.ask(uriOf('out.js'), { line: 1, character: 9 }, context);
    assert.match(String(item?.insertText), /a \+ b/);
  } finally {
    await client.stop();
  }
}

async function chatsAndEdits(how: How, modelFile: ModelFile): Promise<void> {
  const client = await startServer({ modelFile, launch: { job: 'chat' }, ...startedAs(how) });
  try {
    assert.equal((await client.settled()).state, 'ready');
    const question = [{ role: 'user' as const, text: 'What is the capital of France?' }];
    const { result, told } = new ChatSession(client).ask({ turns: question });
    await result;
    assert.match(told().text, /Paris/);
    const edited = askEdit(client, { text: CODE, range: { first: 0, count: 3 }, instruction: 'Subtract instead.' });
    assert.ok((await edited.result).tokensWritten > 0);
  } finally {
    await client.stop();
  }
}

const startedAs = ({ env, ...how }: How) => ({ ...how, env: { UV_THREADPOOL_SIZE: '1', ...env } });

/** As the client starts servers: confined, where this Node can. */
async function flagsFor(modelFile: ModelFile): Promise<readonly string[]> {
  const memory = { get: () => undefined, update: async () => undefined };
  const confine = new Confine({ serverModule: path.join(root, 'dist/server.js'), memory, log: () => undefined });
  return (await confine.around(async () => defaultLaunch)(modelFile)).execArgv ?? [];
}

describe('the server', () => {
  let folder: string;
  let watching: Watch;
  let chatting: ModelFile;
  before(async function () {
    this.timeout(SESSION_MS);
    folder = await mkdtemp(path.join(tmpdir(), 'minnow-egress-'));
    watching = await watch();
    if (watching.name === 'guard') console.warn('System calls cannot be watched here: only JavaScript is.');
    const file = await chatModelFor(this);
    chatting = { model: { ...embeddedModel, name: 'SmolLM2', isRounded: true, sha256: null, fim: null }, file };
  });
  after(() => rm(folder, { recursive: true }));

  it('is watched so that a connection would be seen', async () => {
    const file = path.join(folder, 'control');
    const { execPath, execArgv, env } = watching.how(file, []);
    await run(execPath, [...execArgv, leak], { env: { ...process.env, ...env } });
    const calls = (await asked(file)).join('\n');
    assert.match(calls, watching.name === 'strace' ? /connect\(.*AF_INET/ : /connect/);
    assert.match(calls, watching.name === 'strace' ? /SOCK_DGRAM/ : /createSocket/);
  });

  it('opens no socket while it completes, chats and edits', async () => {
    for (const [name, modelFile] of [
      ['completion', embedded],
      ['chat', chatting],
    ] as const) {
      const file = path.join(folder, name);
      const how = watching.how(file, await flagsFor(modelFile));
      await (name === 'chat' ? chatsAndEdits(how, modelFile) : completes(how));
      assert.deepEqual(await asked(file), []);
      if (watching.name === 'strace') assert.ok((await seen(file)) > 0);
    }
  }).timeout(SESSION_MS);

  it('does the same where there is no network', async function () {
    if (!(await works('unshare', [...NO_NETWORK, 'true']))) {
      console.warn(
        'No network namespace can be made here: that the server does without a network is told by its calls only.',
      );
      this.skip();
    }
    const without = (execArgv: readonly string[]): How => ({
      execPath: 'unshare',
      execArgv: [...NO_NETWORK, process.execPath, ...execArgv],
      env: {},
    });
    const { stdout } = await run('unshare', [...NO_NETWORK, process.execPath, leak]);
    assert.equal(stdout, 'failed');
    await completes(without(await flagsFor(embedded)));
    await chatsAndEdits(without(await flagsFor(chatting)), chatting);
  }).timeout(SESSION_MS);
});
