/** Minnow's chat panel as a person uses it: the frame with its page inside the workbench. */
import type { Frame, Locator } from 'playwright-core';
import { until } from './until';
import type { Workbench } from './workbench';

export class ChatPanel {
  private constructor(
    private readonly workbench: Workbench,
    readonly frame: Frame,
  ) {}

  /** Opens the panel by its command, and waits for its page. */
  static async open(workbench: Workbench): Promise<ChatPanel> {
    await workbench.command('Minnow: Open Chat');
    return ChatPanel.find(workbench);
  }

  /** The panel that is open. */
  static async find(workbench: Workbench): Promise<ChatPanel> {
    const frame = await until(() => frameWith(workbench, '#chat textarea#input'), {
      timeout: 30_000,
      what: 'the chat page',
    });
    return new ChatPanel(workbench, frame);
  }

  get input(): Locator {
    return this.frame.locator('textarea#input');
  }

  get answers(): Locator {
    return this.frame.locator('article.answer');
  }

  get lastAnswer(): Locator {
    return this.answers.last();
  }

  /** What is asked and answered, one after the other; what is scrolled out of sight included. */
  async texts(): Promise<readonly string[]> {
    const texts = await this.frame.locator('article.question .text, article.answer .body').allTextContents();
    return texts.map((text) => text.trim());
  }

  /** The same once it holds still: long texts are drawn in steps. */
  async settledTexts(): Promise<readonly string[]> {
    const still = async () => {
      const before = await this.texts();
      await this.workbench.page.waitForTimeout(300);
      const after = await this.texts();
      return JSON.stringify(before) === JSON.stringify(after) ? after : undefined;
    };
    return until(still, { what: 'the conversation to hold still' });
  }

  async type(text: string): Promise<void> {
    // Not by a click, which would put the cursor into the middle of what is there.
    await this.input.focus();
    await this.workbench.type(text);
  }

  /** Asks, without waiting for the answer. */
  async ask(text: string): Promise<void> {
    const before = await this.answers.count();
    await this.type(text);
    await this.workbench.press('Enter');
    await until(async () => ((await this.answers.count()) > before ? true : undefined), {
      what: 'the question to stand there',
    });
  }

  /** Waits until something of the last answer is there. */
  async streams(): Promise<void> {
    await until(async () => ((await this.answerText()) !== '' ? true : undefined), {
      timeout: 60_000,
      what: 'the first words',
    });
  }

  /** Waits until the last answer is over, and returns it. */
  async settled(timeout = 90_000): Promise<string> {
    await this.frame.locator('button.stop').waitFor({ state: 'hidden', timeout });
    await this.settledTexts();
    return this.answerText();
  }

  /** What the next question is about. */
  chip(label: string): Locator {
    return this.frame.locator('.composer .chip').getByText(label).first();
  }

  /** A row of the list behind `@` and `/`. */
  suggestion(label: string): Locator {
    return this.frame.locator('.suggestions [role=option] .label').getByText(label, { exact: true }).first();
  }

  /** Stops the answer, if one is being written. */
  async stop(): Promise<void> {
    const stop = this.frame.locator('button.stop');
    if (await stop.isVisible()) await stop.click();
    await this.settled(20_000);
  }

  async newChat(): Promise<void> {
    await this.workbench.command('Minnow: New Chat');
    await this.answers.first().waitFor({ state: 'detached' });
  }

  /** Drops a file as the explorer gives it. */
  async drop(uri: string): Promise<void> {
    await this.frame.evaluate(
      `(() => {
        const data = new DataTransfer();
        data.setData('application/vnd.code.uri-list', ${JSON.stringify(uri)});
        const page = document.getElementById('chat');
        for (const type of ['dragenter', 'dragover', 'drop'])
          page.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
      })()`,
    );
  }

  async answerText(): Promise<string> {
    const body = this.lastAnswer.locator('.body').last();
    return (await body.count()) === 0 ? '' : ((await body.textContent()) ?? '').trim();
  }
}

/** Chooses a model's file for chat, as a person would, and waits until it can be asked. */
export async function useModel(workbench: Workbench, panel: ChatPanel, model: string): Promise<void> {
  await chooseModel(workbench, panel, model);
  await panel.frame.locator('.notice').waitFor({ state: 'hidden', timeout: 60_000 });
}

/** Chooses a model's file for chat; it may still be loading then. */
export async function chooseModel(workbench: Workbench, panel: ChatPanel, model: string): Promise<void> {
  // A page that has just come takes the focus, and the quick input away.
  await panel.frame.locator('textarea#input:focus').waitFor();
  await panel.frame.getByText('Choose a Model').first().waitFor();
  await workbench.command('Minnow: Add a Model…');
  await workbench.pick(model, `Use ${model}`);
  await workbench.pick('', 'Chat and edits');
}

/** The frame inside the webview's frame that has such an element; frames come and go while the workbench draws. */
async function frameWith({ page }: Workbench, selector: string): Promise<Frame | undefined> {
  for (const frame of page.frames())
    if (
      await frame
        .locator(selector)
        .count()
        .catch(() => 0)
    )
      return frame;
  return undefined;
}
