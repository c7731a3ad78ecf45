import assert from 'node:assert/strict';
import path from 'node:path';
import { InlineCompletionTriggerKind } from 'vscode-languageserver-protocol';
import {
  DidAnswer,
  DidChangeNeighbours,
  DidExtend,
  DidSettle,
  MemoryRequest,
  type Outcome,
  OutcomeRequest,
  type Settled,
} from '../../server/protocol';
import { LspClient } from '../support/lspClient';
import { root } from '../support/server';

const uri = 'file:///sample/a.ts';
const automatic = { triggerKind: InlineCompletionTriggerKind.Automatic };
const invoked = { triggerKind: InlineCompletionTriggerKind.Invoked };

describe('ghost text by a scripted model', () => {
  let client: LspClient;
  beforeEach(async () => {
    client = await LspClient.start({ module: path.join(root, 'dist/test/support/scriptedServer.cjs'), args: [] });
    await client.settled();
  });
  afterEach(() => client.stop());

  it('tells how the last request ended', async () => {
    assert.equal(await client.connection.sendRequest(OutcomeRequest), null);
    const told: Outcome[] = [];
    client.connection.onNotification(DidAnswer, (each) => void told.push(each));
    await client.open(uri, 'typescript', 'word');
    await client.complete(uri, { line: 0, character: 4 });
    const outcome = await client.connection.sendRequest(OutcomeRequest);
    assert.ok(outcome?.origin === 'model' && outcome.uri === uri && outcome.tokensWritten === 4);
    await client.complete(uri, { line: 0, character: 4 });
    assert.equal((await client.connection.sendRequest(OutcomeRequest))?.origin, 'memory');
    assert.deepEqual(told[0], outcome);
    assert.deepEqual(
      told.map(({ origin }) => origin),
      ['model', 'memory'],
    );
  });

  it('tells how much memory its process has', async () => {
    const bytes = await client.connection.sendRequest(MemoryRequest);
    assert.ok(bytes > 1e7 && bytes < 1e10, String(bytes));
  });

  it('names the gate that kept it silent', async () => {
    await client.open(uri, 'typescript', '// say ""\nword');
    await client.change(uri, { line: 1, character: 0 }, { line: 1, character: 4 }, 'pasted\n'.repeat(40));
    assert.equal(await client.complete(uri, { line: 41, character: 0 }), undefined);
    assert.equal((await client.connection.sendRequest(OutcomeRequest))?.silence, 'bulkEdit');
  });

  it('tells what became of a suggestion', async () => {
    const settled: Settled[] = [];
    client.connection.onNotification(DidSettle, (each) => void settled.push(each));
    await client.open(uri, 'typescript', 'word');
    await client.complete(uri, { line: 0, character: 4 });
    await client.change(uri, { line: 0, character: 4 }, { line: 0, character: 4 }, 'WORD');
    await client.complete(uri, { line: 0, character: 8 });
    assert.deepEqual(settled, [{ languageId: 'typescript', outcome: 'accepted', characters: 4 }]);
  });

  it('goes on from what is selected in the list of suggestions', async () => {
    await client.open(uri, 'typescript', 'value.fo;');
    const range = { start: { line: 0, character: 6 }, end: { line: 0, character: 8 } };
    const [item] = await client.ask(uri, range.end, {
      ...automatic,
      selectedCompletionInfo: { range, text: 'forEach' },
    });
    assert.equal(item?.insertText, 'forEachFOREACH');
    assert.deepEqual(item?.range, range);
  });

  it('shows the first line at once and says when there is more', async () => {
    const more = new Promise<{ uri: string; version: number }>((resolve) =>
      client.connection.onNotification(DidExtend, resolve),
    );
    await client.open(uri, 'javascript', '// say "(alpha) {\\n  beta(gamma, delta);\\n}\\n"\nif ');
    assert.equal((await client.complete(uri, { line: 1, character: 3 }))?.insertText, '(alpha) {');
    assert.equal((await more).uri, uri);
    assert.equal(
      (await client.complete(uri, { line: 1, character: 3 }))?.insertText,
      '(alpha) {\n  beta(gamma, delta);\n}',
    );
  });

  it('gives each alternative once when asked', async () => {
    await client.open(uri, 'javascript', 'word');
    assert.deepEqual(
      (await client.ask(uri, { line: 0, character: 4 }, invoked)).map(({ insertText }) => insertText),
      ['WORD'],
    );
  });

  it('shows the model other documents only when they are named', async () => {
    const other = 'file:///sample/shape.ts';
    await client.open(
      other,
      'typescript',
      'export class Shape { area(): number { return this.width * this.height; } }\n',
    );
    await client.open(uri, 'typescript', 'const shape = new Shape(width, height); // CONTEXT');
    const at = { line: 0, character: 50 };
    assert.equal((await client.complete(uri, at))?.insertText, '0 FILES');
    await client.connection.sendNotification(DidChangeNeighbours, { uris: [other, uri], definitions: [] });
    await client.change(uri, { line: 0, character: 0 }, { line: 0, character: 0 }, ' ');
    assert.equal((await client.complete(uri, { line: 0, character: 51 }))?.insertText, '1 FILES shape.ts');
    const definitions = [{ path: 'lib/width.ts', text: 'export const width = 3;\n' }];
    await client.connection.sendNotification(DidChangeNeighbours, { uris: [other, uri], definitions });
    await client.change(uri, { line: 0, character: 0 }, { line: 0, character: 0 }, ' ');
    const last = await client.complete(uri, { line: 0, character: 52 });
    assert.equal(last?.insertText, '2 FILES shape.ts,lib/width.ts', 'definitions stand nearest');
  });
});
