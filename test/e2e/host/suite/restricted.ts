/** A folder that nobody trusts: there are completions, for other extensions as for the person, and no chat. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, isError } from './api';

export function describeRestricted(): void {
  describe('the API in a folder that is not trusted', () => {
    it('completes', async () => {
      assert.equal(vscode.workspace.isTrusted, false);
      const before = 'function add(a, b) {\n  return ';
      const completion = await (await api()).complete({ languageId: 'javascript', before, after: ';\n}\n' });
      assert.match(completion?.text ?? '', /a \+ b/);
    });

    it('does not chat, and says what would help', async () => {
      const asked = (await api()).chat({ messages: [{ role: 'user', text: 'Why?' }] });
      await assert.rejects(asked, isError('restricted'));
      await assert.rejects(asked, /Trust this workspace/);
    });
  });
}
