/** What other extensions may ask: see `minnow.d.ts`, which is theirs to copy. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { refusalOf } from '../chat/native/sentences';
import { type ChatClient, ChatError } from '../client/chatClient';
import type { Client } from '../client/client';
import type { Foreground } from '../client/foreground';
import type { GiveWay } from '../client/giveWay';
import { problemSentence } from '../errors';
import type { SettingsSource } from '../settings';
import { ApiError, codeOf } from './apiError';
import { answerFor } from './chatting';
import type { ChatAnswer, Completion, MinnowAPI, MinnowExtension, MinnowStatus } from './minnow';
import { chatRequestIn, completionRequestIn, listenerIn, tokenIn } from './requests';
import { statusOf } from './status';
import { givingWay, OneByOne } from './turns';

export interface ApiParts {
  readonly client: Client;
  /** Asks for trust, and gives way to typing, by itself. */
  readonly chat: ChatClient;
  readonly settings: SettingsSource;
  /** Tells of typing. */
  readonly giveWay: GiveWay;
  /** Tells of what the person has asked. */
  readonly foreground: Foreground;
  readonly log: vscode.LogOutputChannel;
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
  /** Aborted when the person lets nobody ask any more, or Minnow ends. */
  #allowed = new AbortController();
  /** Kinds of requests that the log tells of. */
  readonly #logged = new Set<string>();
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
      parts.settings.onDidChange(() => this.#look()),
    );
  }

  get status(): MinnowStatus {
    const { client, chat } = this.parts;
    return statusOf(client.process.model.model.name, client.status, chat.model);
  }

  readonly complete = async (asked: unknown, token?: unknown): Promise<Completion | undefined> => {
    const { client, giveWay } = this.parts;
    const request = completionRequestIn(asked);
    const work = async (signal: AbortSignal): Promise<Completion | undefined> => {
      const ask = (each: AbortSignal) => client.completeText(request, each);
      const completed = await this.#completions.run(() => givingWay(giveWay, ask, signal), signal);
      if (completed === null && client.status.state === 'ready' && !client.status.completes)
        throw new ApiError('noModel', problemSentence(client.status) ?? '');
      return completed ?? undefined;
    };
    return this.#answer('completions', work, token, () => problemSentence(client.status));
  };

  readonly chat = async (asked: unknown, onText?: unknown, token?: unknown): Promise<ChatAnswer> => {
    const { chat, foreground, settings } = this.parts;
    const { messages, instructions = '', maxTokens, temperature } = chatRequestIn(asked);
    const parts = { chat, foreground, onText: listenerIn(onText) };
    const params = {
      conversation: nameOf(instructions, messages[0]?.text ?? ''),
      instructions,
      turns: messages,
      ...(maxTokens === undefined ? {} : { maxTokens }),
      temperature: temperature ?? settings.current.chat.temperature,
      thinks: false,
    };
    const work = (signal: AbortSignal) => this.#chats.run(() => answerFor(params, parts, signal), signal);
    return this.#answer('answers of chat', work, token);
  };

  /** @param what for the log @param problem what keeps the model from answering, where that is known */
  async #answer<T>(
    what: string,
    work: (signal: AbortSignal) => Promise<T>,
    token: unknown,
    problem?: () => string | undefined,
  ): Promise<T> {
    const cancelled = new AbortController();
    const listening = tokenIn(token)?.onCancellationRequested(() => cancelled.abort());
    if (tokenIn(token)?.isCancellationRequested) cancelled.abort();
    try {
      if (!this.parts.settings.current.api.enabled) throw this.#off();
      this.#note(what);
      return await work(AbortSignal.any([cancelled.signal, this.#allowed.signal]));
    } catch (error) {
      if (cancelled.signal.aborted) throw new vscode.CancellationError();
      if (!(error instanceof ChatError)) throw error;
      if (!this.parts.settings.current.api.enabled) throw this.#off();
      if (error.code === 'stopped') throw new vscode.CancellationError();
      throw new ApiError(codeOf(error.code), problem?.() ?? refusalOf(error.code, this.parts.chat.model).sentence);
    } finally {
      listening?.dispose();
    }
  }

  #off(): ApiError {
    return new ApiError(
      'off',
      vscode.l10n.t('The setting minnow.api.enabled keeps other extensions from asking Minnow.'),
    );
  }

  /** A person who wonders what the models do finds it in the log. Which extension it is VS Code does not tell. */
  #note(what: string): void {
    if (this.#logged.has(what)) return;
    this.#logged.add(what);
    this.parts.log.info(`Another extension asks for ${what} in this window.`);
  }

  #look(): void {
    if (this.parts.settings.current.api.enabled) return;
    this.#allowed.abort();
    this.#allowed = new AbortController();
  }

  #tell(): void {
    const { status } = this;
    const now = JSON.stringify(status);
    if (now === this.#told) return;
    this.#told = now;
    this.#changed.fire(status);
  }

  dispose(): void {
    this.#allowed.abort();
    this.#subscription.dispose();
  }
}

/** The same for each further question of a conversation: then its beginning is not read again. */
function nameOf(instructions: string, first: string): string {
  return `api ${createHash('sha256').update(`${instructions}\0${first}`).digest('hex')}`;
}
