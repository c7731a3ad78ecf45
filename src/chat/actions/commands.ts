/** "Ask Minnow" in menus, and what the code actions do. All of it opens the panel; the answer comes there. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ChatContext } from '../context';
import { terminalSelection } from '../context/terminal';
import type { AskChat, Attachment } from '../question';
import { attachmentsOf, isTarget, LONGEST_DETAIL, selectionTarget } from './target';

export interface CommandParts {
  readonly ask: AskChat;
  readonly context: Pick<ChatContext, 'implicit' | 'fromUris'>;
}

/** Slash commands that are asked without more words. */
type Slash = '/explain' | '/fix' | '/doc' | '/tests';

export function registerCommands(parts: CommandParts): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  const does = (slash: Slash) => (given: unknown) => askSlash(slash, given, parts);
  return vscode.Disposable.from(
    registerCommand('minnow.chat.ask', () => ask(parts)),
    registerCommand('minnow.chat.askAboutFiles', (uri: unknown, uris: unknown) => askAboutFiles(uri, uris, parts)),
    registerCommand('minnow.chat.askAboutTerminal', () => askAboutTerminal(parts)),
    registerCommand('minnow.chat.explain', does('/explain')),
    registerCommand('minnow.chat.fix', does('/fix')),
    registerCommand('minnow.chat.document', does('/doc')),
    registerCommand('minnow.chat.tests', does('/tests')),
  );
}

async function ask({ ask: panel, context }: CommandParts): Promise<void> {
  const attachments = await ofEditor(false, context);
  if (attachments) await panel.attach(attachments);
}

/** @param given the target of a code action; menus give something else, which is ignored */
async function askSlash(slash: Slash, given: unknown, { ask: panel, context }: CommandParts): Promise<void> {
  // Documentation and tests are not about what is wrong.
  const withProblems = slash === '/fix' || slash === '/explain';
  const attachments = isTarget(given)
    ? await attachmentsOf(given, withProblems)
    : await ofEditor(slash === '/fix', context);
  if (attachments) await panel.ask({ text: slash, attachments });
}

/** The selection, which is named by the person whatever file it is in; else the code that is seen. Says so when there is neither. */
async function ofEditor(
  withProblems: boolean,
  context: Pick<ChatContext, 'implicit'>,
): Promise<readonly Attachment[] | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor && !editor.selection.isEmpty)
    return attachmentsOf(selectionTarget(editor.document, editor.selection), withProblems);
  const seen = context.implicit();
  if (seen === undefined) {
    say(vscode.l10n.t('There is no code to ask about. Open a file and select the code.'));
    return undefined;
  }
  const [range] = editor?.visibleRanges ?? [];
  if (!withProblems || editor === undefined || range === undefined) return [seen];
  const [, problems] = await attachmentsOf(selectionTarget(editor.document, range), true);
  return problems ? [seen, problems] : [seen];
}

/** @param uri the file that was clicked on @param uris all that are selected, where it is one of several */
async function askAboutFiles(uri: unknown, uris: unknown, { ask: panel, context }: CommandParts): Promise<void> {
  const given = Array.isArray(uris) && uris.length > 0 ? uris : [uri];
  const chosen = given.flatMap((each: unknown) => (each instanceof vscode.Uri ? [each.toString()] : []));
  const active = vscode.window.activeTextEditor?.document.uri.toString();
  const attachments = await context.fromUris(chosen.length === 0 && active ? [active] : chosen);
  if (attachments.length > 0) await panel.attach(attachments);
  else say(vscode.l10n.t('There is no file or folder to ask about. Select one in the explorer.'));
}

async function askAboutTerminal({ ask: panel }: CommandParts): Promise<void> {
  const text = await terminalSelection();
  if (text === undefined) return say(vscode.l10n.t('Nothing is selected in the terminal. Select what to ask about.'));
  const label = vscode.l10n.t('Terminal');
  const subject = { kind: 'text' as const, title: label, text };
  await panel.attach([{ id: randomUUID(), label, detail: text.slice(0, LONGEST_DETAIL), icon: 'terminal', subject }]);
}

function say(sentence: string): void {
  void vscode.window.showInformationMessage(`Minnow: ${sentence}`);
}
