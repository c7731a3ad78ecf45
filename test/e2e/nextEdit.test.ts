/** A rename by typing is offered at the other places: gone to, taken, taken all at once, dismissed, turned off. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { save } from './lib/disk';
import { shootFailures } from './lib/failures';
import { openReadySession, type Session } from './lib/session';
import { until } from './lib/until';

const code = `export function wayLength(places: readonly number[]): number {
  let total = 0;
  for (const place of places) total += place;
  // The total of all.
  return total;
}
`;
const filler = Array.from({ length: 120 }, (_, index) => `  // ${index}\n`).join('');
const files = {
  'src/one.ts': code,
  'src/all.ts': code.replaceAll('\n', '\r\n'),
  'src/far.ts': code.replace('  return', `${filler}  return`),
  'src/escape.ts': code,
  'src/undo.ts': code,
  'src/hand.ts': code,
  'src/off.ts': code,
};

/** The part of the page's API that the code below needs: it runs there. */
declare const getComputedStyle: (element: unknown, pseudo: string) => { readonly content: string };

/** Behind the last key, what is to be offered is offered. */
const SETTLED = 2_000;

describe('next edit', () => {
  let session: Session;

  before('start a workbench', async () => {
    session = await openReadySession('nextEdit', {
      prepareFolder: (folder) => {
        for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
      },
    });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  /** Types the name over its declaration, and leaves it. */
  async function rename(file: string, name = 'sum'): Promise<void> {
    const { workbench } = session;
    await workbench.openFile(file, { line: 2, column: 7 });
    await workbench.press('Control+D');
    await workbench.type(name);
    await workbench.press('Home');
  }

  /** What is drawn behind the code, '' when nothing is. */
  function drawn(): Promise<string> {
    return session.workbench.page.locator('.editor-instance .view-lines span[class*="ced-"]').evaluateAll((elements) =>
      elements
        .map((element) => getComputedStyle(element, '::after').content)
        .filter((content) => content.includes('→'))
        .join(''),
    );
  }

  const isOffered = (): Promise<string> => until(async () => (await drawn()) || undefined, { what: 'an offer' });
  const isGone = (): Promise<true> =>
    until(async () => ((await drawn()) === '' ? true : undefined), { what: 'the offer to go' });
  const isSaid = (words: string): Promise<void> =>
    session.workbench.page.locator(`.statusbar-item[aria-label*="${words}"]`).waitFor();
  const onDisk = (file: string): Promise<string> => save(session.workbench, path.join(session.folder, file));

  it('is drawn at the next place; Alt+Enter goes there, takes it and goes on; the comment stays', async () => {
    const { workbench } = session;
    await rename('src/one.ts');
    assert.match(await isOffered(), /→.sum/u);
    await isSaid('2 more places');
    await workbench.shoot('nextEdit-offered');
    await workbench.press('Alt+Enter');
    await workbench.press('Alt+Enter');
    await isSaid('one more place');
    await workbench.shoot('nextEdit-taken');
    assert.equal(await onDisk('src/one.ts'), code.replace('let total', 'let sum').replace('total +=', 'sum +='));
    await workbench.press('Alt+Enter');
    await isGone();
    assert.equal(await onDisk('src/one.ts'), code.replace(/total(?! of)/g, 'sum'));
  });

  it('is taken everywhere with Shift+Alt+Enter, and one undo takes it back', async () => {
    const { workbench } = session;
    const crlf = files['src/all.ts'];
    await rename('src/all.ts');
    await isOffered();
    await workbench.press('Shift+Alt+Enter');
    await isGone();
    assert.equal(await onDisk('src/all.ts'), crlf.replace(/total(?! of)/g, 'sum'));
    await workbench.press('Control+Z');
    assert.equal(await onDisk('src/all.ts'), crlf.replace('let total', 'let sum'));
    await sleep(SETTLED);
    assert.equal(await drawn(), '');
  });

  it('is a hint where the cursor is when the place cannot be seen', async () => {
    const { workbench } = session;
    await rename('src/far.ts');
    await isOffered();
    await workbench.press('Alt+Enter');
    await workbench.press('Alt+Enter');
    await isSaid('one more place');
    await workbench.press('Control+Home');
    await until(async () => (/↓/u.test(await drawn()) ? true : undefined), { what: 'the hint' });
    await workbench.shoot('nextEdit-far');
    await workbench.press('Alt+Enter');
    await until(async () => (/^"[^↓]*→/u.test(await drawn()) ? true : undefined), { what: 'the place' });
    await workbench.press('Escape');
    await isGone();
  });

  it('goes with Escape, and the keys do nothing more', async () => {
    const { workbench } = session;
    await rename('src/escape.ts');
    await isOffered();
    await workbench.press('Escape');
    await isGone();
    await workbench.press('Shift+Alt+Enter');
    assert.equal(await onDisk('src/escape.ts'), code.replace('let total', 'let sum'));
  });

  it('goes with undo, and when all the text is taken out', async () => {
    const { workbench } = session;
    await rename('src/undo.ts');
    await isOffered();
    await workbench.press('Control+Z');
    await isGone();
    await sleep(SETTLED);
    assert.equal(await drawn(), '');
    await workbench.press('Control+Z');
    await rename('src/undo.ts');
    await isOffered();
    await workbench.press('Control+A');
    await workbench.press('Delete');
    await isGone();
    await workbench.press('Control+Z');
    assert.equal(await onDisk('src/undo.ts'), code.replace('let total', 'let sum'));
  });

  it('leaves out what is changed by hand, and goes when something else is typed', async () => {
    const { workbench } = session;
    await rename('src/hand.ts');
    await isOffered();
    await workbench.openFile('src/hand.ts', { line: 3, column: 33 });
    await workbench.press('Control+D');
    await workbench.type('sum');
    await workbench.press('Home');
    await isSaid('one more place');
    await workbench.type(' ');
    await isGone();
    assert.match(await onDisk('src/hand.ts'), /return total;/);
  });

  it('stays away when it is turned off', async () => {
    const { workbench } = session;
    await workbench.command('Minnow: Turn Next Edits On or Off');
    await rename('src/off.ts');
    await sleep(SETTLED);
    assert.equal(await drawn(), '');
    await workbench.press('Control+S');
    await until(() => readFileSync(path.join(session.folder, 'src/off.ts'), 'utf8').includes('let sum') || undefined, {
      what: 'the file to be written',
    });
    await workbench.command('Minnow: Turn Next Edits On or Off');
  });

  it('has shown no notification in all this', async () => {
    assert.deepEqual(await session.workbench.toasts(), []);
  });
});
