/** Typing beside a chat: ghost text and answers as the extension has them, each with a process of its own or in one. */
import { DidAnswerTyping, DidWatchTyping } from '../../../server/sharedProtocol';
import { ChatProcess } from '../../../src/client/chatProcess';
import { GiveWay } from '../../../src/client/giveWay';
import type { LspClient } from '../../support/lspClient';
import type { Replayer } from './replay';

type Editor = ConstructorParameters<typeof Replayer>[0];

const PARAMS = { conversation: 'bench', instructions: 'Answer at length.', temperature: 0.8, thinks: false } as const;
const QUESTION = 'Tell me the story of a programmer who moved to the sea, with all that happened on the way.';

export class Beside {
  readonly #chat: ChatProcess;
  /** Types where the extension would. */
  readonly editor: Editor;

  /** @param chats the process that chats; it may be the one that completes */
  constructor(completes: LspClient, chats: LspClient) {
    const server = { connection: chats.connection, settled: () => chats.settled() };
    // As `src/processes.ts` has it.
    const giveWay = new GiveWay((on) => void completes.connection.sendNotification(DidWatchTyping, { on }));
    completes.connection.onNotification(DidAnswerTyping, ({ busy }) => giveWay.hear(busy));
    this.#chat = new ChatProcess({
      chat: () => Promise.resolve(server),
      embedding: () => Promise.resolve(undefined),
      model: () => undefined,
      onDidChange: () => ({ dispose: () => undefined }),
      giveWay,
    });
    this.editor = {
      connection: completes.connection,
      open: completes.open.bind(completes),
      change: completes.change.bind(completes),
      complete: completes.complete.bind(completes),
    };
  }

  /**
   * Has answers written, one after the other, as long as the work goes on.
   *
   * @returns what the work returns, and how many tokens were written meanwhile
   */
  async while<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly tokens: number }> {
    const controller = new AbortController();
    let tokens = 0;
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const answers = async (): Promise<void> => {
      for (let n = 0; !controller.signal.aborted; n++) {
        const turns = [{ role: 'user', text: `${n}. ${QUESTION}` }] as const;
        const onProgress = ({ kind }: { readonly kind: string }): void => {
          if (kind !== 'text') return;
          tokens++;
          begin();
        };
        await this.#chat.ask({ ...PARAMS, turns }, onProgress, controller.signal).catch((error: unknown) => {
          if (!controller.signal.aborted) throw error;
        });
      }
    };
    const over = answers();
    await Promise.race([begun, over]);
    const value = await work();
    controller.abort();
    await over;
    return { value, tokens };
  }
}
