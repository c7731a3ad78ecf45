/** The first minute of a new user, and what the status bar says and offers. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { shootFailures } from './lib/failures';
import { staysSilent, waitGhost, waitNoGhost } from './lib/ghost';
import { findServers } from './lib/processes';
import { openReadySession, openSession, type Session } from './lib/session';
import { typeUnfinished } from './lib/typing';

const themes = { vs: 'Default Light Modern', 'vs-dark': 'Default Dark Modern', 'hc-black': 'Default High Contrast' };
const steps = ['first', 'promise', 'ask', 'model', 'status'];

describe('the first minute', () => {
  let session: Session;
  before('start a workbench', async () => {
    session = await openSession('start');
    await session.workbench.ready();
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  const page = () => session.workbench.page;
  const step = (id: string) => page().locator(`.getting-started-step[data-step-id$="#${id}"]`);

  it('finds no model at work yet, as there is no code to complete', async () => {
    await session.workbench.status('not loaded').waitFor({ timeout: 60_000 });
    assert.deepEqual(findServers(session.extension), []);
  });

  it('begins where the person asks for it, and nowhere else', async () => {
    const { workbench } = session;
    assert.equal(await page().locator('.gettingStartedContainer').count(), 0);
    await workbench.command('Minnow: Get Started');
    await step('first').waitFor();
    for (const id of steps) assert.equal(await step(id).count(), 1, id);
    assert.equal(await step('first').locator('.codicon-getting-started-step-unchecked:visible').count(), 1);
    await workbench.shoot('start-opened');
  });

  it('shows a suggestion in a prepared file at a button, and Tab takes it', async () => {
    const { workbench } = session;
    await step('first').getByText('Try It in a Prepared File').click();
    const ghost = await waitGhost(page(), undefined, 30_000);
    await workbench.shoot('start-ghost');
    await workbench.press('Tab');
    await waitNoGhost(page());
    const text = (await workbench.editor().innerText()).replaceAll('\u00a0', ' ');
    const taken = ghost.split('\n')[0]?.trim() ?? '';
    assert.match(taken, /number/, 'it is about the loop');
    assert.ok(text.includes(taken), text);
    await workbench.shoot('start-taken');
  });

  it('has its first step checked then', async () => {
    await session.workbench.command('Minnow: Get Started');
    await step('first').locator('.codicon-getting-started-step-checked:visible').waitFor();
    assert.equal(await step('promise').locator('.codicon-getting-started-step-checked:visible').count(), 0);
  });

  it('has pictures in the colours of the theme', async () => {
    const { workbench, folder } = session;
    mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    for (const [mark, theme] of Object.entries(themes)) {
      writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
      await page().locator(`.monaco-workbench.${mark}`).waitFor();
      for (const id of steps) {
        await step(id).locator('.step-title').first().click();
        await page().waitForTimeout(900);
        await workbench.shoot(`start-${mark}-${id}`);
      }
    }
  });
});

describe('the status bar', () => {
  let session: Session;
  before('start a workbench', async () => {
    session = await openReadySession('status');
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  it('tells of a pause, which holds over a reload, and of its end', async () => {
    const { workbench } = session;
    await workbench.command('Minnow: Pause Completions…');
    await workbench.pick('30', 'For 30 minutes');
    await workbench.status('paused: Completions are paused until').waitFor();
    await typeUnfinished(session, { file: 'src/point.ts', typed: 'return ' });
    assert.ok(await staysSilent(workbench.page), 'nothing comes while it is paused');
    await workbench.shoot('status-paused');
    await workbench.press('Alt+\\');
    await waitGhost(workbench.page);
    await workbench.press('Control+S');
    await workbench.page.reload({ waitUntil: 'domcontentloaded' });
    await workbench.ready();
    await workbench.status('paused').waitFor({ timeout: 60_000 });
    await workbench.command('Minnow: Resume Completions');
    await workbench.status('ready').waitFor({ timeout: 60_000 });
    await workbench.openFile('src/point.ts');
  });

  it('has a menu that keys go through: pause and go on', async () => {
    const { workbench } = session;
    const rows = workbench.quickInput().locator('.monaco-list-row');
    await workbench.command('Minnow: Show Menu');
    await rows.first().waitFor();
    const seen = (await rows.allInnerTexts()).join('\n');
    await workbench.shoot('status-menu');
    for (const word of [
      /Why no suggestion\?/,
      /Pause for 5 minutes/,
      /Turn completions off/,
      /Turn off for typescript/,
    ])
      assert.match(seen, word);
    await workbench.type('Pause for 5');
    await workbench.press('Enter');
    await workbench.status('paused').waitFor();
    await workbench.command('Minnow: Show Menu');
    await rows.first().waitFor();
    await workbench.shoot('status-menu-paused');
    await workbench.type('Resume compl');
    await workbench.press('Enter');
    await workbench.status('ready').waitFor();
  });

  it('offers to go on, where somebody asks why nothing comes in a pause', async () => {
    const { workbench } = session;
    await workbench.command('Minnow: Pause Completions…');
    await workbench.pick('Until', 'Until tomorrow');
    await workbench.status('paused').waitFor();
    await workbench.command('Minnow: Why No Suggestion?');
    await workbench.page.getByRole('button', { name: 'Resume Completions' }).click();
    await workbench.status('ready').waitFor();
  });

  it('says why nothing comes here, and the menu says the same', async () => {
    const { workbench } = session;
    await workbench.openFile('README.md');
    await workbench.status('off here: Completions are off for markdown').waitFor();
    await workbench.shoot('status-off');
    await workbench.command('Minnow: Show Menu');
    await workbench.quickInput().getByText('Why no suggestion?').waitFor();
    assert.match(await workbench.quickInput().innerText(), /Why no suggestion\?\s*Completions are off for markdown\./);
    await workbench.press('Escape');
  });

  it('follows the language of a new document', async () => {
    const { workbench } = session;
    await workbench.command('File: New Untitled Text File');
    await workbench.status('off here: Completions are off for plaintext').waitFor();
    await workbench.command('Change Language Mode');
    await workbench.pick('typescript', 'TypeScript');
    await workbench.status('ready').waitFor();
  });

  it('says that the editor itself shows none', async () => {
    const { workbench, folder } = session;
    await workbench.openFile('src/point.ts');
    mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    const settings = path.join(folder, '.vscode/settings.json');
    writeFileSync(settings, JSON.stringify({ 'editor.inlineSuggest.enabled': false }));
    await workbench.status('off here: The editor shows no suggestions').waitFor();
    writeFileSync(settings, '{}');
    await workbench.status('ready').waitFor();
  });
});

describe('saving power', () => {
  let session: Session;
  before('start a workbench', async () => {
    session = await openReadySession('saving', { settings: { 'minnow.power.saving': 'always' } });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  it('is told in the status bar; suggestions still come, one line long', async () => {
    const { workbench } = session;
    await workbench.status('ready, saving power').waitFor();
    await workbench.shoot('status-saving');
    await typeUnfinished(session, { file: 'src/basket.js', typed: 'total += ' });
    const ghost = await waitGhost(workbench.page);
    assert.equal(ghost.trim().split('\n').length, 1, ghost);
  });
});
