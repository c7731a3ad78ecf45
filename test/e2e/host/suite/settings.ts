/** The map of languages is obeyed. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { openText, ourSettings, takeSuggestion } from './minnow';

const unfinished = 'def add(a, b):\n    return a + b\n\n\ndef subtract(a, b):\n    return ';

export function describeSettings(): void {
  describe('settings', () => {
    const initial = () => ourSettings().inspect('completion.languages')?.globalValue;

    it('keep a language silent while typing, but answer when asked', async () => {
      const before = initial();
      await ourSettings().update('completion.languages', { python: false }, vscode.ConfigurationTarget.Global);
      assert.equal(await typedAndCommitted(await openText('python', unfinished)), '');
      assert.notEqual((await takeSuggestion(await openText('python', unfinished))).trim(), '');
      await ourSettings().update('completion.languages', before, vscode.ConfigurationTarget.Global);
      assert.notEqual(await typedAndCommitted(await openText('python', unfinished)), '');
    });
  });
}

/** Types a letter as a person would, waits, and takes what may be shown. Returns what was taken. */
async function typedAndCommitted(editor: vscode.TextEditor): Promise<string> {
  await vscode.commands.executeCommand('type', { text: 'a' });
  const typed = editor.document.getText();
  await sleep(2_000);
  await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
  return editor.document.getText().slice(typed.length);
}
