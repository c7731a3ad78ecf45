/** Sentences about an answer: what was left out of its prompt, why it ended early, why there is none. */
import type { ChatEnd, ContextItem, PromptUsage } from '../../server/chatProtocol';
import type { ChatError } from '../client/chatClient';

/** Puts arguments into the places `{0}`, `{1}` of a message, in the user's language: `vscode.l10n.t`. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** @param given what the prompt was to be made of */
export function promptNotes(usage: PromptUsage, given: readonly ContextItem[], t: Translate): readonly string[] {
  const titles = (ids: readonly string[]): string =>
    given
      .filter(({ id }) => ids.includes(id))
      .map(({ title }) => title)
      .join(', ');
  const cut = titles(usage.cut);
  const leftOut = titles(usage.leftOut);
  return [
    ...(cut === '' ? [] : [t('There was room only for a part of this: {0}.', cut)]),
    ...(leftOut === '' ? [] : [t('There was no room for this: {0}.', leftOut)]),
    ...(usage.turnsLeftOut === 0
      ? []
      : [t('There was no room for the beginning of this chat; the model does not see it.')]),
  ];
}

/** @param text what the answer says */
export function endNotes(end: ChatEnd, text: string, t: Translate): readonly string[] {
  switch (end) {
    case 'length':
      return [t('The answer was cut at its greatest length.')];
    case 'full':
      return [t('The answer was cut: the context is full. Start a new chat, or ask with less in it.')];
    case 'endless':
      return [t('The model repeated itself and was stopped. Ask in other words, or try again.')];
    case 'tool':
    case 'complete':
      return text === '' ? [t('The model had nothing to say. Ask in other words, or try again.')] : [];
  }
}

/** Why there is no answer, or only the beginning of one, with a next step. */
export function failureNote(code: ChatError['code'], t: Translate): string {
  switch (code) {
    case 'none':
      return t('There is no model for chat. Choose one, then try again.');
    case 'failed':
      return t('The model could not be loaded. Restart it or choose another one, then try again.');
    case 'died':
      return t('The model stopped unexpectedly. What it wrote is kept; continue, or try again.');
    case 'noChat':
      return t('This model cannot chat. Choose another one, then try again.');
    case 'tooLong':
      return t('The question is too long for this model. Shorten it, or ask about less.');
    case 'restricted':
      return t('In Restricted Mode there are completions only. Trust this workspace, then try again.');
    case 'stopped':
      return t('The answer was stopped. Try again.');
  }
}
