/** Ghost text by VS Code's own commands. */
import assert from 'node:assert/strict';
import { openText, takeSuggestion } from './minnow';

export function describeInlineSuggest(): void {
  describe('inline suggestions', () => {
    it('are triggered and committed by the commands of the editor', async () => {
      const editor = await openText('typescript', 'export function add(a: number, b: number): number {\n  return ');
      assert.notEqual((await takeSuggestion(editor)).trim(), '');
    });
  });
}
