/** Why there is no answer, in the editor's own chat and for commit messages. Each says what to do. */
import * as vscode from 'vscode';
import type { ChatClient, ChatError } from '../../client/chatClient';
import { failureSentence } from '../../errors';
import { MANAGE_TRUST, restrictedSentence } from '../../trust';
import type { Unfit } from './turns';

/** A sentence, and the command that helps. */
export interface Refusal {
  readonly sentence: string;
  readonly action?: { readonly title: string; readonly command: string };
}

export function refusalOf(code: Exclude<ChatError['code'], 'stopped'>, model: ChatClient['model']): Refusal {
  const choose = { title: vscode.l10n.t('Choose a Model'), command: 'minnow.model.chooseChat' };
  const name = model?.name ?? '';
  switch (code) {
    case 'none':
      return {
        sentence: vscode.l10n.t(
          'No model for chat is chosen yet. Choose one; it is downloaded once and then runs on this machine.',
        ),
        action: choose,
      };
    case 'noChat':
      return {
        sentence: vscode.l10n.t('{0} cannot chat: it only continues text. Choose another model.', name),
        action: choose,
      };
    case 'tooLong':
      return { sentence: vscode.l10n.t('This is more than {0} can read at once. Ask about less of it.', name) };
    case 'died':
      return {
        sentence: vscode.l10n.t('The model stopped while it answered, and is being restarted. Ask again.'),
      };
    case 'restricted':
      return {
        sentence: restrictedSentence(),
        action: { title: vscode.l10n.t('Manage Workspace Trust'), command: MANAGE_TRUST },
      };
    case 'failed':
      return {
        sentence: failureSentence(model?.status.state === 'failed' ? model.status.code : 'stopped'),
        action: { title: vscode.l10n.t('Restart the Model'), command: 'minnow.restart' },
      };
  }
}

export function unfitSentence(why: Unfit): string {
  switch (why) {
    case 'empty':
      return vscode.l10n.t('There is no question. Write one and send it again.');
    case 'picture':
      return vscode.l10n.t('This model reads text only. Remove the picture and ask again.');
    case 'openCall':
      return vscode.l10n.t('The last message calls a tool whose answer is missing. Add the answer and ask again.');
  }
}
