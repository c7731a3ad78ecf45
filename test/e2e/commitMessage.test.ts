/** A commit message by a real small model: the right one of two boxes is filled, what was typed stays, stopping takes nothing away. */
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { chatModelFor } from '../support/chatModel';
import { ChatPanel, useModel } from './lib/chatPanel';
import { shootFailures } from './lib/failures';
import { makeRepository, write } from './lib/gitProject';
import { openReadySession, type Session } from './lib/session';
import { until } from './lib/until';

describe('the commit message', () => {
  let session: Session;
  before('start a workbench with two repositories', async function () {
    const model = await chatModelFor(this);
    const settings = { 'git.enabled': true, 'scm.repositories.visible': 5, 'minnow.chat.temperature': 0 };
    session = await openReadySession('commitMessage', { settings, prepareFolder: makeTwo });
    const panel = await ChatPanel.open(session.workbench);
    await useModel(session.workbench, panel, model);
    await session.workbench.page.locator('.activitybar [aria-label^="Source Control"]').first().click();
    await until(async () => ((await boxes().count()) === 2 ? true : undefined), { timeout: 40_000, what: 'two boxes' });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  const boxes = (): Locator => session.workbench.page.locator('.scm-view .scm-editor');
  /** The row of a repository, with the buttons of its title. */
  const repository = (name: string): Locator =>
    session.workbench.page
      .locator('.scm-view .monaco-list-row', { has: session.workbench.page.locator('.scm-provider') })
      .filter({ hasText: name })
      .last();
  const textOf = async (index: number): Promise<string> =>
    (await boxes().nth(index).locator('.view-lines').innerText()).replaceAll('\u00a0', ' ').trim();

  async function press(name: string, title: string): Promise<void> {
    await repository(name).hover();
    await repository(name).getByRole('button', { name: title }).first().click();
  }

  it('is written into the box of the repository whose button was pressed, below what was typed', async () => {
    const { workbench } = session;
    await boxes().nth(1).click();
    await workbench.type('Ticket 12');
    await press('second', 'Write Commit Message');
    await until(async () => (/^Ticket 12\s+\S/.test(await textOf(1)) ? true : undefined), {
      timeout: 60_000,
      what: 'a message below what was typed',
    });
    await repository('second')
      .getByRole('button', { name: 'Write Commit Message' })
      .first()
      .waitFor({ timeout: 60_000 });
    await workbench.shoot('commit-message');
    assert.doesNotMatch(await textOf(0), /Ticket|\w{20}/);
  });

  it('leaves the box as it was when it is stopped', async () => {
    const before = await textOf(1);
    await press('second', 'Write Commit Message');
    await press('second', 'Stop Writing the Commit Message');
    await repository('second')
      .getByRole('button', { name: 'Write Commit Message' })
      .first()
      .waitFor({ timeout: 20_000 });
    assert.equal(
      await until(async () => ((await textOf(1)) === before ? before : undefined), { what: 'the old text' }),
      before,
    );
  });
});

function makeTwo(folder: string): void {
  for (const name of ['first', 'second']) {
    const root = path.join(folder, name);
    write(root, 'notes.txt', 'The harbour.\n');
    makeRepository(root);
    appendFileSync(path.join(root, 'notes.txt'), `The tide of ${name} is high.\n`);
  }
}
