/** What other extensions may ask: see `minnow.d.ts`, which is theirs to copy. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { refusalOf } from '../chat/native/sentences';
import { signalOf } from '../chat/native/signal';
import { type ChatClient, ChatError } from '../client/chatClient';
import type { Client } from '../client/client';
import type { GiveWay } from '../client/giveWay';
import { problemSentence } from '../errors';
import type { SettingsSource } from '../settings';
import { ApiError } from './apiError';
import type { ChatAnswer, Completion, MinnowAPI, MinnowError, MinnowExtension, MinnowStatus } from './minnow';
import { chatRequestIn, completionRequestIn } from './requests';
import { statusOf } from './status';
import { OneByOne, whileNobodyTypes } from './turns';

export interface ApiParts {
  readonly client: Client;
  /** Asks for trust, and gives way to typing, by itself. */
  readonly chat: ChatClient;
  readonly settings: SettingsSource;
  readonly giveWay: GiveWay;
}

/** Requests of all other extensions together, of each kind. */
const MOST = 8;

/** What `activate` gives back. */
export function registerApi({ subscriptions }: vscode.ExtensionContext, parts: ApiParts): MinnowExtension {
  const api = new Api(parts);
  subscriptions.push(api);
  const { complete, chat, onDidChangeStatus } = api;
  const version1: MinnowAPI = Object.freeze({
    get status() {
      return api.status;
    },
    onDidChangeStatus,
    complete,
    chat,
  });
  const getAPI = (version: unknown): MinnowAPI => {
    if (version !== 1)
      throw new ApiError('version', vscode.l10n.t('This version of Minnow has version 1 of its API only.'));
    return version1;
  };
  return Object.freeze({ getAPI });
}

class Api implements vscode.Disposable {
  readonly #completions: OneByOne;
  readonly #chats: OneByOne;
  readonly #changed = new vscode.EventEmitter<MinnowStatus>();
  readonly onDidChangeStatus = this.#changed.event;
  #told: string;
  readonly #subscription: vscode.Disposable;

  constructor(private readonly parts: ApiParts) {
    const busy = vscode.l10n.t('Too many extensions ask Minnow at the same time. Try again in a moment.');
    this.#completions = new OneByOne(MOST, busy);
    this.#chats = new OneByOne(MOST, busy);
    this.#told = JSON.stringify(this.status);
    this.#subscription = vscode.Disposable.from(
      this.#changed,
      parts.client.onDidChangeStatus(() => this.#tell()),
      parts.chat.onDidChange(() => this.#tell()),
    );
  }

  get status(): MinnowStatus {
    const { client, chat } = this.parts;
    return statusOf(client.process.model.model.name, client.status, chat.model);
  }

  readonly complete = async (asked: unknown, token?: vscode.CancellationToken): Promise<Completion | undefined> => {
    const { client, giveWay } = this.parts;
    const request = completionRequestIn(asked);
    const signal = signalFor(token);
    const ask = (each: AbortSignal) => client.completeText(request, each);
    try {
      const completed = await this.#completions.run(() => whileNobodyTypes(giveWay, ask, signal), signal);
      if (completed === null && client.status.state === 'ready' && !client.status.completes)
        throw new ApiError('noModel', problemSentence(client.status) ?? '');
      return completed ?? undefined;
    } catch (error) {
      throw this.#refusal(error, signal, problemSentence(client.status));
    }
  };

  readonly chat = async (
    asked: unknown,
    onText?: (piece: string) => void,
    token?: vscode.CancellationToken,
  ): Promise<ChatAnswer> => {
    const { chat, settings } = this.parts;
    const { messages, instructions = '', maxTokens, temperature } = chatRequestIn(asked);
    const signal = signalFor(token);
    let text = '';
    const params = {
      conversation: nameOf(instructions, messages[0]?.text ?? ''),
      instructions,
      turns: messages,
      ...(maxTokens === undefined ? {} : { maxTokens }),
      temperature: temperature ?? settings.current.chat.temperature,
      thinks: false,
    };
    try {
      const ask = () =>
        chat.ask(
          params,
          (progress) => {
            if (progress.kind !== 'text') return;
            text += progress.text;
            onText?.(progress.text);
          },
          signal,
        );
      const { end } = await this.#chats.run(ask, signal);
      return { text, end: end === 'tool' ? 'complete' : end };
    } catch (error) {
      throw this.#refusal(error, signal);
    }
  };

  /** @param problem what keeps the model from answering, where that is known */
  #refusal(error: unknown, signal: AbortSignal, problem?: string): unknown {
    if (signal.aborted) return new vscode.CancellationError();
    if (!(error instanceof ChatError)) return error;
    if (error.code === 'stopped') return new vscode.CancellationError();
    return new ApiError(CODES[error.code], problem ?? refusalOf(error.code, this.parts.chat.model).sentence);
  }

  #tell(): void {
    const { status } = this;
    const now = JSON.stringify(status);
    if (now === this.#told) return;
    this.#told = now;
    this.#changed.fire(status);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

const CODES: Readonly<Record<Exclude<ChatError['code'], 'stopped'>, MinnowError['code']>> = {
  none: 'noModel',
  noChat: 'noModel',
  tooLong: 'tooLong',
  restricted: 'restricted',
  failed: 'failed',
  died: 'failed',
};

function signalFor(token: vscode.CancellationToken | undefined): AbortSignal {
  return token === undefined ? new AbortController().signal : signalOf(token);
}

/** The same for each further question of a conversation: then its beginning is not read again. */
function nameOf(instructions: string, first: string): string {
  return `api ${createHash('sha256').update(`${instructions}\0${first}`).digest('hex')}`;
}
