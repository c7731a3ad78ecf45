/** Silence, and what the user is told about it on request. */
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { shootFailures } from './lib/failures';
import { staysSilent, waitGhost } from './lib/ghost';
import { openReadySession, type Session } from './lib/session';
import { ghostAfter, typeUnfinished } from './lib/typing';
import { until } from './lib/until';

const copies = { cursors: 'src/cursors.ts', undo: 'src/undo.ts', next: 'src/next.ts' };

describe('why no suggestion', () => {
  let session: Session;
  before('start a workbench', async () => {
    session = await openReadySession('why', {
      prepareFolder: (folder) => {
        for (const copy of Object.values(copies))
          copyFileSync(path.join(folder, 'src/point.ts'), path.join(folder, copy));
      },
    });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  /** Asks why, and waits for a toast that tells. */
  async function told(sentence: RegExp): Promise<void> {
    const { workbench } = session;
    await workbench.command('Minnow: Why No Suggestion?');
    await until(async () => ((await workbench.toasts()).some((toast) => sentence.test(toast)) ? true : undefined), {
      what: `a toast that says ${sentence}`,
    });
  }

  it('names the language that is off, with the setting', async () => {
    const { workbench } = session;
    await workbench.openFile('README.md');
    await workbench.press('Control+End');
    await workbench.type('The boats are ');
    assert.ok(await staysSilent(workbench.page));
    await told(/Completions are off for markdown/);
    await workbench.shoot('why-language');
    await workbench.page.getByRole('button', { name: 'Open the Setting' }).click();
    const settings = workbench.page.locator('.settings-editor');
    await settings.waitFor();
    await workbench.shoot('why-setting');
    await workbench.press('Escape');
    await settings.waitFor({ state: 'hidden' });
  });

  it('is silent with several cursors, and says so', async () => {
    const { workbench } = session;
    await typeUnfinished(session, { file: copies.cursors, typed: 'ret' });
    await workbench.command('Add Cursor Below');
    await workbench.type('u');
    assert.ok(await staysSilent(workbench.page));
    await told(/several cursors/);
  });

  it('is silent while undoing, and comes again with the next key', async () => {
    const { workbench } = session;
    await ghostAfter(session, { file: copies.undo, typed: 'return ' });
    await workbench.press('Control+Z');
    assert.ok(await staysSilent(workbench.page));
    // What was undone is the blank.
    await workbench.type(' ');
    await waitGhost(workbench.page);
  });

  it('offers another with Alt+] on request', async () => {
    const { workbench } = session;
    const first = await ghostAfter(session, { file: copies.next, typed: 'return ' });
    await workbench.press('Alt+]');
    const other = await waitGhost(workbench.page, (text) => text !== '' && text !== first);
    await workbench.press('Alt+[');
    assert.equal(await waitGhost(workbench.page, (text) => text === first), first);
    assert.notEqual(other, first);
  });

  it('measures on the workspace and shows what it found', async () => {
    const { workbench } = session;
    await workbench.command('Minnow: Measure on This Workspace');
    await workbench.page.locator('.tab.active', { hasText: 'Measurement' }).waitFor({ timeout: 110_000 });
    assert.match(await workbench.editor().innerText(), /typescript/);
    await workbench.shoot('why-measure');
  });
});
