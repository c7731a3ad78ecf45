/** A conversation with a server process over its real transport, and what was told on the way. */
import path from 'node:path';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import {
  type ChatParams,
  type ChatProgress,
  ChatProgressType,
  ChatRequest,
  type ChatResult,
} from '../../server/chatProtocol';
import { LspClient } from './lspClient';
import { root } from './server';

export interface Told {
  readonly progress: readonly ChatProgress[];
  readonly text: string;
  readonly thought: string;
}

export class ChatSession {
  #requests = 0;

  constructor(readonly client: LspClient) {}

  /** With the scripted model. @param args see `scriptedServer` */
  static async start(...args: string[]): Promise<ChatSession> {
    const module = path.join(root, 'dist/test/support/scriptedServer.cjs');
    return new ChatSession(await LspClient.start({ module, args }));
  }

  /** @param onProgress told each message as it comes */
  ask(
    params: Partial<ChatParams> & Pick<ChatParams, 'turns'>,
    onProgress: (told: Told) => void = () => undefined,
    cancel = new CancellationTokenSource(),
  ): { readonly result: Promise<ChatResult>; readonly told: () => Told } {
    const partialResultToken = `chat ${++this.#requests}`;
    const progress: ChatProgress[] = [];
    const { connection } = this.client;
    const told = (): Told => ({ progress, text: joined(progress, 'text'), thought: joined(progress, 'thought') });
    const listening = connection.onProgress(ChatProgressType, partialResultToken, (each) => {
      progress.push(each);
      onProgress(told());
    });
    const all = { conversation: 'a', instructions: '', temperature: 0, thinks: true, ...params, partialResultToken };
    const result = connection.sendRequest(ChatRequest, all, cancel.token).finally(() => listening.dispose());
    return { result, told };
  }
}

function joined(progress: readonly ChatProgress[], kind: 'text' | 'thought'): string {
  return progress.map((each) => (each.kind === kind ? each.text : '')).join('');
}
