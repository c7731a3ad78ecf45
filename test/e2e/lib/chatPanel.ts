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
    return this.frame.locator('article.question .text, article.answer .body').allTextContents();
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
    await this.input.click();
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
    return this.answerText();
  }

  async answerText(): Promise<string> {
    const body = this.lastAnswer.locator('.body').last();
    return (await body.count()) === 0 ? '' : ((await body.textContent()) ?? '').trim();
  }
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
