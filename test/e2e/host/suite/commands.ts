/** The extension is active, and what its manifest promises is there. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { minnow } from './minnow';

export function describeCommands(): void {
  describe('the extension', () => {
    it('is active without being asked for', async () => {
      await minnow().activate();
      assert.equal(minnow().isActive, true);
    });

    it('has registered every command of its manifest', async () => {
      const declared: ReadonlyArray<{ readonly command: string }> = minnow().packageJSON.contributes.commands;
      const registered = await vscode.commands.getCommands(true);
      assert.deepEqual(
        declared.map(({ command }) => command).filter((command) => !registered.includes(command)),
        [],
      );
    });

    it('turns completions off and on by its command', async () => {
      const enabled = () => vscode.workspace.getConfiguration('minnow').get<boolean>('completion.enabled');
      assert.equal(enabled(), true);
      await vscode.commands.executeCommand('minnow.completion.toggle');
      assert.equal(enabled(), false);
      await vscode.commands.executeCommand('minnow.completion.toggle');
      assert.equal(enabled(), true);
    });
  });
}
