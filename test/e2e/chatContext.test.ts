/** What a question is about: named by keyboard, dropped, seen in the editor; and what must never reach the model. */
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chatModelFor } from '../support/chatModel';
import { ChatPanel, useModel } from './lib/chatPanel';
import { shootFailures } from './lib/failures';
import { IGNORED, makeRepository, SECRET, write } from './lib/gitProject';
import { keptFiles, keptPrompt, lastKept, shownToModel } from './lib/keptChats';
import { openReadySession, type Session } from './lib/session';
import { until } from './lib/until';

const settings = { 'minnow.chat.temperature': 0, 'git.enabled': true, 'git.openRepositoryInParentFolders': 'always' };

describe('what a question is about', () => {
  let session: Session;
  let panel: ChatPanel;
  before('start a workbench with a model that chats', async function () {
    const model = await chatModelFor(this);
    session = await openReadySession('chatContext', { settings, prepareFolder: writeProject });
    panel = await ChatPanel.open(session.workbench);
    await useModel(session.workbench, panel, model);
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  /** Asks, waits until it is kept what the model was given, and stops the answer. */
  async function given(question: string) {
    await panel.ask(question);
    const kept = await keptPrompt(session, question);
    await session.workbench.press('Escape');
    await panel.settled(20_000);
    const text = shownToModel(kept);
    assert.ok(!text.includes(SECRET) && !text.includes(IGNORED), `nothing that is nobody's context: ${text}`);
    return { ...kept, text, notes: lastKept(session)?.answer.notes ?? [] };
  }

  /** Opens the lightbulb's menu, once the editor knows what to put there. */
  async function fromLightbulb(title: string, shot?: string): Promise<void> {
    const { workbench } = session;
    const row = workbench.page.locator('.action-widget').getByText(title);
    const opened = async () => {
      await workbench.press('Control+.');
      const shown = row.waitFor({ timeout: 3_000 });
      return shown.then(
        () => true,
        () => undefined,
      );
    };
    await until(opened, { timeout: 30_000, what: `${title} in the lightbulb's menu` });
    if (shot) await workbench.shoot(shot);
    await row.click();
  }

  it('is the code in sight, until its chip is removed by keyboard', async () => {
    const { workbench } = session;
    await workbench.openFile('src/point.ts');
    await panel.chip('point.ts:').waitFor();
    assert.match((await given('What is this?')).text, /distanceTo/);
    await panel.frame.locator('article.question').last().getByText('point.ts:').waitFor();
    await panel.input.click();
    await workbench.press('Shift+Tab');
    await workbench.press('Delete');
    await panel.chip('point.ts:').waitFor({ state: 'hidden' });
    await workbench.press('Escape');
    const without = await given('And what else?');
    assert.deepEqual(without.prompt.context, []);
    await panel.chip('point.ts:').waitFor();
  });

  it('is a file that is chosen behind @ by keyboard', async () => {
    const { workbench } = session;
    await panel.newChat();
    await panel.type('@fi');
    await panel.suggestion('@file').waitFor();
    await workbench.press('Enter');
    await workbench.type('booking');
    await panel.suggestion('booking.go').waitFor();
    await workbench.shoot('chat-suggestions');
    await workbench.press('Enter');
    assert.equal(await panel.input.inputValue(), '@file:service/booking.go ');
    const asked = await given('what is it for?');
    assert.equal(asked.question.text, '@file:service/booking.go what is it for?');
    assert.match(asked.prompt.text, /^service\/booking.go what is it for/);
    assert.ok(asked.prompt.context.some(({ title }) => title === 'service/booking.go'));
  });

  it('is a folder, of which secrets and what git ignores stay away', async () => {
    await panel.newChat();
    const { prompt } = await given('@folder:src What lies here? ');
    assert.ok(prompt.context.some(({ title, text }) => title === 'Folder src' && text.includes('basket.js')));
    await given('@folder:ignored And here? ');
    assert.match((lastKept(session)?.answer.notes ?? []).join(), /ignored/);
  });

  it('is the project, searched, without secrets and what git ignores', async () => {
    await panel.newChat();
    const { prompt, text } = await given(
      '@workspace Where is the middle of the harbour map computed? BOATHOUSE_API_KEY ',
    );
    assert.ok(
      prompt.context.some(({ title }) => title.startsWith('src/point.ts')),
      text,
    );
  });

  it('is what has changed, without the changes of secrets', async () => {
    await panel.newChat();
    appendFileSync(path.join(session.folder, 'notes.txt'), 'The tide is high.\n');
    appendFileSync(path.join(session.folder, '.env'), 'NEW_SECRET=changed-secret\n');
    await session.workbench.command('Git: Refresh');
    const { text, notes } = await given('@changes What changed? ');
    assert.match(text, /\+The tide is high\./);
    assert.ok(!text.includes('changed-secret'));
    assert.match(notes.join(), /may hold secrets: \.env/);
  });

  it('is what the editor has found wrong', async () => {
    const { workbench } = session;
    await panel.newChat();
    await workbench.openFile('wrong.ts');
    await workbench.page.locator('.squiggly-error').first().waitFor({ timeout: 40_000 });
    const { text } = await given('@problems What is wrong? ');
    assert.match(text, /not assignable/);
  });

  it('is what is selected in the terminal, and says so when nothing is', async () => {
    const { workbench } = session;
    await panel.newChat();
    assert.match((await given('@terminal What is this? ')).notes.join(), /no selection/);
    await workbench.command('Terminal: Create New Terminal');
    await workbench.page.locator('.terminal-wrapper.active .xterm-screen').waitFor();
    await workbench.page.waitForTimeout(1_500);
    await workbench.type('echo tide-$((40+2))\n');
    await workbench.page.waitForTimeout(1_000);
    await workbench.command('Terminal: Select All');
    await workbench.command('Minnow: Ask Minnow About the Terminal Selection');
    await panel.chip('Terminal').waitFor();
    assert.match((await given('What is this output?')).text, /tide-42/);
    await workbench.command('View: Toggle Panel Visibility');
  });

  it('is a slash command with what it takes, and a prompt file of the project', async () => {
    const { workbench } = session;
    await panel.newChat();
    await workbench.openFile('wrong.ts');
    // The language server of a window that has just been opened takes its time.
    await workbench.page.locator('.squiggly-error').first().waitFor({ timeout: 40_000 });
    assert.match((await given('/fix ')).text, /Find what is wrong[\s\S]*not assignable/);
    await panel.newChat();
    await panel.type('/tid');
    await panel.suggestion('/tide').waitFor();
    await panel.frame.getByText('Asks for the tide').waitFor();
    await workbench.press('Tab');
    const { text } = await given('now');
    assert.match(text, /Tell the tide of wrong\.ts/);
    assert.match(text, /now/);
  });

  it('is what is dropped on the page', async () => {
    await panel.newChat();
    await panel.drop(`file://${path.join(session.folder, 'service/Inventory.cs')}`);
    await panel.chip('Inventory.cs').waitFor();
    assert.match((await given('What is this?')).text, /service\/Inventory\.cs/);
  });

  it('comes from the menus of editor and explorer', async () => {
    const { workbench } = session;
    await panel.newChat();
    await workbench.page
      .locator('.explorer-viewlet .monaco-list-row')
      .getByText('notes.txt')
      .click({ button: 'right' });
    // By key: a menu takes no click in the moment that it opens.
    await workbench.page.getByRole('menuitem', { name: 'Ask Minnow' }).hover();
    await workbench.press('Enter');
    await panel.chip('notes.txt').waitFor();
    await workbench.openFile('src/basket.js', { line: 2, column: 1 });
    await workbench.press('Shift+ArrowDown');
    await workbench.press('Control+L');
    await panel.chip('basket.js:2').waitFor();
    await workbench.shoot('chat-chips');
  });

  it('comes from the lightbulb: on a selection and on a problem', async () => {
    const { workbench } = session;
    await panel.newChat();
    await workbench.openFile('src/point.ts', { line: 16, column: 3 });
    await workbench.press('Shift+ArrowDown');
    await workbench.press('Shift+ArrowDown');
    await fromLightbulb('Explain with Minnow', 'chat-code-actions');
    const explained = await keptPrompt(session, '/explain');
    assert.match(shownToModel(explained), /add\(other: Point\)/);
    await panel.stop();
    await workbench.openFile('wrong.ts', { line: 2, column: 8 });
    await workbench.page.locator('.squiggly-error').first().waitFor();
    await panel.newChat();
    await workbench.press('Control+1');
    await fromLightbulb('Explain this problem with Minnow');
    const told = () => {
      const last = lastKept(session);
      return last && /not assignable/.test(shownToModel(last)) ? true : undefined;
    };
    await until(told, { timeout: 60_000, what: 'the problem in the prompt' });
    await panel.stop();
  });

  it('never brought a secret or what git ignores to any model', () => {
    const files = keptFiles(session);
    assert.ok(files.length > 5);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      assert.ok(!text.includes(SECRET) && !text.includes('changed-secret') && !text.includes(IGNORED), file);
    }
  });
});

function writeProject(folder: string): void {
  write(
    folder,
    '.minnow/prompts/tide.md',
    '---\ndescription: Asks for the tide\n---\nTell the tide of {{file}}. @file:.env\n',
  );
  write(folder, 'wrong.ts', "export function size(): number {\n  const width: number = 'wide';\n  return width;\n}\n");
  makeRepository(folder);
}
