/** What may enter a prompt, decided on a real disk: ignore files without git, links, and what changes while the window is open. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Readable } from '../../../../src/privacy/readable';
import { until } from '../../lib/until';

export function describeReadable(): void {
  describe('what may enter a prompt', () => {
    const readable = new Readable();
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'minnow-elsewhere-'));
    let folder = '';
    after(() => {
      readable.dispose();
      rmSync(folder, { recursive: true, force: true });
      rmSync(elsewhere, { recursive: true, force: true });
    });
    const write = (file: string, text = 'text\n'): void => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    };
    const reasonOf = async (file: string): Promise<string> => {
      const decision = await readable.decide(vscode.Uri.file(path.resolve(folder, file)));
      return decision.mayRead ? 'read' : decision.reason;
    };

    it('is decided by names, ignore files and links', async () => {
      const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
      assert.ok(root);
      folder = path.join(root, 'privacy');
      for (const file of ['a.ts', '.env', 'deep/closed.ts', 'deep/open.ts', 'out/x.ts', 'out/back/y.ts', 'log/z.ts'])
        write(file);
      write('.gitignore', 'out/\nlog/\n');
      write('.minnowignore', 'deep/*\n!deep/open.ts\n!out/\n!.env\n');
      writeFileSync(path.join(elsewhere, 'far.ts'), 'far\n');
      mkdirSync(path.join(elsewhere, 'inner'));
      writeFileSync(path.join(elsewhere, 'inner/far.ts'), 'far\n');
      symlinkSync(path.join(elsewhere, 'far.ts'), path.join(folder, 'link.ts'));
      symlinkSync(path.join(elsewhere, 'inner'), path.join(folder, 'linked'));
      symlinkSync('.env', path.join(folder, 'innocent.txt'));
      symlinkSync('a.ts', path.join(folder, 'same.ts'));
      symlinkSync('nowhere', path.join(folder, 'dangling.ts'));
      const wanted = {
        'a.ts': 'read',
        '.env': 'secret',
        'deep/closed.ts': 'minnowIgnored',
        'deep/open.ts': 'read',
        'out/x.ts': 'read',
        'out/back/y.ts': 'read',
        'log/z.ts': 'gitIgnored',
        'link.ts': 'link',
        'linked/far.ts': 'link',
        'innocent.txt': 'secret',
        'same.ts': 'read',
        'dangling.ts': 'link',
        [path.join(elsewhere, 'far.ts')]: 'outside',
      };
      const seen = async () => {
        const found = await Promise.all(Object.keys(wanted).map(async (file) => [file, await reasonOf(file)] as const));
        return JSON.stringify(Object.fromEntries(found)) === JSON.stringify(wanted) ? true : found;
      };
      // The watcher tells of the new ignore files a moment later.
      const isSo = async () => ((await seen()) === true ? true : undefined);
      await until(isSo, { timeout: 20_000, what: 'the rules to be heard' }).catch(async () =>
        assert.deepEqual(Object.fromEntries(Object.entries((await seen()) || {})), wanted),
      );
      assert.equal(readable.isClosedNow(vscode.Uri.file(path.join(folder, 'deep/closed.ts'))), true);
    });

    it('changes with the ignore files, without a restart', async () => {
      write('.minnowignore', 'a.ts\n');
      const turned = async () => ((await reasonOf('a.ts')) === 'minnowIgnored' ? true : undefined);
      await until(turned, { timeout: 20_000, what: 'a.ts to be closed' });
      assert.equal(await reasonOf('deep/closed.ts'), 'read');
      rmSync(path.join(folder, '.minnowignore'));
      const back = async () => ((await reasonOf('a.ts')) === 'read' ? true : undefined);
      await until(back, { timeout: 20_000, what: 'a.ts to be open again' });
    });

    it('costs little for many files', async () => {
      const many = Array.from({ length: 20_000 }, (_, at) => vscode.Uri.file(path.join(folder, `deep/f${at}.ts`)));
      const started = performance.now();
      assert.equal((await readable.of(many)).length, many.length);
      const took = performance.now() - started;
      assert.ok(took < 20_000, `${Math.round(took)} ms`);
      console.log(`20,000 files: ${Math.round(took)} ms`);
    });
  });
}
