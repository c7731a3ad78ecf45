/** Minnow speaks the language that VS Code is shown in. VS Code's own words stay English here: its language packs are not on npm. */
import assert from 'node:assert/strict';
import { ChatPanel } from './lib/chatPanel';
import { shootFailures } from './lib/failures';
import { openSession, type Session } from './lib/session';

describe('in Simplified Chinese', () => {
  let session: Session;
  before('start a workbench', async () => {
    session = await openSession('language', {
      // What a language pack's file sets in the web workbench; from there the language goes to the extension host.
      beforeLoad: async (page) => {
        await page.addInitScript("globalThis._VSCODE_NLS_LANGUAGE = 'zh-cn'");
      },
    });
    await session.workbench.ready();
    await session.workbench.status('已休眠').waitFor({ timeout: 60_000 });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  it('shows the menu of the status bar', async () => {
    const { workbench } = session;
    await workbench.status('已休眠').click();
    const rows = workbench.quickInput().locator('.monaco-list-row');
    await rows.getByText('为什么没有建议？').first().waitFor();
    await workbench.shoot('language-menu');
    const menu = await rows.allInnerTexts();
    assert.ok(menu.length > 5);
    for (const row of menu) assert.match(row, /\p{Script=Han}/u);
    await workbench.press('Escape');
  });

  it('names commands in the palette, and opens the chat in it', async () => {
    const { workbench } = session;
    await workbench.command('Minnow: 打开聊天');
    const chat = await ChatPanel.find(workbench);
    assert.equal(await chat.input.getAttribute('placeholder'), '询问有关代码的问题');
    assert.equal(await chat.frame.locator('html').getAttribute('lang'), 'zh-cn');
    assert.doesNotMatch(await chat.frame.locator('body').innerText(), /[a-z]+ [a-z]+ [a-z]+/);
    await workbench.shoot('language-chat');
  });

  it('describes its settings', async () => {
    const { workbench } = session;
    await workbench.command('Preferences: Open User Settings');
    const settings = workbench.page.locator('.settings-editor');
    await settings.locator('.monaco-editor .view-lines').first().waitFor();
    await workbench.type('@ext:minnow.minnow');
    await settings.getByText('在注释中键入时显示补全。').first().waitFor();
    await workbench.shoot('language-settings');
  });
});
