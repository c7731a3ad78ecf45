/** A folder that lies on no disk, opened before anybody knows its file system: all that Minnow reads of it comes by the editor. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { FileList } from '../../../../src/chat/context/fileList';
import { readText } from '../../../../src/chat/context/readText';
import { filesAt, filesBelow } from '../../../../src/chat/workspaceFiles';
import { whyNot } from '../../../../src/edit/accepting';
import { sourceFiles } from '../../../../src/measure/command';
import { Readable } from '../../../../src/privacy/readable';
import { codeSchemes } from '../../../../src/schemes';
import { until } from '../../lib/until';
import { MemoryFiles } from './memory';
import { takeSuggestion } from './minnow';

const at = (path: string): vscode.Uri => vscode.Uri.from({ scheme: 'memfs', path });

export function describeVirtual(): void {
  describe('a folder of a virtual file system', () => {
    const files = new MemoryFiles();
    const readable = new Readable();
    const list = new FileList(readable);
    after(() => vscode.Disposable.from(readable, list).dispose());

    before('bring the file system', () => {
      vscode.workspace.registerFileSystemProvider('memfs', files);
      files.set('/project/add.js', 'function add(a, b) {\n  return ');
      files.set('/project/src/deep.ts', 'export const deep = 1;\n');
      files.set('/project/src/.gitignore', 'made.ts\n');
      files.set('/project/src/made.ts', 'export const made = 1;\n');
      files.set('/project/node_modules/x/index.js', 'x\n');
      files.set('/project/picture.png', 'no text\n');
      files.set('/project/.env', 'KEY=1\n');
      files.link('/project/notes.txt', 'KEY=1\n');
      files.set('/project/closed.ts', 'export const closed = 1;\n');
      files.set('/project/.minnowignore', 'closed.ts\n');
    });

    it('is the one that is opened, and on no disk', () =>
      assert.deepEqual(
        vscode.workspace.workspaceFolders?.map(({ uri }) => uri.toString()),
        ['memfs:/project'],
      ));

    it('has ignore files that are heard, in folders too', async () => {
      const wanted = {
        'add.js': 'read',
        'src/deep.ts': 'read',
        'src/made.ts': 'gitIgnored',
        '.env': 'secret',
        'notes.txt': 'link',
        'closed.ts': 'minnowIgnored',
      };
      const reason = async (file: string) => {
        const decision = await readable.decide(at(`/project/${file}`));
        return decision.mayRead ? 'read' : decision.reason;
      };
      const seen = async () =>
        Object.fromEntries(
          await Promise.all(Object.keys(wanted).map(async (file) => [file, await reason(file)] as const)),
        );
      const isSo = async () => (JSON.stringify(await seen()) === JSON.stringify(wanted) ? true : undefined);
      await until(isSo, { what: 'the rules to be heard' }).catch(async () => assert.deepEqual(await seen(), wanted));
    });

    it('has files that can be named in a chat, and searched', async () => {
      const names = (await list.all()).map(({ name }) => name).toSorted();
      assert.deepEqual(names, ['.minnowignore', 'add.js', 'src/.gitignore', 'src/deep.ts']);
      assert.deepEqual(list.withheld.map(({ uri }) => uri.path).toSorted(), [
        '/project/.env',
        '/project/closed.ts',
        '/project/src/made.ts',
      ]);
      assert.deepEqual(
        (await filesBelow('deep.ts', 2)).map(({ path }) => path),
        ['/project/src/deep.ts'],
      );
      const [found] = await filesAt('src/deep.ts');
      assert.ok(found);
      assert.deepEqual(await readText(found), {
        text: 'export const deep = 1;\n',
        languageId: 'typescript',
        isCut: false,
      });
    });

    it('can be measured on', async () => {
      const paths = (await sourceFiles(readable)).map(({ path }) => path);
      assert.deepEqual(paths.toSorted(), ['add.js', 'src/deep.ts']);
    });

    it('can be edited', async () => {
      const document = await vscode.workspace.openTextDocument(at('/project/src/deep.ts'));
      assert.equal(await whyNot(document, codeSchemes()), undefined);
    });

    it('is completed while somebody types, but where a file is closed', async () => {
      const editor = await vscode.window.showTextDocument(at('/project/add.js'));
      const { document } = editor;
      const end = document.positionAt(document.getText().length);
      editor.selection = new vscode.Selection(end, end);
      assert.match(await takeSuggestion(editor), /a \+ b/);
      await document.save();
      assert.match(files.text('/project/add.js'), /return a \+ b/);
    });
  });
}
