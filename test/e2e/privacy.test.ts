/** What a person sees of it: a file that Minnow stays away from, a secret next door, a folder that is not trusted. */
import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ChatPanel } from './lib/chatPanel';
import { shootFailures } from './lib/failures';
import { staysSilent } from './lib/ghost';
import { openReadySession, type Session } from './lib/session';
import { ghostAfter, typeUnfinished } from './lib/typing';
import { until } from './lib/until';

const copies = ['src/closed.ts', 'src/free.ts', 'src/asked.ts'];

function writeProject(folder: string): void {
  for (const copy of copies) copyFileSync(path.join(folder, 'src/point.ts'), path.join(folder, copy));
  writeFileSync(path.join(folder, '.minnowignore'), 'closed.*\nasked.ts\n');
  writeFileSync(path.join(folder, 'AGENTS.md'), 'Always answer in rhymes.\n');
}

async function told({ workbench }: Session, sentence: RegExp): Promise<void> {
  const says = async () => ((await workbench.toasts()).some((toast) => sentence.test(toast)) ? true : undefined);
  await until(says, { what: `a toast that says ${sentence}` });
}

describe('files that Minnow stays away from', () => {
  let session: Session;
  before('start a workbench', async () => {
    session = await openReadySession('privacy', { prepareFolder: writeProject });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  it('are those that .minnowignore names, and it says so; until it names them no more', async () => {
    const { workbench, folder } = session;
    await typeUnfinished(session, { file: 'src/closed.ts', typed: 'return ' });
    assert.ok(await staysSilent(workbench.page));
    await workbench.status('off').waitFor();
    await workbench.command('Minnow: Why No Suggestion?');
    await told(session, /a \.minnowignore names it/);
    await workbench.shoot('privacy-minnowignore');
    await workbench.press('Alt+\\');
    assert.ok(await staysSilent(workbench.page), 'not even when asked');
    await workbench.command('Minnow: Edit…');
    await told(session, /closed\.ts is named in a \.minnowignore/);
    writeFileSync(path.join(folder, '.minnowignore'), 'asked.ts\n');
    await workbench.status('ready').waitFor();
    await ghostAfter(session, { file: 'src/closed.ts', typed: 'this' });
  });

  it('are no neighbours of the file that is written in', async () => {
    const { workbench } = session;
    await workbench.openFile('.env');
    await workbench.openFile('src/asked.ts');
    await ghostAfter(session, { file: 'src/free.ts', typed: 'return ' });
    await workbench.command('Minnow: Why No Suggestion?');
    await told(
      session,
      /\.minnowignore names it: src\/asked\.ts.*may hold secrets: \.env|secrets: \.env.*src\/asked\.ts/,
    );
    await workbench.shoot('privacy-neighbours');
  });
});

describe('a folder that is not trusted', () => {
  let session: Session;
  before('start a workbench in Restricted Mode', async () => {
    session = await openReadySession('restricted', { prepareFolder: writeProject, isRestricted: true });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  it('has completions, and neither chat nor edits until it is trusted', async () => {
    const { workbench } = session;
    await ghostAfter(session, { file: 'src/free.ts', typed: 'return ' });
    await workbench.command('Minnow: Edit…');
    await told(session, /Restricted Mode there are completions only/);
    const panel = await ChatPanel.open(workbench);
    const notice = panel.frame.locator('.notice');
    await notice.getByText('Restricted Mode').waitFor();
    await panel.type('What is this?');
    await workbench.press('Enter');
    assert.equal(await panel.answers.count(), 0);
    await workbench.shoot('privacy-restricted');
    await notice.getByText('Manage Workspace Trust').click();
    await workbench.page.locator('.workspace-trust-editor').waitFor();
    await workbench.page.locator('.workspace-trust-editor').getByText('Trust', { exact: true }).first().click();
    // What is shown next is what is shown to anybody without a model for chat.
    await notice.getByText('Chat needs a model of its own').waitFor({ timeout: 60_000 });
    await workbench.shoot('privacy-trusted');
  });
});
