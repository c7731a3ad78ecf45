/** Runs the tests of `host/` inside the extension host of the packaged extension, and shows each as a test of its own. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chatModel, FETCH_MS } from '../support/chatModel';
import { ChatPanel, chooseModel } from './lib/chatPanel';
import { artifacts } from './lib/places';
import type { Session } from './lib/session';
import { runSuite } from './lib/suite';
import { until } from './lib/until';

/** The suite writes it when a model shall be chosen for chat. */
const wanted = path.join(artifacts, 'host-wants-model');

describe('in the extension host', () => {
  it('passes every test of its own', async function () {
    this.timeout(FETCH_MS + 400_000);
    // Without it the tests of language models say that they are skipped.
    const model = await chatModel().catch((error: unknown) => void console.warn(String(error)));
    rmSync(wanted, { force: true });
    const settings = { 'chat.disableAIFeatures': false };
    if (model === undefined) return runSuite('host', { settings });
    const env = { MINNOW_E2E_WANT_MODEL: wanted };
    return runSuite('host', { settings, env }, (session) => chooseWhenWanted(session, model));
  });

  it('passes those of a folder that is not trusted', async function () {
    this.timeout(400_000);
    await runSuite('restricted', { isRestricted: true });
  });

  it('passes those of a folder that lies on no disk', async function () {
    this.timeout(400_000);
    const workspace = 'virtual.code-workspace';
    const folders = [{ uri: 'memfs:/project' }];
    await runSuite('virtual', {
      workspace,
      prepareFolder: (folder) => writeFileSync(path.join(folder, workspace), JSON.stringify({ folders })),
    });
  });
});

async function chooseWhenWanted({ workbench }: Session, model: string): Promise<void> {
  await until(() => (existsSync(wanted) ? true : undefined), { timeout: 300_000, what: 'the suite to want a model' });
  await chooseModel(workbench, await ChatPanel.open(workbench), model);
}
