/** A text that is no document is completed, and the typing of the person knows nothing of it. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import { CompleteTextRequest, DidAnswer, DidSettle, OutcomeRequest } from '../../server/protocol';
import { LspClient } from '../support/lspClient';
import { root } from '../support/server';

const uri = 'file:///sample/a.ts';
const given = { languageId: 'typescript', path: 'a.ts', before: 'let a;\r\nword', after: '\r\n' };

describe('a text that is no document', () => {
  let client: LspClient;
  beforeEach(async () => {
    client = await LspClient.start({ module: path.join(root, 'dist/test/support/scriptedServer.cjs'), args: [] });
    await client.settled();
  });
  afterEach(() => client.stop());

  it('is completed, and nothing is counted', async () => {
    const told: unknown[] = [];
    client.connection.onNotification(DidAnswer, (each) => void told.push(each));
    client.connection.onNotification(DidSettle, (each) => void told.push(each));
    await client.open(uri, 'typescript', 'word');
    const shown = await client.complete(uri, { line: 0, character: 4 });
    const outcome = await client.connection.sendRequest(OutcomeRequest);
    const completed = await client.connection.sendRequest(CompleteTextRequest, given);
    assert.deepEqual(completed, { text: 'WORD', replaces: 0 });
    assert.deepEqual(await client.connection.sendRequest(OutcomeRequest), outcome);
    assert.equal(told.length, 1);
    // What is shown to the person can still be taken.
    await client.change(uri, { line: 0, character: 4 }, { line: 0, character: 4 }, String(shown?.insertText));
    await client.complete(uri, { line: 0, character: 8 });
    assert.ok(told.some((each) => JSON.stringify(each).includes('accepted')));
  });

  it('has the line ends of the text', async () => {
    const before = '// say "{\\n  one();\\n}"\r\nfunction f() ';
    const completed = await client.connection.sendRequest(CompleteTextRequest, { ...given, before });
    assert.match(completed?.text ?? '', /^\{\r\n {2}one\(\);\r\n\}$/);
  });

  it('is not completed where there is nothing to say, or it is no text', async () => {
    for (const before of ['a\0b', '// say ""\n'])
      assert.equal(await client.connection.sendRequest(CompleteTextRequest, { ...given, before }), null);
  });

  it('ends when it is cancelled, and the next one is answered', async () => {
    const source = new CancellationTokenSource();
    const before = `// say "${'word '.repeat(60)}"\nx`;
    const asked = client.connection.sendRequest(CompleteTextRequest, { ...given, before }, source.token);
    setTimeout(() => source.cancel(), 50);
    await assert.rejects(asked, (error: unknown) => error instanceof Error && 'code' in error && error.code === -32800);
    assert.equal((await client.connection.sendRequest(CompleteTextRequest, given))?.text, 'WORD');
  });
});
