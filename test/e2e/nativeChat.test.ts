/** The local model in VS Code's own chat, without any other provider: in the list of models, and as `@minnow`. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { chatModelFor } from '../support/chatModel';
import { ChatPanel, useModel } from './lib/chatPanel';
import { shootFailures } from './lib/failures';
import { openReadySession, type Session } from './lib/session';
import { until } from './lib/until';

describe("VS Code's own chat", () => {
  let session: Session;
  before('start a workbench with its chat on', async function () {
    const model = await chatModelFor(this);
    // The agent of the editor offers no model without tools, and this one has none.
    const settings = { 'chat.disableAIFeatures': false, 'chat.agent.enabled': false, 'minnow.chat.temperature': 0 };
    session = await openReadySession('nativeChat', { settings });
    const panel = await ChatPanel.open(session.workbench);
    await useModel(session.workbench, panel, model);
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  const view = (): Locator => session.workbench.page.locator('.interactive-session:visible').first();
  const answers = (): Locator => view().locator('.interactive-response .value');

  /** Asks, and waits for the answer's words. */
  async function ask(text: string): Promise<string> {
    const before = await answers().count();
    await view().locator('.interactive-input-part .monaco-editor').first().click();
    await session.workbench.type(text);
    await session.workbench.press('Escape');
    await session.workbench.press('Enter');
    const said = async () => {
      if ((await answers().count()) <= before) return undefined;
      const words = (await answers().last().innerText()).trim();
      return words.length > 20 ? words : undefined;
    };
    return until(said, { timeout: 90_000, what: `an answer to ${text}` });
  }

  it('shows the model in its picker', async () => {
    const { workbench } = session;
    await workbench.command('Chat: Open Chat');
    await view().waitFor({ timeout: 30_000 });
    await workbench.shoot('native-chat-open');
    await until(async () => (/SmolLM2/i.test(await view().innerText()) ? true : undefined), {
      timeout: 30_000,
      what: 'the model in the picker',
    });
  });

  it('answers @minnow, and a follow-up', async () => {
    const first = await ask('@minnow Write a JavaScript function that adds two numbers.');
    await session.workbench.shoot('native-chat-answer');
    assert.doesNotMatch(first, /unavailable|not supported/i);
    await view()
      .locator('.interactive-input-part .codicon-stop-circle')
      .waitFor({ state: 'detached', timeout: 90_000 });
    const second = await ask('@minnow And one that subtracts them?');
    await session.workbench.shoot('native-chat-follow-up');
    assert.notEqual(second, first);
  });
});
