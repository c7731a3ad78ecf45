/** Edits by instruction: asked, shown while they are written, taken and left, undone; the file stays as it is until then. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chatModelFor } from '../support/chatModel';
import { ChatPanel } from './lib/chatPanel';
import { save } from './lib/disk';
import {
  askFor,
  backTo,
  code,
  comparison,
  documented,
  instruct,
  isOver,
  openInput,
  openScriptedSession,
  says,
} from './lib/editing';
import { shootFailures } from './lib/failures';
import type { Session } from './lib/session';
import { until } from './lib/until';

const themes = [
  ['dark', 'Default Dark Modern', 'vs-dark'],
  ['light', 'Default Light Modern', 'vs'],
  ['contrast', 'Default High Contrast', 'hc-black'],
] as const;
const at = { line: 1, column: 1 };

describe('an edit by instruction', () => {
  let session: Session;
  const file = (name: string): string => path.join(session.folder, name);

  before('start a workbench', async function () {
    const model = await chatModelFor(this);
    session = await openScriptedSession('edit', model, {
      'src/one.ts': code,
      'src/hunks.ts': code,
      'src/crlf.ts': code.replaceAll('\n', '\r\n').replaceAll('  ', '\t'),
      'src/typed.ts': code,
      'src/stop.ts': code,
      'src/themes.ts': code,
      'src/apply.ts': code,
      'src/empty.ts': `${code}\n// Adds two numbers.\n\n`,
    });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  it('is asked for at the selection, shown beside it, and taken as one step to undo', async () => {
    const { workbench } = session;
    await workbench.openFile('src/one.ts', at);
    for (let line = 0; line < 9; line++) await workbench.press('Shift+ArrowDown');
    await openInput(workbench);
    await workbench.quickInput().getByText('/doc', { exact: true }).waitFor();
    await workbench.shoot('edit-input');
    await workbench.press('Escape');
    await instruct(workbench, `say ${JSON.stringify(documented)}`);
    await comparison(workbench).waitFor({ timeout: 60_000 });
    await workbench.shoot('edit-streaming');
    await says(workbench, '2 changes');
    await workbench.shoot('edit-comparison');
    assert.equal(readFileSync(file('src/one.ts'), 'utf8'), code, 'the file is as it was');
    assert.equal(await workbench.page.locator('.tab.dirty').count(), 0, 'there is nothing to undo');
    await workbench.press('Control+Enter');
    await isOver(workbench);
    assert.equal(await save(workbench, file('src/one.ts')), documented);
    await workbench.press('Control+Z');
    assert.equal(await save(workbench, file('src/one.ts')), code);
    await workbench.press('Control+Shift+Z');
    assert.equal(await save(workbench, file('src/one.ts')), documented);
    assert.deepEqual(await workbench.toasts(), []);
  });

  it('is taken and left hunk by hunk', async () => {
    const { workbench } = session;
    await askFor(workbench, { file: 'src/hunks.ts', at, lines: 9, says: documented });
    await says(workbench, '2 changes');
    await workbench.press('Control+Home');
    await workbench.press('Alt+N');
    await says(workbench, '1 change');
    await workbench.press('Alt+Y');
    await isOver(workbench);
    assert.equal(
      await save(workbench, file('src/hunks.ts')),
      documented.replace('/** The sum of all prices. */\n', ''),
    );
  });

  it('keeps line ends and tabs', async () => {
    const { workbench } = session;
    await askFor(workbench, { file: 'src/crlf.ts', at, lines: 9, says: documented });
    await says(workbench, '2 changes');
    await workbench.press('Control+Enter');
    await isOver(workbench);
    const expected = documented.replaceAll('\n', '\r\n').replaceAll('  ', '\t');
    assert.equal(await save(workbench, file('src/crlf.ts')), expected);
  });

  it('follows what is typed meanwhile, in an editor beside it', async () => {
    const { workbench } = session;
    await askFor(workbench, { file: 'src/typed.ts', at, lines: 9, says: documented });
    await says(workbench, '2 changes');
    await backTo(workbench, 'typed.ts');
    await workbench.command('View: Split Editor Right');
    await workbench.command('Go to Line/Column...');
    await workbench.quickInput().locator('input').first().fill(':3:44');
    await workbench.press('Enter');
    await workbench.type(' // typed');
    await workbench.page.locator('.codelens-decoration').getByText('Accept All').first().waitFor();
    await workbench.shoot('edit-in-place');
    await workbench.page.locator('.codelens-decoration').getByText('Accept All').first().click();
    await isOver(workbench);
    await workbench.press('Control+S');
    const expected = documented.replace('sum += price;', 'sum += price; // typed');
    await until(() => (readFileSync(file('src/typed.ts'), 'utf8') === expected ? true : undefined), {
      what: 'the edit around what was typed',
    });
    await workbench.command('View: Close All Editors');
  });

  it('is stopped by Escape, which leaves the text as it is', async () => {
    const { workbench } = session;
    await askFor(workbench, { file: 'src/stop.ts', at, lines: 9, says: `${documented.repeat(20)}` });
    await comparison(workbench).waitFor({ timeout: 60_000 });
    await comparison(workbench)
      .getByText(/length.===.0/u)
      .first()
      .waitFor();
    await workbench.press('Escape');
    await until(
      async () => ((await workbench.page.locator('.statusbar-item .codicon-loading').count()) === 0 ? true : undefined),
      { what: 'the edit to stop' },
    );
    await workbench.command('Minnow: Reject All Changes');
    await isOver(workbench);
    await workbench.page.locator('.statusbar-item', { hasText: 'selected' }).first().waitFor();
    assert.equal(await workbench.page.locator('.tab.dirty').count(), 0);
    assert.equal(readFileSync(file('src/stop.ts'), 'utf8'), code);
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('writes at an empty line, and suggests what the comment above says', async () => {
    const { workbench } = session;
    await workbench.openFile('src/empty.ts', { line: 12, column: 1 });
    await openInput(workbench);
    await workbench.quickInput().getByText('Adds two numbers.').waitFor();
    await workbench.shoot('edit-generate');
    await workbench.press('Escape');
    await instruct(workbench, 'say "const add = (a: number, b: number): number => a + b;\\n"');
    await says(workbench, '1 change');
    await workbench.press('Control+Enter');
    await isOver(workbench);
    const after = await save(workbench, file('src/empty.ts'));
    assert.equal(after, `${code}\n// Adds two numbers.\nconst add = (a: number, b: number): number => a + b;\n`);
  });

  it("proposes a chat's block of code at its place in the file, without asking the model", async () => {
    const { workbench } = session;
    const panel = await ChatPanel.open(workbench);
    const block = documented.split('\n').slice(-5).join('\n');
    await panel.ask(`say ${JSON.stringify(`\`\`\`ts src/apply.ts\n${block}\`\`\``)}`);
    await panel.settled();
    const shown = panel.lastAnswer.locator('.code').first();
    await shown.hover();
    await shown.getByRole('button', { name: 'Apply' }).click();
    await comparison(workbench).waitFor({ timeout: 20_000 });
    await says(workbench, '1 change');
    await workbench.shoot('edit-applied');
    await workbench.command('Minnow: Accept All Changes');
    await isOver(workbench);
    assert.equal(
      await save(workbench, file('src/apply.ts')),
      documented.replace('/** The sum of all prices. */\n', ''),
    );
    await workbench.press('Control+Alt+B');
  });

  for (const [name, theme, mark] of themes)
    it(`is drawn in ${name}`, async () => {
      const { workbench, folder } = session;
      mkdirSync(path.join(folder, '.vscode'), { recursive: true });
      writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
      await workbench.page.locator(`.monaco-workbench.${mark}`).waitFor();
      await askFor(workbench, {
        file: 'src/themes.ts',
        at,
        lines: 9,
        says: documented.replace('sum += price', 'sum = sum + price'),
      });
      await says(workbench, '3 changes');
      await workbench.shoot(`edit-comparison-${name}`);
      await backTo(workbench, 'themes.ts');
      await workbench.page.locator('.codelens-decoration').getByText('Accept All').first().waitFor();
      await workbench.shoot(`edit-in-place-${name}`);
      await workbench.command('Minnow: Reject All Changes');
      await isOver(workbench);
      await workbench.command('View: Close All Editors');
    });
});
