/** A request to the process that has a job: waits until its model is loaded, and tells in one way why there is no answer. */
import type * as vscode from 'vscode';
import type { NotificationType, ProgressType, RequestType } from 'vscode-languageclient/node';
import { ChatError } from './chatClient';
import { chatErrorOf } from './chatFailure';
import type { ClientStatus } from './serverProcess';
import { orStopped } from './signals';

/** What of a language client such a request needs. */
export interface ChatConnection {
  sendRequest<P, R, E>(type: RequestType<P, R, E>, params: P, token: vscode.CancellationToken): Promise<R>;
  sendNotification<P>(type: NotificationType<P>, params: P): Promise<void>;
  onProgress<P>(type: ProgressType<P>, token: string, handler: (progress: P) => void): { dispose(): void };
}

/** What of a `ServerProcess` it needs. */
export interface ChatServer {
  readonly connection: ChatConnection | undefined;
  settled(): Promise<ClientStatus>;
}

/** @param get the process, started if need be; undefined when no model is chosen. @throws ChatError */
export async function asking<T>(
  get: () => Promise<ChatServer | undefined>,
  signal: AbortSignal,
  work: (connection: ChatConnection, server: ChatServer) => Promise<T>,
): Promise<T> {
  const server = await orStopped(get(), signal);
  if (server === undefined) throw new ChatError('none');
  const status = await orStopped(server.settled(), signal);
  if (status.state === 'failed') throw new ChatError('failed', status.code);
  if (status.state === 'stopped') throw new ChatError('failed', status.state);
  const { connection } = server;
  if (connection === undefined) throw new ChatError('died');
  try {
    return await work(connection, server);
  } catch (error) {
    throw chatErrorOf(error, server.connection === connection, signal);
  }
}
