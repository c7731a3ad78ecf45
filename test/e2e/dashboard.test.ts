/** The dashboard as a user meets it: what was just accepted is in it, and goes when it is reset. */
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { dashboardPage } from './lib/dashboardPage';
import { shootFailures } from './lib/failures';
import { openReadySession, type Session } from './lib/session';
import { ghostAfter } from './lib/typing';
import { until } from './lib/until';

const copy = 'src/counts.ts';

describe('dashboard', () => {
  let session: Session;
  before('start a workbench', async () => {
    session = await openReadySession('dashboard', {
      prepareFolder: (folder) => copyFileSync(path.join(folder, 'src/point.ts'), path.join(folder, copy)),
    });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  it('says that nothing was counted, before anything was', async () => {
    const { workbench } = session;
    await workbench.command('Minnow: Show Dashboard');
    const dashboard = await dashboardPage(session.workbench);
    await dashboard.getByText('Nothing was counted yet').waitFor();
    await workbench.shoot('dashboard-empty');
  });

  it('shows what was accepted, how fast it came, and how much memory that took', async () => {
    const { workbench } = session;
    await ghostAfter(session, { file: copy, typed: 'return ' });
    await workbench.press('Tab');
    await workbench.type(' ');
    await workbench.command('Minnow: Show Dashboard');
    const dashboard = await dashboardPage(session.workbench);
    const row = dashboard.locator('[data-chart=acceptance] tbody tr', { hasText: 'typescript' });
    await row.waitFor({ state: 'attached' });
    assert.match((await row.locator('td').first().textContent()) ?? '', /^[1-9]\d*$/);
    await dashboard.locator('[data-chart=speed] canvas').waitFor();
    assert.match(await dashboard.locator('.figures').innerText(), /\d+ ms/);
    await workbench.shoot('dashboard-counted');
  });

  it('has lost nothing when the window was closed at once', async () => {
    const { workbench } = session;
    const accepted = async (): Promise<number> => {
      const row = (await dashboardPage(workbench)).locator('[data-chart=acceptance] tbody tr', {
        hasText: 'typescript',
      });
      return Number(await row.locator('td').first().textContent());
    };
    const before = await accepted();
    await ghostAfter(session, { file: copy, typed: 'return ' });
    await workbench.press('Tab');
    await workbench.type(' ');
    await workbench.command('Developer: Reload Window');
    await workbench.ready();
    await workbench.command('Minnow: Show Dashboard');
    const isThere = async (): Promise<true | undefined> => ((await accepted()) > before ? true : undefined);
    await until(isThere, { timeout: 30_000, what: 'what was accepted before the window was closed' });
  });

  it('is empty again when it was reset, which is asked first', async () => {
    const { workbench } = session;
    const dashboard = await dashboardPage(session.workbench);
    await dashboard.getByRole('button', { name: 'Reset…' }).click();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    await workbench.shoot('dashboard-reset');
    await dialog.getByRole('button', { name: 'Reset' }).click();
    await dashboard.getByText('Nothing was counted yet').waitFor();
  });
});
