/** The local model as a language model of the editor: its own chat and other extensions ask it through `vscode.lm`. */
import * as vscode from 'vscode';
import type { ChatProgress } from '../../../server/chatProtocol';
import { type ChatClient, ChatError } from '../../client/chatClient';
import type { SettingsSource } from '../../settings';
import { type Information, Known } from './information';
import { refusalOf, unfitSentence } from './sentences';
import { signalOf } from './signal';
import { TokenCounter } from './tokens';
import { conversationName, conversationOf, optionsOf, UnfitError, withTools } from './turns';

export interface ProviderParts {
  readonly chat: ChatClient;
  readonly settings: SettingsSource;
  readonly log: vscode.LogOutputChannel;
}

/**
 * The editor asks for models only when an extension selects some: before that its own chat says that there is none, even to `@minnow`. So we
 * select ours whenever they change.
 */
export function registerProvider(parts: ProviderParts): vscode.Disposable {
  const provider = new Provider(parts);
  const registered = vscode.Disposable.from(provider, vscode.lm.registerLanguageModelChatProvider(VENDOR, provider));
  const makeKnown = (): void =>
    // Expected: the person has switched the editor's chat off meanwhile.
    void vscode.lm
      .selectChatModels({ vendor: VENDOR })
      .then(undefined, (error: unknown) => parts.log.info(String(error)));
  makeKnown();
  return vscode.Disposable.from(provider.onDidChangeLanguageModelChatInformation(makeKnown), registered);
}

const VENDOR = 'minnow';

class Provider implements vscode.LanguageModelChatProvider, vscode.Disposable {
  readonly #known = new Known();
  readonly #counter: TokenCounter;
  #told = '';
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeLanguageModelChatInformation = this.#changed.event;
  readonly #subscription: vscode.Disposable;

  constructor(private readonly parts: ProviderParts) {
    const { chat } = parts;
    this.#counter = new TokenCounter({
      isReady: () => chat.model?.status.state === 'ready',
      count: (texts, signal) => chat.countTokens(texts, signal),
    });
    this.#known.see(chat.model);
    this.#told = this.#information();
    this.#subscription = chat.onDidChange(() => this.#tellChange());
  }

  async provideLanguageModelChatInformation({
    silent,
  }: vscode.PrepareLanguageModelChatModelOptions): Promise<vscode.LanguageModelChatInformation[]> {
    const { chat } = this.parts;
    if (chat.model === undefined && !silent) await vscode.commands.executeCommand('minnow.model.chooseChat');
    this.#known.see(chat.model);
    const information = this.#known.information(chat.model);
    if (information === undefined) return [];
    const tooltip = vscode.l10n.t('{0} runs on this machine. Nothing is sent anywhere.', information.name);
    return [{ ...information, detail: vscode.l10n.t('on this machine'), tooltip }];
  }

  async provideLanguageModelChatResponse(
    { name }: Pick<Information, 'name'>,
    messages: readonly vscode.LanguageModelChatRequestMessage[],
    options: vscode.ProvideLanguageModelChatResponseOptions,
    progress: vscode.Progress<vscode.LanguageModelResponsePart>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const { chat, settings } = this.parts;
    const signal = signalOf(token);
    try {
      const conversation = conversationOf(messages);
      const tools = this.#known.takesTools(name) ? (options.tools ?? []) : [];
      const isRequired = options.toolMode === vscode.LanguageModelChatToolMode.Required;
      const params = {
        conversation: conversationName(name, conversation),
        turns: conversation.turns,
        ...withTools(conversation, tools, isRequired),
        ...optionsOf(options.modelOptions ?? {}, settings.current.chat.temperature),
        thinks: settings.current.chat.thinking,
      };
      const { prompt } = await chat.ask(params, (each) => report(progress, each), signal);
      this.#known.seeRoom(name, prompt.contextSize);
      this.#tellChange();
    } catch (error) {
      throw this.#asEditorError(error, signal);
    }
  }

  async provideTokenCount(
    _model: vscode.LanguageModelChatInformation,
    text: string | vscode.LanguageModelChatRequestMessage,
    token: vscode.CancellationToken,
  ): Promise<number> {
    const count = await this.#counter.count(text);
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    return count;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #information(): string {
    return JSON.stringify(this.#known.information(this.parts.chat.model) ?? null);
  }

  /** Loading tells every percent: only what the editor shows is a change. */
  #tellChange(): void {
    this.#known.see(this.parts.chat.model);
    const now = this.#information();
    if (now === this.#told) return;
    this.#told = now;
    this.#counter.clear();
    this.#changed.fire();
  }

  #asEditorError(error: unknown, signal: AbortSignal): unknown {
    if (error instanceof UnfitError) return new vscode.LanguageModelError(unfitSentence(error.why));
    if (signal.aborted) return new vscode.CancellationError();
    if (!(error instanceof ChatError)) return error;
    if (error.code === 'stopped') return new vscode.CancellationError();
    const { sentence } = refusalOf(error.code, this.parts.chat.model);
    return error.code === 'none'
      ? vscode.LanguageModelError.NotFound(sentence)
      : new vscode.LanguageModelError(sentence);
  }
}

/** Thoughts are no part of the answer, and the stable API has no other place for them. */
function report(progress: vscode.Progress<vscode.LanguageModelResponsePart>, each: ChatProgress): void {
  if (each.kind === 'text') progress.report(new vscode.LanguageModelTextPart(each.text));
  if (each.kind === 'toolCall')
    progress.report(new vscode.LanguageModelToolCallPart(each.call.id, each.call.name, each.call.parameters));
}
