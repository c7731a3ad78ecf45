/** The map of languages is obeyed; where models run is written as the editor takes it. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { withKind } from '../../../../src/where';
import { minnow, openText, ourSettings, takeSuggestion } from './minnow';

/** A place of which even the small model is sure, once the blank is typed. */
const getter = (name: string) => `  get${name.toUpperCase()}() {\n    return this.${name};\n  }\n\n`;
const unfinished = `class P {\n  constructor(x, y) {\n    this.x = x;\n    this.y = y;\n  }\n\n${getter('x')}  getY() {\n    return`;

export function describeSettings(): void {
  describe('settings', () => {
    const initial = () => ourSettings().inspect('completion.languages')?.globalValue;

    it('keep a language silent while typing, but answer when asked', async () => {
      const before = initial();
      await ourSettings().update('completion.languages', { javascript: false }, vscode.ConfigurationTarget.Global);
      assert.equal(await typedAndCommitted(await openText('javascript', unfinished)), '');
      assert.notEqual((await takeSuggestion(await openText('javascript', unfinished))).trim(), '');
      await ourSettings().update('completion.languages', before, vscode.ConfigurationTarget.Global);
      assert.notEqual(await typedAndCommitted(await openText('javascript', unfinished)), '');
    });

    it('say where models run, beside what they say of others', async () => {
      const name = 'extensionKind';
      const remote = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('remote');
      const write = (value: unknown) => remote().update(name, value, vscode.ConfigurationTarget.Global);
      const own = () => remote().inspect(name)?.globalValue;
      const before = own();
      await write({ 'some.other': ['workspace'] });
      await write(withKind(minnow().id, 'workspace', own()));
      try {
        assert.deepEqual(own(), { 'some.other': ['workspace'], 'minnow.minnow': ['workspace', 'ui'] });
      } finally {
        await write(before);
      }
    });
  });
}

/** Types a blank as a person would, waits, and takes what may be shown. Returns what was taken. */
async function typedAndCommitted(editor: vscode.TextEditor): Promise<string> {
  await vscode.commands.executeCommand('type', { text: ' ' });
  const typed = editor.document.getText();
  await sleep(2_000);
  await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
  return editor.document.getText().slice(typed.length);
}
