/** Edits of every kind of file, in a workspace of two folders: read only, notebook, not saved yet, deleted, closed, long, with marks and mixed line ends. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chatModelFor } from '../support/chatModel';
import { save } from './lib/disk';
import {
  askFor,
  code,
  comparison,
  documented,
  instruct,
  isCompared,
  isOver,
  isTold,
  openScriptedSession,
  says,
} from './lib/editing';
import { shootFailures } from './lib/failures';
import type { Session } from './lib/session';
import { until } from './lib/until';

const at = { line: 1, column: 1 };
/** Then settings that were written are read, in milliseconds. */
const SETTLED = 2_000;
const BOM = '\uFEFF';
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => `export const value${from + index} = ${index};\n`).join('');
const notebook = JSON.stringify({
  cells: [
    { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: ['total = 0\n', 'count = 0'] },
  ],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 2,
});
const files = {
  'two.code-workspace': JSON.stringify({ folders: [{ path: 'one' }, { path: 'two' }] }),
  'one/same.ts': code,
  'two/same.ts': code,
  'one/readonly.ts': code,
  'one/locked.ts': code,
  'one/cells.ipynb': notebook,
  'one/bom.ts': `${BOM}${code}`,
  'one/long.ts': `${lines(0, 2_500)}${code}${lines(2_500, 5_000)}`,
  'one/mixed.ts': code.replace('\n', '\r\n').replace(';\n', ';\r\n'),
  'one/deleted.ts': code,
  'one/closed.ts': code,
};

describe('an edit of every kind of file', () => {
  let session: Session;
  const file = (name: string): string => path.join(session.folder, name);
  const onDisk = (name: string): string => readFileSync(file(name), 'utf8');

  before('start a workbench', async function () {
    const model = await chatModelFor(this);
    const settings = { 'files.readonlyInclude': { '**/readonly.ts': true } };
    session = await openScriptedSession('editFiles', model, files, { settings, workspace: 'two.code-workspace' });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);
  afterEach('close all', async () => {
    await session.workbench.command('View: Close All Editors');
    await session.workbench.command('Notifications: Clear All Notifications');
  });

  /** Asks, sees two changes, takes them. @returns what a save leaves on the disk */
  async function edited(name: string, start = at): Promise<string> {
    const { workbench } = session;
    await askFor(workbench, { file: name, at: start, lines: 9, says: documented });
    await says(workbench, '2 changes');
    await workbench.press('Control+Enter');
    await isOver(workbench);
    return save(workbench, file(name));
  }

  it('changes the file of its own folder, and no other one of the same name', async () => {
    assert.equal(await edited('two/same.ts'), documented);
    assert.equal(onDisk('one/same.ts'), code);
  });

  it('keeps a byte order mark', async () => {
    assert.equal(await edited('one/bom.ts'), `${BOM}${documented}`);
  });

  it('has the line ends that the editor gives to a file of mixed ones', async () => {
    assert.equal(await edited('one/mixed.ts'), documented);
  });

  it('stands where it was asked for in a file of five thousand lines', async () => {
    const after = await edited('one/long.ts', { line: 2_501, column: 1 });
    assert.equal(after, `${lines(0, 2_500)}${documented}${lines(2_500, 5_000)}`);
  });

  it('is refused where the file is read only', async () => {
    const { workbench } = session;
    await workbench.openFile('one/readonly.ts', at);
    await workbench.command('Minnow: Document');
    await isTold(workbench, /cannot be changed/);
  });

  it('leaves a file that has become read only meanwhile as it is, and says so', async () => {
    const { workbench } = session;
    await askFor(workbench, { file: 'one/locked.ts', at, lines: 9, says: documented });
    await says(workbench, '2 changes');
    const settings = file('one/.vscode/settings.json');
    mkdirSync(path.dirname(settings));
    writeFileSync(settings, JSON.stringify({ 'files.readonlyInclude': { 'locked.ts': true } }));
    await sleep(SETTLED);
    await workbench.command('Minnow: Accept All Changes');
    await isTold(workbench, /cannot be changed/);
    assert.equal(await workbench.page.locator('.tab.dirty').count(), 0);
  });

  it('is made in a cell of a notebook', async () => {
    const { workbench } = session;
    await workbench.openFile('one/cells.ipynb', undefined, '.notebookOverlay .cell .monaco-editor .view-lines');
    await workbench.page.locator('.notebookOverlay .cell .monaco-editor .view-lines').first().click();
    await workbench.press('Control+A');
    await instruct(workbench, 'say "total = 1\\ncount = 0"');
    await says(workbench, '1 change');
    await workbench.shoot('edit-notebook');
    await workbench.command('Minnow: Accept All Changes');
    await isOver(workbench);
    await workbench.press('Control+S');
    await until(() => (onDisk('one/cells.ipynb').includes('total = 1') ? true : undefined), { what: 'the cell' });
    assert.deepEqual(JSON.parse(onDisk('one/cells.ipynb')).cells[0].source, ['total = 1\n', 'count = 0']);
  });

  it('is made in a file that is not saved yet', async () => {
    const { workbench } = session;
    await workbench.command('File: New Untitled Text File');
    await workbench.page.locator('.tab.active[data-resource-name="Untitled-1"]').waitFor();
    await workbench.idle();
    await workbench.type('one');
    await workbench.press('Control+A');
    await instruct(workbench, 'say "two"');
    await says(workbench, '1 change');
    await isCompared(workbench);
    await workbench.command('Minnow: Accept All Changes');
    await isOver(workbench);
    await workbench.editor().getByText('two', { exact: true }).first().waitFor();
    await workbench.press('Control+Z');
    await workbench.editor().getByText('one', { exact: true }).first().waitFor();
    await workbench.command('View: Revert and Close Editor');
  });

  it('is made in a file that was deleted meanwhile, and can be saved', async () => {
    const { workbench } = session;
    await askFor(workbench, { file: 'one/deleted.ts', at, lines: 9, says: documented });
    await says(workbench, '2 changes');
    rmSync(file('one/deleted.ts'));
    await workbench.page.locator('.tab[aria-label*="deleted" i]').first().waitFor();
    await workbench.press('Control+Enter');
    await isOver(workbench);
    await workbench.press('Control+S');
    await until(() => (existsSync(file('one/deleted.ts')) ? true : undefined), { what: 'the file to be written' });
    await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
    assert.equal(onDisk('one/deleted.ts'), documented);
  });

  it('ends with a sentence and the new text where its file is closed', async () => {
    const { workbench } = session;
    await askFor(workbench, { file: 'one/closed.ts', at, lines: 9, says: documented });
    await says(workbench, '2 changes');
    await workbench.command('View: Close All Editors');
    await until(async () => ((await workbench.toasts()).some((each) => /was closed/.test(each)) ? true : undefined), {
      what: 'what became of the edit',
    });
    await workbench.page.locator('.notifications-toasts').getByText('Copy the New Text').click();
    const copied = async (): Promise<string> => workbench.page.evaluate<string>('navigator.clipboard.readText()');
    assert.equal(await until(async () => (await copied()) || undefined, { what: 'the copy' }), documented.trimEnd());
    assert.equal(await comparison(workbench).count(), 0);
    assert.equal(onDisk('one/closed.ts'), code);
  });
});
