/** Questions in the side panel, answered by a real small model: asked, streamed, stopped, followed up, used, kept. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chatModelFor } from '../support/chatModel';
import { ChatPanel } from './lib/chatPanel';
import { shootFailures } from './lib/failures';
import { waitGhost } from './lib/ghost';
import { findAllBelow } from './lib/processes';
import { openReadySession, type Session } from './lib/session';
import { typeUnfinished } from './lib/typing';
import { until } from './lib/until';

const themes = [
  ['dark', 'Default Dark Modern', 'vs-dark'],
  ['light', 'Default Light Modern', 'vs'],
  ['contrast', 'Default High Contrast', 'hc-black'],
] as const;
/** Greedy, so that the small model says the same each time. */
const settings = { 'minnow.chat.temperature': 0, 'workbench.secondarySideBar.defaultVisibility': 'hidden' };
const LONG = 'Write a long story about a fish who learns to code, with many chapters.';

describe('chat', () => {
  let session: Session;
  let panel: ChatPanel;
  let model: string;
  before('start a workbench', async function () {
    model = await chatModelFor(this);
    session = await openReadySession('chat', {
      settings,
      prepareFolder: (folder) => writeFileSync(path.join(folder, 'added.js'), '// sums\n'),
    });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  it('says what to do while there is no model for it, and offers one with its size', async () => {
    panel = await ChatPanel.open(session.workbench);
    await panel.frame.getByText('Choose a Model').first().waitFor();
    await panel.frame.getByText(/\d+ MB; needs/).waitFor({ timeout: 40_000 });
    await session.workbench.shoot('chat-no-model');
  });

  it('answers once a model is chosen, word by word', async () => {
    const { workbench } = session;
    await workbench.command('Minnow: Add a Model…');
    await workbench.pick(model, `Use ${model}`);
    await workbench.pick('', 'Chat and edits');
    await panel.frame.locator('.notice').waitFor({ state: 'hidden', timeout: 60_000 });
    await workbench.openFile('src/point.ts');
    await panel.ask('Write a JavaScript function add(a, b) that adds two numbers. Answer with one code block.');
    await panel.streams();
    const answer = await panel.settled();
    assert.match(answer, /add\s*\(a/);
    await panel.lastAnswer.locator('.code').first().waitFor();
    await workbench.shoot('chat-answer');
    assert.match(await panel.lastAnswer.innerText(), /\d+ tokens per second/, 'tells how fast it was');
    // It is measured once it is chosen, and says so.
    assert.deepEqual(
      (await workbench.toasts()).filter((each) => !each.startsWith('Measuring')),
      [],
    );
  });

  it('inserts a code block at the cursor, as one step to undo', async () => {
    const { workbench, folder } = session;
    const file = path.join(folder, 'added.js');
    writeFileSync(file, '// sums\n');
    await workbench.openFile('added.js');
    await workbench.command('File: Revert File');
    await workbench.page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
    await workbench.press('Control+End');
    const block = panel.lastAnswer.locator('.code').first();
    const code = (await block.locator('pre').innerText()).trim();
    await block.hover();
    await block.getByRole('button', { name: 'Insert' }).click();
    await workbench.editor().getByText('add').first().waitFor();
    await workbench.command('File: Save');
    // The language server of the new file may be starting just now, and a save waits for it.
    const saved = await until(() => changed(file, '// sums\n'), { timeout: SAVE_MS, what: 'the block on the disk' });
    assert.equal(saved.replaceAll(/\s+/g, ''), `// sums${code}`.replaceAll(/\s+/g, ''));
    await workbench.editor().click();
    await workbench.page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
    await workbench.press('Control+Z');
    await workbench.command('File: Save');
    const isUndone = (): true | undefined => (readFileSync(file, 'utf8') === '// sums\n' ? true : undefined);
    await until(isUndone, { timeout: SAVE_MS, what: 'one undo step' });
  });

  it('stops at once, keeps what has arrived, and answers a follow-up', async () => {
    await panel.ask(LONG);
    await panel.streams();
    await session.workbench.press('Escape');
    const stopped = await panel.settled(5_000);
    assert.ok(stopped.length > 0);
    await panel.ask('What is 2 + 2?');
    await panel.settled();
    assert.ok((await panel.texts()).includes(stopped), 'what was stopped stays');
    await session.workbench.shoot('chat-follow-up');
  });

  it('lets ghost text come while an answer is written', async () => {
    const { workbench } = session;
    await panel.ask(LONG);
    await panel.streams();
    await typeUnfinished(session, { file: 'src/basket.js', typed: 'return ' });
    await workbench.press('Alt+\\');
    await waitGhost(workbench.page);
    await workbench.shoot('chat-and-ghost-text');
    await workbench.press('Escape');
    const { length } = await panel.answerText();
    await until(async () => ((await panel.answerText()).length > length ? true : undefined), {
      timeout: 20_000,
      what: 'the answer to go on after the typing',
    });
    await workbench.command('File: Revert File');
  });

  it('keeps what has arrived when its process dies, and goes on when asked to', async () => {
    const { server } = session;
    const pids = findAllBelow(server.pid, 'dist/server.js').filter(isChat);
    assert.equal(pids.length, 1);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    const goOn = panel.lastAnswer.getByRole('button', { name: 'Continue' });
    await goOn.waitFor({ timeout: 10_000 });
    const { length } = await panel.answerText();
    assert.ok(length > 0);
    await session.workbench.shoot('chat-broken');
    await goOn.click();
    await until(async () => ((await panel.answerText()).length > length ? true : undefined), {
      timeout: 60_000,
      what: 'the answer to go on',
    });
    await panel.frame.locator('button.stop').click();
    await panel.settled(5_000);
  });

  it('is there again after a reload, and in the history', async () => {
    const { workbench } = session;
    const before = await panel.settledTexts();
    await workbench.page.reload({ waitUntil: 'domcontentloaded' });
    await workbench.ready();
    panel = await ChatPanel.open(workbench);
    await until(async () => ((await panel.answers.count()) > 0 ? true : undefined), { what: 'the conversation' });
    assert.deepEqual(await panel.settledTexts(), before);
    await workbench.command('Minnow: New Chat');
    await until(async () => ((await panel.answers.count()) === 0 ? true : undefined), { what: 'an empty chat' });
    await workbench.command('Minnow: Chat History');
    await panel.frame.getByRole('dialog').getByText('Write a JavaScript function').first().click();
    await until(async () => ((await panel.answers.count()) > 0 ? true : undefined), { what: 'the conversation' });
    assert.deepEqual(await panel.settledTexts(), before);
  });

  for (const [name, theme, mark] of themes)
    it(`is drawn in ${name}`, async () => {
      const { workbench, folder } = session;
      mkdirSync(path.join(folder, '.vscode'), { recursive: true });
      writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
      await workbench.page.locator(`.monaco-workbench.${mark}`).waitFor();
      await panel.frame.locator('article.question').first().scrollIntoViewIfNeeded();
      await workbench.shoot(`chat-theme-${name}`);
    });
});

/** How long a save may take, in milliseconds. */
const SAVE_MS = 60_000;

function changed(file: string, from: string): string | undefined {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : from;
  return text === from ? undefined : text;
}

function isChat(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--job=chat');
}
