import assert from 'node:assert/strict';
import path from 'node:path';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import { DidChangeSettings, StatusRequest } from '../../server/protocol';
import { LspClient } from '../support/lspClient';
import { root } from '../support/server';

const uri = 'file:///sample/a.ts';
const start = (...args: string[]): Promise<LspClient> =>
  LspClient.start({ module: path.join(root, 'dist/test/support/scriptedServer.cjs'), args });

describe('server process with a scripted model', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  it('tells loading, then ready, unasked and asked', async () => {
    client = await start();
    assert.equal((await client.connection.sendRequest(StatusRequest)).state, 'loading');
    const settled = await client.settled();
    assert.equal(settled.state, 'ready');
    assert.deepEqual(await client.connection.sendRequest(StatusRequest), settled);
  });

  it('answers a request that came while the model was loading', async () => {
    client = await start();
    await client.open(uri, 'typescript', 'one two');
    const item = await client.complete(uri, { line: 0, character: 7 });
    assert.equal(item?.insertText, 'TWO');
  });

  it('tells why the model could not be started, and answers nothing', async () => {
    client = await start('--fail');
    await client.open(uri, 'typescript', 'one two');
    assert.equal(await client.complete(uri, { line: 0, character: 7 }), undefined);
    assert.deepEqual(await client.settled(), {
      state: 'failed',
      model: 'Scripted',
      code: 'outOfMemory',
      detail: 'told to fail',
    });
  });

  it('answers a cancelled request with nothing and the next one at once', async () => {
    client = await start();
    await client.settled();
    await client.open(uri, 'typescript', 'averyveryverylongword');
    const cancel = new CancellationTokenSource();
    const first = client.complete(uri, { line: 0, character: 21 }, cancel);
    setTimeout(() => cancel.cancel(), 60);
    assert.equal(await first, undefined);
    await client.change(uri, { line: 0, character: 0 }, { line: 0, character: 21 }, 'short');
    assert.equal((await client.complete(uri, { line: 0, character: 5 }))?.insertText, 'SHORT');
  });

  it('follows edits, and forgets what a document said before', async () => {
    client = await start();
    await client.open(uri, 'typescript', 'first\nsecond');
    await client.change(uri, { line: 1, character: 0 }, { line: 1, character: 6 }, 'third');
    assert.equal((await client.complete(uri, { line: 1, character: 5 }))?.insertText, 'THIRD');
    await client.change(uri, { line: 0, character: 5 }, { line: 1, character: 5 }, '');
    assert.equal((await client.complete(uri, { line: 0, character: 5 }))?.insertText, 'FIRST');
  });

  it('answers in the line ends that the document has at the cursor', async () => {
    client = await start();
    const text = '// say "{\\n  a();\\n}\\n"\nif (b) ';
    await client.open(uri, 'javascript', text.replace('\n', '\r\n'));
    assert.equal((await client.complete(uri, { line: 1, character: 7 }))?.insertText, '{\r\n  a();\r\n}');
    const mixed = 'file:///sample/mixed.js';
    await client.open(mixed, 'javascript', `// first\r\n${text}\r\n`);
    assert.equal((await client.complete(mixed, { line: 2, character: 7 }))?.insertText, '{\n  a();\n}');
  });

  it('heeds settings that change', async () => {
    client = await start();
    await client.connection.sendNotification(DidChangeSettings, { completion: { multiline: false, comments: true } });
    await client.open(uri, 'javascript', '// say "(beta) {\\n  a();\\n}\\n"\nif ');
    assert.equal((await client.complete(uri, { line: 1, character: 3 }))?.insertText, '(beta) {');
  });

  it('answers nothing for a document that is not open', async () => {
    client = await start();
    assert.equal(await client.complete('file:///not/open.ts', { line: 0, character: 0 }), undefined);
  });
});

describe('server process that dies while it loads', () => {
  it('ends the requests that wait for it', async () => {
    const client = await start('--die');
    const exit = new Promise((resolve) => client.process.once('exit', resolve));
    await client.open(uri, 'typescript', 'one');
    await assert.rejects(client.complete(uri, { line: 0, character: 3 }));
    assert.equal(await exit, 7);
  });
});
