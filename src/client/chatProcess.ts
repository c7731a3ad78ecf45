/** `ChatClient` over the processes of the models that chat and search. */
import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import {
  type ChatParams,
  type ChatProgress,
  ChatProgressType,
  ChatRequest,
  type ChatResult,
  CountTokensRequest,
  EmbedRequest,
} from '../../server/chatProtocol';
import { asking, type ChatServer } from './asking';
import { type ChatClient, ChatError } from './chatClient';
import type { GiveWay } from './giveWay';
import { tokenOf } from './signals';

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
    return asking(this.parts.chat, signal, async (connection) => {
      const partialResultToken = randomUUID();
      const listening = connection.onProgress(ChatProgressType, partialResultToken, onProgress);
      const leave = this.parts.giveWay.enterFor(connection);
      try {
        return await connection.sendRequest(ChatRequest, { ...params, partialResultToken }, tokenOf(signal));
      } finally {
        leave();
        listening.dispose();
      }
    });
  }

  countTokens(texts: readonly string[], signal: AbortSignal): Promise<readonly number[]> {
    return asking(this.parts.chat, signal, (connection) =>
      connection.sendRequest(CountTokensRequest, { texts }, tokenOf(signal)),
    );
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[] | undefined> {
    try {
      return await asking(this.parts.embedding, signal, (connection) =>
        connection.sendRequest(EmbedRequest, { texts }, tokenOf(signal)),
      );
    } catch (error) {
      if (error instanceof ChatError && error.code === 'none') return undefined;
      throw error;
    }
  }
}
