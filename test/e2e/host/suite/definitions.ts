/** What the names near the cursor stand for, by the editor's own language features. */
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { definitionsNear } from '../../../../src/completion/definitions';
import { Readable } from '../../../../src/privacy/readable';
import { until } from '../../lib/until';

export function describeDefinitions(): void {
  describe('definitions', () => {
    it('are found in other files of the folder', async () => {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      assert.ok(folder);
      const write = (name: string, text: string) =>
        vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), new TextEncoder().encode(text));
      await write(
        'shape.ts',
        'export function area(width: number, height: number): number {\n  return width * height;\n}\n',
      );
      await write('user.ts', "import { area } from './shape';\n\nconst size = area(1, 2);\n");
      const document = await vscode.workspace.openTextDocument(path.join(folder.fsPath, 'user.ts'));
      await vscode.window.showTextDocument(document);
      const readable = new Readable();
      const look = async () => {
        const pieces = await definitionsNear(document, new vscode.Position(2, 15), readable);
        return pieces.find((piece) => piece.path === 'shape.ts');
      };
      const piece = await until(look, { timeout: 25_000, what: 'the definition to be found' });
      readable.dispose();
      assert.match(piece.text, /^export function area/);
    });
  });
}
