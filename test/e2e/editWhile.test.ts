/** What a person does while an edit is open: saves, undoes, types elsewhere and inside it, in two editors, stops it, asks again and further. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chatModelFor } from '../support/chatModel';
import { save } from './lib/disk';
import {
  askFor,
  backTo,
  code,
  comparison,
  documented,
  instruct,
  isOver,
  isTold,
  openScriptedSession,
  says,
} from './lib/editing';
import { shootFailures } from './lib/failures';
import type { Session } from './lib/session';
import { until } from './lib/until';
import type { Place } from './lib/workbench';

const at = { line: 1, column: 1 };
const names = ['saved', 'undone', 'inside', 'split', 'elsewhere', 'again', 'further', 'stopped', 'died'] as const;
type Name = (typeof names)[number];

describe('while an edit is open', () => {
  let session: Session;
  const file = (name: Name): string => path.join(session.folder, `src/${name}.ts`);
  const onDisk = (name: Name): string => readFileSync(file(name), 'utf8');

  before('start a workbench', async function () {
    const model = await chatModelFor(this);
    session = await openScriptedSession(
      'editWhile',
      model,
      Object.fromEntries(names.map((name) => [`src/${name}.ts`, code])),
    );
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);
  afterEach('close all', async () => {
    await session.workbench.command('View: Close All Editors');
    await session.workbench.command('Notifications: Clear All Notifications');
  });

  /** Two changes are open, and the person is in the file's own editor. */
  async function isOpenIn(name: Name): Promise<void> {
    const { workbench } = session;
    await askFor(workbench, { file: `src/${name}.ts`, at, lines: 9, says: documented });
    await says(workbench, '2 changes');
    await backTo(workbench, `${name}.ts`);
  }

  async function goTo({ line, column }: Place): Promise<void> {
    const { workbench } = session;
    await workbench.command('Go to Line/Column...');
    await workbench.quickInput().locator('input').first().fill(`:${line}:${column}`);
    await workbench.press('Enter');
    await workbench.quickInput().waitFor({ state: 'hidden' });
  }

  async function acceptAll(): Promise<void> {
    await session.workbench.command('Minnow: Accept All Changes');
    await isOver(session.workbench);
  }

  it('a save writes what the person has, and the edit stays open', async () => {
    const { workbench } = session;
    await isOpenIn('saved');
    await goTo({ line: 4, column: 14 });
    await workbench.type(' // typed');
    const typed = code.replace('return sum;', 'return sum; // typed');
    assert.equal(await save(workbench, file('saved')), typed);
    await says(workbench, '2 changes');
    await acceptAll();
    assert.equal(await save(workbench, file('saved')), documented.replace('return sum;', 'return sum; // typed'));
  });

  it('undo takes back the edit as one step, then what was typed before it, and redo brings both again', async () => {
    const { workbench } = session;
    await isOpenIn('undone');
    await goTo({ line: 4, column: 14 });
    await workbench.type(';');
    await acceptAll();
    await workbench.press('Control+Z');
    assert.equal(await save(workbench, file('undone')), code.replace('return sum;', 'return sum;;'));
    await workbench.press('Control+Z');
    assert.equal(await save(workbench, file('undone')), code);
    await workbench.press('Control+Shift+Z');
    await workbench.press('Control+Shift+Z');
    assert.equal(await save(workbench, file('undone')), documented.replace('return sum;', 'return sum;;'));
  });

  it('typing inside a change takes its place away, undo gives it back; else it is said, and offered again', async () => {
    const { workbench } = session;
    await askFor(workbench, {
      file: 'src/inside.ts',
      at,
      lines: 9,
      says: documented.replace('let sum = 0', 'let sum = 0.0'),
    });
    await says(workbench, '3 changes');
    await backTo(workbench, 'inside.ts');
    await goTo({ line: 2, column: 13 });
    await workbench.type('1');
    await says(workbench, '2 changes');
    await workbench.press('Control+Z');
    await says(workbench, '3 changes');
    await workbench.type('1');
    await says(workbench, '2 changes');
    await workbench.command('Minnow: Accept All Changes');
    await until(async () => ((await workbench.toasts()).some((each) => /not applied/.test(each)) ? true : undefined), {
      what: 'a word about the change without a place',
    });
    await workbench.shoot('edit-lost');
    const typed = documented.replace('let sum = 0', 'let sum = 10');
    assert.equal(await save(workbench, file('inside')), typed);
    await workbench.page.locator('.notifications-toasts').getByText('Try Again').click();
    await until(async () => ((await workbench.toasts()).length === 0 ? true : undefined), { what: 'the notice to go' });
    await says(workbench, '1 change');
    await acceptAll();
    assert.equal(await save(workbench, file('inside')), documented.replace('let sum = 0', 'let sum = 0.0'));
  });

  it('two editors of the file show it, and what is typed in both of them is kept', async () => {
    const { workbench } = session;
    await isOpenIn('split');
    await workbench.command('View: Split Editor Right');
    await goTo({ line: 3, column: 44 });
    await workbench.type(' // right');
    await workbench.command('View: Focus Left Editor Group');
    await backTo(workbench, 'split.ts');
    await goTo({ line: 4, column: 14 });
    await workbench.type(' // left');
    await says(workbench, '2 changes');
    await acceptAll();
    const expected = documented.replace('price;', 'price; // right').replace('return sum;', 'return sum; // left');
    await workbench.press('Control+S');
    await until(() => (onDisk('split') === expected ? true : undefined), { what: 'what was typed and the edit' });
  });

  it('typing above and below moves it', async () => {
    const { workbench } = session;
    await isOpenIn('elsewhere');
    await workbench.press('Control+End');
    await workbench.type('// below');
    await workbench.press('Control+Home');
    await workbench.press('Enter');
    await workbench.press('ArrowUp');
    await workbench.type('// above');
    await says(workbench, '2 changes');
    await acceptAll();
    assert.equal(await save(workbench, file('elsewhere')), `// above\n${documented}// below`);
  });

  it('it is asked again', async () => {
    const { workbench } = session;
    await isOpenIn('again');
    await workbench.command('Minnow: Try the Edit Again');
    await says(workbench, 'writing');
    await says(workbench, '2 changes');
    await acceptAll();
    assert.equal(await save(workbench, file('again')), documented);
  });

  it('a further instruction is about what is proposed, and its result is taken as one step to undo', async () => {
    const { workbench } = session;
    await isOpenIn('further');
    await instruct(workbench, `say ${JSON.stringify(documented.replace('  let sum = 0;', '  let sum = 0; // first'))}`);
    await says(workbench, 'writing');
    await says(workbench, '3 changes');
    await acceptAll();
    assert.equal(await save(workbench, file('further')), documented.replace('let sum = 0;', 'let sum = 0; // first'));
    await workbench.press('Control+Z');
    assert.equal(await save(workbench, file('further')), code);
  });

  it('what was finished when it was stopped can be taken', async () => {
    const { workbench } = session;
    const long = `${documented}${'// and so on\n'.repeat(500)}`;
    await askFor(workbench, { file: 'src/stopped.ts', at, lines: 9, says: long });
    await comparison(workbench).getByText('sum of all prices').first().waitFor();
    await comparison(workbench)
      .getByText(/length.===.0/u)
      .first()
      .waitFor();
    await workbench.press('Escape');
    await isTold(workbench, /stopped before its end/);
    await acceptAll();
    const after = await save(workbench, file('stopped'));
    assert.ok(after.startsWith(documented.slice(0, documented.indexOf('  if'))), after);
    assert.ok(after.includes(code.slice(code.indexOf('  return total'))), after);
  });

  it('a model that dies leaves the text as it is, and says so', async () => {
    const { workbench } = session;
    await askFor(workbench, { file: 'src/died.ts', at, lines: 9, says: 'one\ntwo\nDIE three' });
    await isTold(workbench, /stopped while it was writing/);
    assert.equal(await workbench.page.locator('.tab.dirty').count(), 0);
    assert.equal(onDisk('died'), code);
    await workbench.command('View: Close All Editors');
    await session.workbench.openFile('src/died.ts', at);
  });
});
