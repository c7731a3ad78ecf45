/** Ten thousand random edits: after each the server has the text that the editor has, and afterwards ghost text comes as ever. */
import assert from 'node:assert/strict';
import { InlineCompletionTriggerKind } from 'vscode-languageserver-protocol';
import { seeded } from '../../server/measure/random';
import { fuzzDocuments } from '../support/faults/documentFuzz';
import type { LspClient } from '../support/lspClient';
import { startServer, uriOf } from '../support/server';

const EDITS = 10_000;
const SEED = 7_311;

describe('documents that are edited at random', () => {
  let client: LspClient;
  before(async () => {
    client = await startServer();
    await client.settled();
  });
  after(() => client.stop());

  it(`are the same in the server after each of ${EDITS} edits (seed ${SEED})`, async function () {
    this.timeout(180_000);
    const { compared, asked } = await fuzzDocuments(client, seeded(SEED), EDITS);
    assert.equal(compared, EDITS);
    assert.ok(asked > EDITS / 20);
    const text = 'class P:\n    def get_x(self):\n        return self.x\n\n    def get_y(self):\n        return ';
    await client.open(uriOf('after.py'), 'python', text);
    // Asked for: while so much is edited, nothing comes by typing.
    const context = { triggerKind: InlineCompletionTriggerKind.Invoked };
    const [first] = await client.ask(uriOf('after.py'), { line: 5, character: 15 }, context);
    assert.equal(first?.insertText, 'self.y');
  });
});
