/** Why nothing was suggested, in a sentence, and what can be done about it. */
import * as vscode from 'vscode';
import type { Silence } from '../../server/protocol';
import type { Off, Unasked } from './policy';
import { EDITOR_SETTING } from './standing';

export interface Reason {
  readonly sentence: string;
  /** Which one has to do with it. */
  readonly setting?: string;
  /** A command of ours that ends it, and what its button says. */
  readonly remedy?: { readonly label: string; readonly command: string };
}

/** Why the model was not asked. */
export function reasonFor(off: Off | Unasked, language: string): Reason {
  const { t } = vscode.l10n;
  switch (off) {
    case 'disabled':
      return {
        sentence: t('Completions are off.'),
        setting: 'minnow.completion.enabled',
        remedy: { label: t('Turn Completions On'), command: 'minnow.completion.toggle' },
      };
    case 'paused':
      return {
        sentence: t('Completions are paused.'),
        remedy: { label: t('Resume Completions'), command: 'minnow.completion.resume' },
      };
    case 'language':
      return {
        sentence: t('Completions are off for {0}.', language),
        setting: 'minnow.completion.languages',
        remedy: { label: t('Turn On for {0}', language), command: 'minnow.completion.toggleLanguage' },
      };
    case 'minnowIgnored':
      return { sentence: t('Minnow is off in this file: a .minnowignore names it.') };
    case 'secretFile':
      return {
        sentence: t('Completions are off in this file: by its name it may hold secrets.'),
        setting: 'minnow.completion.secretFiles',
      };
    case 'editor':
      return {
        sentence: t('The editor shows no suggestions while you type: its setting for inline suggestions is off.'),
        setting: EDITOR_SETTING,
      };
    case 'notCode':
      return { sentence: t('Suggestions come in files, notebooks and new documents, and this is none of them.') };
    case 'severalCursors':
      return { sentence: t('There are several cursors: a suggestion would fit only one of them.') };
    case 'undo':
      return { sentence: t('You were undoing or redoing. Type on, and suggestions come again.') };
  }
}

/** Why what was asked came to nothing. */
export function reasonForSilence(silence: Silence): Reason {
  const { t } = vscode.l10n;
  switch (silence) {
    case 'bulkEdit':
      return { sentence: t('Much text has just changed at once. Type on, and suggestions come again.') };
    case 'comment':
      return { sentence: t('Completions are off in comments.'), setting: 'minnow.completion.comments' };
    case 'refused':
      return { sentence: t('The suggestion for this place was passed over twice, so it is not offered again.') };
    case 'noFim':
      return { sentence: t('This model cannot complete code. Choose a completion model.') };
    case 'insideCharacter':
      return { sentence: t('The cursor is inside a character.') };
    case 'binary':
      return { sentence: t('This looks like binary data, not text.') };
    case 'nothing':
      return { sentence: t('The model had nothing to add here.') };
    case 'repeated':
      return { sentence: t('The model only repeated what follows the cursor.') };
    case 'endless':
      return { sentence: t('The model kept repeating itself.') };
    case 'key':
      return {
        sentence: t('The model wrote something that looks like a key or a password, which is never suggested.'),
      };
    case 'unsure':
      return { sentence: t('The model was not sure enough of its suggestion. Alt+\\ shows it anyway.') };
    case 'unsound':
      return { sentence: t('The suggestion would have broken the syntax.') };
    case 'short':
      return { sentence: t('The suggestion was too short to be worth a look.') };
  }
}
