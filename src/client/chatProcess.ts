/** `ChatClient` over the processes of the models that chat and search. */
import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { NotificationType, ProgressType, RequestType } from 'vscode-languageclient/node';
import {
  type ChatParams,
  type ChatProgress,
  ChatProgressType,
  ChatRequest,
  type ChatResult,
  CountTokensRequest,
  DidGiveWay,
  EmbedRequest,
} from '../../server/chatProtocol';
import { type ChatClient, ChatError } from './chatClient';
import { chatErrorOf } from './chatFailure';
import type { GiveWay } from './giveWay';
import type { ClientStatus } from './serverProcess';
import { orStopped, tokenOf } from './signals';

/** What of a language client chat needs. */
export interface ChatConnection {
  sendRequest<P, R, E>(type: RequestType<P, R, E>, params: P, token: vscode.CancellationToken): Promise<R>;
  sendNotification<P>(type: NotificationType<P>, params: P): Promise<void>;
  onProgress<P>(type: ProgressType<P>, token: string, handler: (progress: P) => void): { dispose(): void };
}

/** What of a `ServerProcess` chat needs. */
export interface ChatServer {
  readonly connection: ChatConnection | undefined;
  settled(): Promise<ClientStatus>;
}

export interface ChatProcessParts {
  /** The process that chats, started if need be; undefined when no model is chosen. */
  readonly chat: () => Promise<ChatServer | undefined>;
  /** The same for search. */
  readonly embedding: () => Promise<ChatServer | undefined>;
  /** See `ChatClient`. */
  readonly model: () => ChatClient['model'];
  readonly onDidChange: vscode.Event<void>;
  readonly giveWay: GiveWay;
}

export class ChatProcess implements ChatClient {
  readonly onDidChange: vscode.Event<void>;

  constructor(private readonly parts: ChatProcessParts) {
    this.onDidChange = parts.onDidChange;
  }

  get model(): ChatClient['model'] {
    return this.parts.model();
  }

  ask(
    params: Omit<ChatParams, 'partialResultToken'>,
    onProgress: (progress: ChatProgress) => void,
    signal: AbortSignal,
  ): Promise<ChatResult> {
    return this.#with(this.parts.chat, signal, async (connection) => {
      const partialResultToken = randomUUID();
      const listening = connection.onProgress(ChatProgressType, partialResultToken, onProgress);
      const leave = this.#giveWay(connection);
      try {
        return await connection.sendRequest(ChatRequest, { ...params, partialResultToken }, tokenOf(signal));
      } finally {
        leave();
        listening.dispose();
      }
    });
  }

  countTokens(texts: readonly string[], signal: AbortSignal): Promise<readonly number[]> {
    return this.#with(this.parts.chat, signal, (connection) =>
      connection.sendRequest(CountTokensRequest, { texts }, tokenOf(signal)),
    );
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[] | undefined> {
    try {
      return await this.#with(this.parts.embedding, signal, (connection) =>
        connection.sendRequest(EmbedRequest, { texts }, tokenOf(signal)),
      );
    } catch (error) {
      if (error instanceof ChatError && error.code === 'none') return undefined;
      throw error;
    }
  }

  #giveWay(connection: ChatConnection): () => void {
    return this.parts.giveWay.enter((busy) => {
      // A process that has ended writes no answer that could be in the way.
      connection.sendNotification(DidGiveWay, { busy }).catch(() => undefined);
    });
  }

  /** @throws ChatError */
  async #with<T>(
    get: () => Promise<ChatServer | undefined>,
    signal: AbortSignal,
    work: (connection: ChatConnection) => Promise<T>,
  ): Promise<T> {
    const server = await orStopped(get(), signal);
    if (server === undefined) throw new ChatError('none');
    const status = await orStopped(server.settled(), signal);
    if (status.state === 'failed') throw new ChatError('failed', status.code);
    if (status.state === 'stopped') throw new ChatError('failed', status.state);
    const { connection } = server;
    if (connection === undefined) throw new ChatError('died');
    try {
      return await work(connection);
    } catch (error) {
      throw chatErrorOf(error, server.connection === connection, signal);
    }
  }
}
