/** An edit by a real small model. It says little of sense, so only what is done with its words is looked at. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chatModelFor } from '../support/chatModel';
import { ChatPanel, useModel } from './lib/chatPanel';
import { save } from './lib/disk';
import { code, comparison, instruct, isOver } from './lib/editing';
import { shootFailures } from './lib/failures';
import { openReadySession, type Session } from './lib/session';
import { until } from './lib/until';

describe('an edit by a real model', () => {
  let session: Session;
  before('start a workbench', async function () {
    const model = await chatModelFor(this);
    session = await openReadySession('editModel', {
      prepareFolder: (folder) => writeFileSync(path.join(folder, 'src/real.ts'), code.replaceAll('\n', '\r\n')),
    });
    await useModel(session.workbench, await ChatPanel.open(session.workbench), model);
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  it('streams, is taken whole, and one undo brings the bytes back', async () => {
    const { workbench, folder } = session;
    const file = path.join(folder, 'src/real.ts');
    const before = readFileSync(file, 'utf8');
    await workbench.openFile('src/real.ts', { line: 1, column: 1 });
    for (let line = 0; line < 5; line++) await workbench.press('Shift+ArrowDown');
    await instruct(workbench, 'Rename the variable sum to result');
    await comparison(workbench).waitFor({ timeout: 60_000 });
    await workbench.page.locator('.statusbar-item[aria-label*="Minnow: writing"]').first().waitFor();
    await workbench.shoot('edit-real-streaming');
    await until(
      async () =>
        (await workbench.page.locator('.statusbar-item[aria-label*="Minnow: writing"]').count()) === 0
          ? true
          : undefined,
      { timeout: 90_000, what: 'the model to come to its end' },
    );
    await workbench.shoot('edit-real');
    const proposed = await workbench.page.locator('.modified-in-monaco-diff-editor .view-lines').first().innerText();
    assert.equal(readFileSync(file, 'utf8'), before);
    await workbench.press('Control+Enter');
    await isOver(workbench);
    const after = await save(workbench, file);
    assert.notEqual(after, before);
    assert.ok(!/[^\r]\n/.test(after), 'every line ends as before');
    const shown = new Set(proposed.split('\n').map(bare));
    for (const line of after.split('\r\n').slice(0, 5))
      assert.ok(shown.has(bare(line)), `the disk holds what was shown: ${line}`);
    await workbench.press('Control+Z');
    assert.equal(await save(workbench, file), before);
  });
});

/** Without blanks, which are drawn as other characters. */
function bare(line: string): string {
  return line.replace(/\s/g, '');
}
