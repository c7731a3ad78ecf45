/** The dashboard as a user meets it: what was just accepted is in it, and goes when it is reset. */
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
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

  /** The page of the dashboard, once it is drawn. */
  function page(): Promise<Frame> {
    const find = async (): Promise<Frame | undefined> => {
      for (const frame of session.workbench.page.frames()) {
        // Frames come and go while the workbench draws.
        const found = await frame
          .locator('#dashboard[data-drawn]')
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
      return undefined;
    };
    return until(find, { timeout: 30_000, what: 'the page of the dashboard' });
  }

  it('says that nothing was counted, before anything was', async () => {
    const { workbench } = session;
    await workbench.command('Minnow: Show Dashboard');
    const dashboard = await page();
    await dashboard.getByText('Nothing was counted yet').waitFor();
    await workbench.shoot('dashboard-empty');
  });

  it('shows what was accepted, how fast it came, and how much memory that took', async () => {
    const { workbench } = session;
    await ghostAfter(session, { file: copy, typed: 'return ' });
    await workbench.press('Tab');
    await workbench.type(' ');
    await workbench.command('Minnow: Show Dashboard');
    const dashboard = await page();
    const row = dashboard.locator('[data-chart=acceptance] tbody tr', { hasText: 'typescript' });
    await row.waitFor({ state: 'attached' });
    assert.match((await row.locator('td').first().textContent()) ?? '', /^[1-9]\d*$/);
    await dashboard.locator('[data-chart=speed] canvas').waitFor();
    assert.match(await dashboard.locator('.figures').innerText(), /\d+ ms/);
    await workbench.shoot('dashboard-counted');
  });

  it('is empty again when it was reset, which is asked first', async () => {
    const { workbench } = session;
    const dashboard = await page();
    await dashboard.getByRole('button', { name: 'Reset…' }).click();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    await workbench.shoot('dashboard-reset');
    await dialog.getByRole('button', { name: 'Reset' }).click();
    await dashboard.getByText('Nothing was counted yet').waitFor();
  });
});
