/** `EditClient` over the process of the model that chats. */
import { randomUUID } from 'node:crypto';
import {
  DidHaveEnough,
  type EditParams,
  type EditProgress,
  EditProgressType,
  EditRequest,
  type EditTarget,
  type Outline,
  OutlineRequest,
  WarmEditRequest,
} from '../../server/editProtocol';
import { asking, type ChatConnection, type ChatServer } from './asking';
import { chatErrorOf } from './chatFailure';
import type { EditClient, RunningEdit } from './editClient';
import type { GiveWay } from './giveWay';
import { orStopped, tokenOf } from './signals';

export interface EditProcessParts {
  /** The process that chats, started if need be; undefined when no model is chosen. */
  readonly chat: () => Promise<ChatServer | undefined>;
  /** The one that completes, started if need be. It is asked what needs no model. */
  readonly completion: () => Promise<ChatServer>;
  readonly giveWay: GiveWay;
}

const NOTHING: Outline = { names: [] };

export class EditProcess implements EditClient {
  constructor(private readonly parts: EditProcessParts) {}

  edit(
    params: Omit<EditParams, 'partialResultToken'>,
    onProgress: (progress: EditProgress) => void,
    signal: AbortSignal,
  ): RunningEdit {
    const token = randomUUID();
    let running: ChatConnection | undefined;
    const result = asking(this.parts.chat, signal, async (connection) => {
      const listening = connection.onProgress(EditProgressType, token, onProgress);
      const leave = this.parts.giveWay.enterFor(connection);
      running = connection;
      try {
        return await connection.sendRequest(EditRequest, { ...params, partialResultToken: token }, tokenOf(signal));
      } finally {
        running = undefined;
        leave();
        listening.dispose();
      }
    });
    const enough = (piece: number): void => {
      // A process that has ended writes no more of the piece.
      running?.sendNotification(DidHaveEnough, { token, piece }).catch(() => undefined);
    };
    return { result, enough };
  }

  async warm(target: EditTarget, signal: AbortSignal): Promise<void> {
    await asking(this.parts.chat, signal, (connection) =>
      connection.sendRequest(WarmEditRequest, target, tokenOf(signal)),
    );
  }

  async outline(languageId: string, text: string, signal: AbortSignal): Promise<Outline> {
    const server = await orStopped(this.parts.completion(), signal);
    const { connection } = server;
    if (connection === undefined) return NOTHING;
    try {
      return await orStopped(connection.sendRequest(OutlineRequest, { languageId, text }, tokenOf(signal)), signal);
    } catch (error) {
      throw chatErrorOf(error, server.connection === connection, signal);
    }
  }
}
