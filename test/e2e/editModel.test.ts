/** An edit by a real small model. It says little of sense, so only what is done with its words is looked at. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chatModelFor } from '../support/chatModel';
import { ChatPanel, useModel } from './lib/chatPanel';
import { save } from './lib/disk';
import { comparison, instruct, isOver } from './lib/editing';
import { shootFailures } from './lib/failures';
import { openReadySession, type Session } from './lib/session';
import { until } from './lib/until';

const text = '// Sums.\r\n\r\n// The end.\r\n';

describe('an edit by a real model', () => {
  let session: Session;
  before('start a workbench', async function () {
    const model = await chatModelFor(this);
    session = await openReadySession('editModel', {
      prepareFolder: (folder) => writeFileSync(path.join(folder, 'src/real.js'), text),
    });
    await useModel(session.workbench, await ChatPanel.open(session.workbench), model);
    await until(isMeasured, { timeout: 60_000, what: 'the speed of the model to be known' });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  /** What is said of it goes when it is over. */
  async function isMeasured(): Promise<true | undefined> {
    return (await session.workbench.toasts()).some((toast) => toast.includes('Measuring')) ? undefined : true;
  }

  it('streams, is taken whole, and one undo brings the bytes back', async function () {
    this.timeout(180_000);
    const { workbench, folder } = session;
    const file = path.join(folder, 'src/real.js');
    await workbench.openFile('src/real.js', { line: 2, column: 1 });
    await instruct(workbench, 'Write a JavaScript function add(a, b) that adds two numbers.');
    await comparison(workbench).waitFor({ timeout: 60_000 });
    await workbench.shoot('edit-real-streaming');
    await workbench.page
      .locator('.statusbar-item[aria-label*="Minnow: 1 change"]')
      .first()
      .waitFor({ timeout: 100_000 });
    await workbench.shoot('edit-real');
    const lines = await workbench.page.locator('.editor-instance .modified .view-line').allInnerTexts();
    const shown = new Set(lines.map(bare));
    assert.equal(readFileSync(file, 'utf8'), text);
    await workbench.command('Minnow: Accept All Changes');
    await isOver(workbench);
    const after = await save(workbench, file);
    assert.match(after, /add/);
    assert.ok(!/[^\r]\n/.test(after), 'every line ends as before');
    for (const line of after.split('\r\n').slice(0, 5))
      assert.ok(shown.has(bare(line)), `the disk holds what was shown: ${line}`);
    await workbench.press('Control+Z');
    assert.equal(await save(workbench, file), text);
  });
});

/** Without blanks, which are drawn as other characters. */
function bare(line: string): string {
  return line.replace(/\s/g, '');
}
