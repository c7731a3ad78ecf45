/** What is done with questions and answers: applied, tried again, changed, exported, found again, deleted and brought back. By keys where there are any. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chatModelFor } from '../support/chatModel';
import { ChatPanel, useModel } from './lib/chatPanel';
import { comparison, isOver, says } from './lib/editing';
import { shootFailures } from './lib/failures';
import { write } from './lib/gitProject';
import { keptFiles, lastKept } from './lib/keptChats';
import { openReadySession, type Session } from './lib/session';
import { until } from './lib/until';

const settings = { 'minnow.chat.temperature': 0, 'window.zoomLevel': 0 };
const themes = [
  ['Default Light Modern', 'vs'],
  ['Default Dark Modern', 'vs-dark'],
  ['Default High Contrast', 'hc-black'],
  ['Default High Contrast Light', 'hc-light'],
] as const;
const CODE = 'Write a JavaScript function add(a, b) that adds two numbers. Answer with one code block.';

describe('chat in use', () => {
  let session: Session;
  let panel: ChatPanel;
  before('start a workbench with a model that chats', async function () {
    const model = await chatModelFor(this);
    session = await openReadySession('chatUse', { settings });
    panel = await ChatPanel.open(session.workbench);
    await useModel(session.workbench, panel, model);
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  const history = () => panel.frame.getByRole('dialog');

  it('applies code to a file only after the difference was seen', async () => {
    const { workbench, folder } = session;
    write(folder, 'sums.js', 'function add(a, b) {\n  return 0;\n}\n');
    await workbench.openFile('sums.js');
    await panel.chip('sums.js').waitFor();
    await panel.ask(CODE);
    await panel.settled();
    const block = panel.lastAnswer.locator('.code').first();
    await block.hover();
    await block.getByRole('button', { name: 'Apply to File' }).click();
    await comparison(workbench).waitFor({ timeout: 20_000 });
    await says(workbench, '1 change');
    await workbench.shoot('chat-apply');
    assert.equal(readFileSync(path.join(folder, 'sums.js'), 'utf8'), 'function add(a, b) {\n  return 0;\n}\n');
    await workbench.command('Minnow: Accept All Changes');
    await isOver(workbench);
    await workbench.page.locator('.tab.active.dirty[data-resource-name="sums.js"]').waitFor();
    await workbench.press('Control+S');
    const saved = () => readFileSync(path.join(folder, 'sums.js'), 'utf8');
    await until(() => (saved().includes('return 0') ? undefined : true), { what: 'the code in the file' });
    assert.match(saved(), /^function add\(a, b\) \{\n {2}return a \+ b;\n\}\n$/);
  });

  it('tries again, and asks a changed question in place of the old one', async () => {
    const { workbench } = session;
    await panel.newChat();
    await panel.ask('What is the sea?');
    await panel.settled();
    await panel.lastAnswer.getByRole('button', { name: 'Try Again' }).click();
    await panel.streams();
    await panel.settled();
    assert.equal(await panel.answers.count(), 1);
    const question = panel.frame.locator('article.question').last();
    await question.hover();
    await question.getByRole('button', { name: 'Edit the Question' }).click();
    // Not by Ctrl+A, which a webview hears twice: from the key, and from the workbench a moment later.
    await panel.frame.locator('article.question .editor textarea').fill('What is a lake?');
    await workbench.press('Enter');
    await until(async () => ((await question.innerText()).includes('lake') ? true : undefined), {
      what: 'the question',
    });
    await panel.streams();
    await panel.settled();
    assert.equal(await panel.answers.count(), 1);
    assert.equal(lastKept(session)?.question.text, 'What is a lake?');
  });

  it('exports a conversation as Markdown', async () => {
    const { workbench } = session;
    await workbench.command('Minnow: Export Chat as Markdown');
    await until(async () => (/What\sis\sa\slake/.test(await workbench.editor().innerText()) ? true : undefined), {
      what: 'the document',
    });
    await workbench.command('View: Revert and Close Editor');
  });

  it('is searched, deleted and brought back by keys; a new chat closes the history', async () => {
    const { workbench } = session;
    await workbench.command('Minnow: Chat History');
    await history().locator('input:focus').waitFor();
    await workbench.type('lake');
    const row = history().getByText('What is a lake?').first();
    await row.waitFor();
    await until(async () => ((await history().locator('.past li').count()) === 1 ? true : undefined), {
      what: 'one row',
    });
    const before = keptFiles(session).length;
    await workbench.press('ArrowDown');
    await workbench.press('Delete');
    await history().getByText('“What is a lake?” was deleted.').waitFor();
    await until(() => (keptFiles(session).length === before - 1 ? true : undefined), { what: 'its file to be gone' });
    await workbench.shoot('chat-history-undo');
    await history().getByRole('button', { name: 'Undo' }).press('Enter');
    await row.waitFor();
    await until(() => (keptFiles(session).length === before ? true : undefined), {
      what: 'its file to be there again',
    });
    await workbench.command('Minnow: New Chat');
    await history().waitFor({ state: 'hidden' });
    await panel.frame.locator('textarea#input:focus').waitFor();
    await workbench.idle();
    await workbench.command('Minnow: Chat History');
    await history().getByText('Write a JavaScript function').first().click();
    await panel.frame.locator('.code').first().waitFor();
  });

  for (const [theme, mark] of themes)
    it(`is legible in a narrow panel and large text: ${theme}`, async () => {
      const { workbench, folder } = session;
      await workbench.page.setViewportSize({ width: 900, height: 900 });
      write(folder, '.vscode/settings.json', JSON.stringify({ 'workbench.colorTheme': theme }));
      await workbench.page.locator(`.monaco-workbench.${mark}`).waitFor();
      await panel.frame.evaluate("document.body.style.zoom = '1.6'");
      const wide = await panel.frame.evaluate('document.documentElement.scrollWidth > innerWidth + 1');
      await workbench.shoot(`chat-narrow-${theme.replaceAll(' ', '-')}`);
      assert.equal(wide, false, 'nothing is cut off at the side');
    });
});
