/** Models: what this machine can run, one that is fetched from a hub, one that does not load, and a download that is paused. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ggufFile } from '../support/ggufFile';
import { Hub } from '../support/hub';
import { fimTokens, modelSpec, withChatTemplate } from '../support/modelFiles';
import { embedded } from '../support/server';
import { shootFailures } from './lib/failures';
import { isSomething, waitGhost } from './lib/ghost';
import { artifacts } from './lib/places';
import { countBelow } from './lib/processes';
import { openReadySession, type Session } from './lib/session';
import { typeUnfinished } from './lib/typing';
import { until } from './lib/until';

const body = readFileSync(embedded.file);
const files = path.join(artifacts, 'model-files');

describe('models', () => {
  const hub = new Hub();
  let session: Session;
  before('start a hub and a workbench', async () => {
    rmSync(files, { recursive: true, force: true });
    await hub.start();
    session = await openReadySession('models', {
      settings: { 'minnow.download.hub': hub.url(''), 'minnow.download.folder': files },
      prepareFolder: (folder) => {
        writeFileSync(path.join(folder, 'words.gguf'), 'These are words, and no model.\n'.repeat(9));
        writeFileSync(path.join(folder, 'hollow.gguf'), ggufFile(modelSpec(fimTokens)));
        writeFileSync(path.join(folder, 'talker.gguf'), withChatTemplate(body));
      },
    });
  });
  after('stop them', async () => {
    await session?.close();
    await hub.stop();
  });
  shootFailures(() => session);

  /** Serves the embedded model under another name, as the hub does: by branch and by commit. */
  function serve(name: string, bytesPerSecond?: number): string {
    for (const revision of ['main', '0123456789abcdef0123456789abcdef01234567'])
      hub.files.set(`/minnow/${name}/resolve/${revision}/${name}.gguf`, {
        body,
        digest: 'hub',
        ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
      });
    return `hf:minnow/${name}/${name}.gguf`;
  }

  async function add(address: string): Promise<void> {
    const { workbench } = session;
    await workbench.command('Minnow: Add a Model…');
    await workbench.pick(address, `Use ${address}`);
  }

  async function toast(sentence: RegExp): Promise<void> {
    const { workbench } = session;
    await until(async () => ((await workbench.toasts()).some((each) => sentence.test(each)) ? true : undefined), {
      timeout: 40_000,
      what: `a toast that says ${sentence}`,
    });
  }

  /** The name of the model in use, as the menu tells it. */
  async function inUse(): Promise<string> {
    const { workbench } = session;
    await workbench.status('ready').click();
    const row = workbench.quickInput().locator('.monaco-list-row', { hasText: 'Choose the model' });
    const text = await row.first().innerText();
    await workbench.press('Escape');
    // The first row of a section bears its title as well.
    return text
      .replace(/\s+/g, ' ')
      .replace(/.*Choose the model ?/, '')
      .replace(/ ?Model$/, '');
  }

  async function ghostWorks(file: string): Promise<void> {
    const { workbench } = session;
    await typeUnfinished(session, { file, typed: 'return ' });
    await workbench.press('Alt+\\');
    await waitGhost(workbench.page, isSomething);
    await workbench.press('Escape');
    await workbench.command('File: Revert File');
  }

  it('are shown with their size, whether they fit, and how fast they would be, before the choice', async () => {
    const { workbench } = session;
    await workbench.command('Minnow: Choose the Completion Model…');
    const rows = workbench.quickInput().locator('.monaco-list-row');
    await rows
      .filter({ hasText: 'Minnow 73M' })
      .filter({ hasText: /measured: \d+ ms per line/ })
      .waitFor({ timeout: 40_000 });
    await rows
      .filter({ hasText: 'Qwen2.5-Coder 0.5B' })
      .filter({ hasText: /531 MB · fits · (slow, )?about \d+ ms per line here/ })
      .waitFor();
    await workbench.shoot('models-choose');
    await workbench.press('Escape');
  });

  it('have a machine that is looked at and told of in sentences', async () => {
    const { workbench } = session;
    await workbench.command('Minnow: Show What This Machine Can Run');
    await workbench.editor().getByText('Minnow may use').waitFor({ timeout: 40_000 });
    await workbench.shoot('models-machine');
    await workbench.command('View: Close Editor');
  });

  it('are fetched from a hub by their address, and complete at once', async () => {
    const { workbench } = session;
    const address = serve('second', 4_000_000);
    await add(address);
    await workbench.quickInput().getByText('Completion', { exact: true }).first().waitFor({ timeout: 20_000 });
    await workbench.shoot('models-add-job');
    await workbench.pick('', 'Completion');
    await workbench.page
      .locator('.notification-list-item-message', { hasText: /MB.s/ })
      .first()
      .waitFor({ timeout: 20_000 });
    await workbench.shoot('models-fetching');
    await until(async () => ((await inUse()) === 'second' ? true : undefined), {
      timeout: 60_000,
      what: 'second in use',
    });
    await ghostWorks('src/point.ts');
    const [here] = readdirSync(files).filter((name) => name.endsWith('.gguf'));
    assert.deepEqual(readFileSync(path.join(files, here ?? '')), body);
    assert.deepEqual(
      readdirSync(files).filter((name) => /\.(part|json|lock)$/.test(name)),
      [],
    );
  });

  it('are refused with the reason where a file is none', async () => {
    await add(path.join(session.folder, 'words.gguf'));
    await toast(/This is not a GGUF file/);
  });

  it('leave the job to the one before when they do not load', async () => {
    const { workbench } = session;
    await add(path.join(session.folder, 'hollow.gguf'));
    await workbench.pick('', 'Completion');
    await toast(/hollow could not be loaded, so second goes on\./);
    await workbench.shoot('models-hollow');
    await workbench.modelReady();
    assert.equal(await inUse(), 'second');
    await ghostWorks('src/point.ts');
  });

  it('chat in a process of their own beside the one that completes', async () => {
    const { workbench, server } = session;
    const program = 'dist/server.js';
    const before = countBelow(server.pid, program);
    await add(path.join(session.folder, 'talker.gguf'));
    await workbench.quickInput().getByText('Chat and edits', { exact: true }).first().waitFor({ timeout: 20_000 });
    await workbench.shoot('models-add-two-jobs');
    await workbench.pick('', 'Chat and edits');
    await until(() => (countBelow(server.pid, program) === before + 1 ? true : undefined), {
      timeout: 20_000,
      what: 'another server',
    });
    await workbench.command('Minnow: Choose the Model for Chat and Edits…');
    const rows = workbench.quickInput().locator('.monaco-list-row');
    await rows.filter({ hasText: 'talker' }).filter({ hasText: 'in use' }).waitFor({ timeout: 40_000 });
    await workbench.shoot('models-choose-chat');
    await workbench.press('Escape');
    assert.equal(await inUse(), 'second', 'completion stays with its own');
    await ghostWorks('src/point.ts');
  });

  it('go on being fetched after a pause and a reload', async () => {
    const { workbench } = session;
    const address = serve('third', 1_500_000);
    await add(address);
    await workbench.quickInput().getByText('Completion', { exact: true }).first().waitFor({ timeout: 20_000 });
    await workbench.pick('', 'Completion');
    await until(() => (existsSync(partIn(files)) ? true : undefined), {
      what: 'the first bytes',
    });
    await workbench.command('Minnow: Show Downloads');
    await workbench.shoot('models-downloads');
    await workbench.quickInput().locator('.monaco-list-row').first().click();
    await workbench.pick('', 'Pause');
    await until(() => (hub.atOnce === 0 ? true : undefined), { what: 'the connections to end' });
    const before = hub.seen.length;
    const { sent } = hub;
    await workbench.page.reload({ waitUntil: 'domcontentloaded' });
    await workbench.ready();
    await workbench.modelReady();
    assert.equal(await inUse(), 'second', 'the choice is kept over a reload');
    assert.equal(hub.seen.length, before, 'nothing is fetched unasked');
    serve('third');
    await workbench.command('Minnow: Show Downloads');
    await workbench
      .quickInput()
      .locator('.monaco-list-row', { hasText: 'third' })
      .filter({ hasText: 'paused' })
      .first()
      .click();
    await workbench.pick('', 'Resume');
    await toast(/third is on this machine now/);
    assert.ok(hub.sent - sent < body.length, `what had come was not fetched again: ${hub.sent - sent} bytes`);
  });

  it('keep the job of chat over a reload, and are not offered for removal', async () => {
    const { workbench } = session;
    await workbench.command('Minnow: Choose the Model for Chat and Edits…');
    const rows = workbench.quickInput().locator('.monaco-list-row');
    await rows.filter({ hasText: 'talker' }).filter({ hasText: 'in use' }).waitFor({ timeout: 40_000 });
    await workbench.press('Escape');
    await workbench.command('Minnow: Remove a Model…');
    await rows.filter({ hasText: 'hollow' }).waitFor();
    assert.equal(await rows.filter({ hasText: 'talker' }).count(), 0);
    await workbench.press('Escape');
  });

  it('give way to the packaged one when their file is damaged at the start of the editor', async () => {
    const { workbench } = session;
    assert.equal(await inUse(), 'second');
    const file = readdirSync(files).find((name) => name.endsWith('second.gguf')) ?? 'none';
    truncateSync(path.join(files, file), body.length / 2);
    await workbench.page.reload({ waitUntil: 'domcontentloaded' });
    await workbench.ready();
    await workbench.modelReady();
    assert.equal(await inUse(), 'Minnow 73M');
    await ghostWorks('src/point.ts');
    await workbench.status('ready').hover();
    await workbench.page.getByText('The chosen model second could not be loaded').first().waitFor();
    await workbench.shoot('models-damaged');
  });
});

function partIn(folder: string): string {
  const part = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.part')) : undefined;
  return path.join(folder, part ?? 'none');
}
