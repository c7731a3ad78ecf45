/** The local model as other extensions see it, through `vscode.lm`. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { until } from '../../lib/until';

const ours = (): Thenable<vscode.LanguageModelChat[]> => vscode.lm.selectChatModels({ vendor: 'minnow' });

export function describeLanguageModels(): void {
  describe('the language models of the editor', () => {
    let model: vscode.LanguageModelChat;

    it('have none of ours while no model is chosen for chat', async () => {
      assert.deepEqual(await ours(), []);
    });

    it('have ours once one is chosen', async function () {
      const wanted = process.env.MINNOW_E2E_WANT_MODEL;
      if (wanted === undefined) return this.skip();
      this.timeout(120_000);
      // The one outside chooses it by the commands that a person has.
      writeFileSync(wanted, '');
      model = await until(async () => (await ours())[0], { timeout: 110_000, what: 'the model' });
      assert.equal(model.vendor, 'minnow');
      assert.match(model.name, /SmolLM2/);
      assert.ok(model.maxInputTokens > 1_000, String(model.maxInputTokens));
    });

    it('answer piece by piece', async function () {
      if (model === undefined) return this.skip();
      const question = vscode.LanguageModelChatMessage.User('Write one sentence about the sea.');
      const { text } = await model.sendRequest([question], { modelOptions: { temperature: 0, maxTokens: 40 } });
      const pieces: string[] = [];
      for await (const piece of text) pieces.push(piece);
      assert.ok(pieces.length > 1, JSON.stringify(pieces));
      assert.match(pieces.join(''), /\w+ \w+/);
    });

    it('count tokens', async function () {
      if (model === undefined) return this.skip();
      const few = await model.countTokens('The tide is high.');
      const many = await model.countTokens('The tide is high. '.repeat(20));
      assert.ok(few >= 3 && few <= 10, String(few));
      assert.ok(many > 15 * few, `${few}, ${many}`);
    });

    it('stop when they are told to', async function () {
      if (model === undefined) return this.skip();
      const source = new vscode.CancellationTokenSource();
      const question = vscode.LanguageModelChatMessage.User('Write a long story about a fish, with many chapters.');
      const { text } = await model.sendRequest([question], {}, source.token);
      let pieces = 0;
      const read = async () => {
        for await (const _ of text) if (++pieces === 3) source.cancel();
      };
      const begun = Date.now();
      await read().catch((error: unknown) =>
        assert.ok(error instanceof Error && /cancel/i.test(`${error.name} ${error.message}`), String(error)),
      );
      assert.ok(pieces >= 3 && pieces < 100, String(pieces));
      assert.ok(Date.now() - begun < 30_000);
    });
  });
}
