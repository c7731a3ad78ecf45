/** Makes the chat of this window, its view and its commands. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ChatClient } from '../client/chatClient';
import { clock } from '../clock';
import { failureSentence } from '../errors';
import { diskFolder } from '../folder';
import type { SettingsSource } from '../settings';
import { MANAGE_TRUST } from '../trust';
import { type ApplyTo, applyCode } from './apply';
import { type Acts, Chat } from './chat';
import type { ChatContext } from './context';
import { registerDiffs } from './diff';
import { PageHandler } from './handle';
import { insertCode, say, showMarkdown } from './insert';
import type { OfferedModel } from './model';
import { openLink } from './openLink';
import { Panel, VIEW } from './panel';
import { PastConversations } from './past';
import type { AskChat } from './question';
import { Store } from './store';
import { chatWords } from './words';

export interface RegisterChatParts {
  readonly extension: vscode.ExtensionContext;
  readonly client: ChatClient;
  readonly context: ChatContext;
  readonly settings: SettingsSource;
  readonly log: vscode.LogOutputChannel;
  /** Proposes a block of code in a file. */
  readonly applyTo: ApplyTo;
  /** The advised model; undefined where none can be advised. */
  readonly offer: () => Promise<OfferedModel | undefined>;
}

export interface RegisteredChat extends vscode.Disposable {
  readonly chat: AskChat;
  /** Settles when all that was said is on disk. */
  readonly close: () => Promise<void>;
}

export function registerChat(parts: RegisterChatParts): RegisteredChat {
  const { client, context } = parts;
  const report = reporter(parts.log);
  const acts = actsWith(parts.applyTo);
  const panel: Panel = new Panel({
    extensionUri: parts.extension.extensionUri,
    words: chatWords(),
    onMessage: (message) => void handler.handle(message).catch(report),
    onGone: () => chat.pageGone(),
    log: parts.log,
  });
  const past: PastConversations = pastIn(parts, (from, to) => chat.renamed(from, to));
  const chat: Chat = new Chat({
    client,
    context,
    past,
    page: panel,
    acts,
    offer: parts.offer,
    words: { failure: failureSentence, t: vscode.l10n.t },
    isTrusted: () => vscode.workspace.isTrusted,
    options: () => optionsOf(parts.settings),
    report: (error) => parts.log.error(textOf(error)),
    clock,
    t: vscode.l10n.t,
  });
  const handler = new PageHandler({ chat, context, acts });
  const subscriptions = vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(VIEW, panel),
    registerDiffs(),
    client.onDidChange(() => chat.tellModel()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => chat.tellModel()),
    context.onDidChangeImplicit(() => chat.tellChips()),
    vscode.commands.registerCommand('minnow.chat.open', () => chat.focus()),
    vscode.commands.registerCommand('minnow.chat.new', () => chat.begin()),
    vscode.commands.registerCommand('minnow.chat.history', () => chat.showHistory()),
    vscode.commands.registerCommand('minnow.chat.export', () => chat.exportMarkdown()),
  );
  return { chat, close: () => chat.close(), dispose: () => subscriptions.dispose() };
}

const actsWith = (applyTo: ApplyTo): Acts => ({
  copy: async (text) => vscode.env.clipboard.writeText(text),
  insert: insertCode,
  apply: (code, block, files) => applyCode(applyTo, code, block, files),
  openLink,
  say,
  showMarkdown,
  chooseModel: async () => vscode.commands.executeCommand('minnow.model.chooseChat'),
  restartModel: async () => vscode.commands.executeCommand('minnow.restart'),
  showLog: async () => vscode.commands.executeCommand('minnow.showLog'),
  manageTrust: async () => vscode.commands.executeCommand(MANAGE_TRUST),
});

/** A folder's conversations stay with it; those of a window without a folder are shared. */
function pastIn(
  { extension, settings, log }: RegisterChatParts,
  onRenamed: (from: string, to: string) => void,
): PastConversations {
  const storage = extension.storageUri ?? extension.globalStorageUri;
  let hasSaid = false;
  return new PastConversations({
    store: new Store(diskFolder(vscode.Uri.joinPath(storage, 'chats').fsPath), clock.now),
    memory: extension.workspaceState,
    isOn: () => settings.current.chat.history,
    onRenamed,
    onFailure: (error) => {
      log.error(`A chat could not be kept or read: ${textOf(error)}`);
      if (hasSaid) return;
      hasSaid = true;
      void say(
        vscode.l10n.t(
          'Chats cannot be saved right now. Check the space and permissions of the disk; the log says more.',
        ),
      );
    },
    newId: randomUUID,
    clock,
    locale: vscode.env.language,
    t: vscode.l10n.t,
  });
}

function optionsOf({ current }: SettingsSource): { readonly temperature: number; readonly thinks: boolean } {
  const { temperature, thinking } = current.chat;
  return { temperature, thinks: thinking };
}

/** A person has clicked on something, and it did not work. */
function reporter(log: vscode.LogOutputChannel): (error: unknown) => void {
  return (error) => {
    log.error(textOf(error));
    const show = vscode.l10n.t('Show Log');
    const sentence = vscode.l10n.t('Minnow: That did not work. The log says more.');
    void vscode.window.showErrorMessage(sentence, show).then((chosen) => chosen === show && log.show());
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
