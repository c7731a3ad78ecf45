/** Proves that this workbench refuses proposed APIs, as VS Code does: else a wrong use of one would go unseen in all other tests. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export function describeProposals(): void {
  describe('proposed APIs', () => {
    it('stay refused', () => {
      const provider = { provideInlineCompletionItems: () => [], handleDidShowCompletionItem: () => undefined };
      const register = () => vscode.languages.registerInlineCompletionItemProvider({ language: 'none' }, provider);
      assert.throws(register, /inlineCompletionsAdditions/);
    });
  });
}
