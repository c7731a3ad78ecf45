/** The process that chats, as typed calls. Starts it when it is first asked. */
import type * as vscode from 'vscode';
import type { ChatParams, ChatProgress, ChatResult } from '../../server/chatProtocol';
import type { ClientStatus } from './serverProcess';

export interface ChatClient {
  /** The model that chats and what it is doing; undefined when none is chosen. Does not start it. */
  readonly model: { readonly name: string; readonly status: ClientStatus } | undefined;
  /** The model, or what it is doing, has changed. */
  readonly onDidChange: vscode.Event<void>;
  /**
   * Answers a question. Waits for the model to load or wake.
   *
   * @throws ChatError when it cannot; what was told by then holds
   */
  ask(
    params: Omit<ChatParams, 'partialResultToken'>,
    onProgress: (progress: ChatProgress) => void,
    signal: AbortSignal,
  ): Promise<ChatResult>;
  /** Tokens of each text. @throws ChatError */
  countTokens(texts: readonly string[], signal: AbortSignal): Promise<readonly number[]>;
  /** Points for texts by the embedding model; undefined when none is chosen. @throws ChatError */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[] | undefined>;
}

/**
 * Why there is no answer. `none`: no model is chosen. `failed`: the model does not load. `died`: its process ended; what was told holds.
 * `noChat`: the model has no chat template. `tooLong`: the question alone has no room. `restricted`: the workspace is not trusted.
 * `stopped`: the signal was aborted.
 */
export class ChatError extends Error {
  constructor(
    readonly code: 'none' | 'failed' | 'died' | 'noChat' | 'tooLong' | 'restricted' | 'stopped',
    message: string = code,
  ) {
    super(message);
    this.name = 'ChatError';
  }
}
