/** Settings as a user meets them: those that were written wrong by hand cost nothing and are told, and descriptions lead to commands. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { shootFailures } from './lib/failures';
import { artifacts } from './lib/places';
import { openReadySession, type Session } from './lib/session';

const wrong = {
  'minnow.engine.threads': 'many',
  'minnow.engine.contextSize': -5,
  'minnow.completion.languages': ['python'],
  'minnow.model.adapters': { some: 3 },
  'minnow.chat.temperature': null,
  // Newer builds open settings over everything else.
  'workbench.editor.useModal': 'off',
};

describe('settings', () => {
  let session: Session;
  const file = path.join(artifacts, 'settings/profile/user-data/User/settings.json');
  before('start a workbench with wrong settings', async () => {
    session = await openReadySession('settings', { settings: wrong });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  it('that are wrong stop nothing, and do not pop up', async () => {
    await session.workbench.shoot('settings-wrong');
    assert.deepEqual(await session.workbench.toasts(), []);
  });

  it('are told when they have just been written wrong, and shown by a button', async () => {
    const { workbench } = session;
    const { page } = workbench;
    await workbench.command('Preferences: Open User Settings (JSON)');
    await page.locator('.view-line', { hasText: 'workbench.startupEditor' }).first().click();
    await workbench.idle();
    const text = JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), 'minnow.power.saving': 'sometimes' });
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await workbench.press('Control+A');
    await workbench.press('Control+V');
    await workbench.press('Control+S');
    const toast = page.locator('.notifications-toasts .notification-list-item', { hasText: 'minnow.power.saving' });
    await toast.waitFor({ timeout: 20_000 });
    assert.match(await toast.innerText(), /cannot be "sometimes"\. "auto" is used instead\./);
    await toast.getByRole('button', { name: 'Open the Settings' }).click();
    await page.locator('.settings-editor .setting-item-title', { hasText: 'Saving' }).waitFor();
    await session.workbench.shoot('settings-told');
  });

  it('lead from their descriptions to what sets them', async () => {
    const { workbench } = session;
    await workbench.command('Preferences: Open Settings (UI)');
    await workbench.page.keyboard.type('@ext:minnow.minnow show dashboard');
    await workbench.page.locator('.settings-editor a', { hasText: 'Show Dashboard' }).first().click();
    await workbench.page.locator('.tab.active', { hasText: 'Minnow Dashboard' }).waitFor();
  });
});
