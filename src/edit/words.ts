/** What is said of edits, in sentences. */

import type { ChatError } from '../client/chatClient';
import type { failureSentence } from '../errors';
import type { Note } from './proposal';
import type { EditSession } from './session';

export type Translate = (message: string, ...args: (string | number)[]) => string;

/** What a person should know before taking what is proposed. */
export function noteSentence(note: Note, t: Translate): string {
  switch (note) {
    case 'empty':
      return t('The model answered nothing. Try again, or say it in other words.');
    case 'identical':
      return t('The model would change nothing here. Say in other words what should change.');
    case 'cut':
      return t('The edit was stopped before its end: only what was finished is proposed.');
    case 'shortened':
      return t('The new text ends long before the old one. Check whether anything is missing.');
    case 'key':
      return t('The new text has something that looks like a key or a password. Check it before you accept it.');
    case 'elided':
      return t('The new text has a comment such as "existing code" in place of code. Check it before you accept it.');
  }
}

export function brokenSentence(t: Translate): string {
  return t('With these changes the file has a syntax error that it does not have now.');
}

/** What the session is doing, in a few words. */
export function stateWords(session: EditSession, t: Translate): string {
  switch (session.phase) {
    case 'waiting':
      return t('Minnow: waiting for the model…');
    case 'reading':
      return t('Minnow: reading, {0}%', Math.round(session.read * 100));
    case 'writing':
      return t('Minnow: writing…');
    case 'over':
    case 'settled': {
      const open = session.proposal?.hunks.filter(({ state }) => state === 'open').length ?? 0;
      if (session.isBroken) return t('Minnow: {0} changes, with a syntax error', open);
      return open === 1 ? t('Minnow: 1 change') : t('Minnow: {0} changes', open);
    }
  }
}

/** Why there is no edit, and what to do. @param failure says why a model does not load */
export function failureWords({ code, message }: ChatError, failure: typeof failureSentence, t: Translate): string {
  switch (code) {
    case 'none':
      return t('No model for edits is chosen. Choose one.');
    case 'noChat':
      return t('This model cannot follow instructions. Choose another model for chat and edits.');
    case 'tooLong':
      return t('This is more than the model can take in at once. Select fewer lines.');
    case 'died':
      return t('The model stopped while it was writing. Try again.');
    case 'failed':
      return isFailureCode(message) ? failure(message) : t('The model could not do this. The log says more.');
    case 'restricted':
      return t('In Restricted Mode there are completions only. Trust this workspace, then try again.');
    case 'stopped':
      return t('The edit was stopped.');
  }
}

type FailureCode = Parameters<typeof failureSentence>[0];

const CODES: readonly string[] = [
  'modelMissing',
  'modelDamaged',
  'modelUnreadable',
  'modelUnsupported',
  'adapterMissing',
  'adapterUnfit',
  'outOfMemory',
  'engineUnfit',
  'engineFailed',
  'stopped',
] satisfies readonly FailureCode[];

function isFailureCode(text: string): text is FailureCode {
  return CODES.includes(text);
}
