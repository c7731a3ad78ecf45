/** Why a file cannot be used as a model, in a sentence with what to do. */
import * as vscode from 'vscode';
import type { FileRefusal } from './fitness';

export function fileSentence(refusal: FileRefusal): string {
  const { t } = vscode.l10n;
  switch (refusal) {
    case 'missing':
      return t('The file is not there any more. Choose another one.');
    case 'unreadable':
      return t('The file cannot be read. Look at its rights and try again.');
    case 'unreachable':
      return t('The server could not be reached, or does not have this file. Look at the address and the connection.');
    case 'notGguf':
      return t('This is not a GGUF file. Models for Minnow have that format.');
    case 'tooOld':
      return t('This GGUF file is of a version that is not in use any more. Look for a newer file of the model.');
    case 'tooNew':
      return t('This GGUF file is newer than this version of Minnow. Update Minnow or choose another file.');
    case 'bigEndian':
      return t('This GGUF file was made for machines with another order of bytes. Choose another file of the model.');
    case 'damaged':
    case 'tooLarge':
      return t('The file is damaged: its header makes no sense. Fetch it again.');
    case 'truncated':
      return t('The end of the file is missing. Fetch it again.');
    case 'adapter':
      return t('This file is an adapter, not a model. Use “Minnow: Add a LoRA Adapter”.');
    case 'projector':
      return t('This file lets a model see pictures and is no model itself. Choose the file of the model.');
    case 'draft':
      return t('This file only helps another model to write faster. Choose the file of that model.');
    case 'notAModel':
      return t('There is no model in this file. Choose another one.');
    case 'split':
      return t(
        'This model is split into several files, which Minnow cannot put together. Choose one that is in one file.',
      );
    case 'otherTask':
      return t('This model does not write text: it ranks, speaks or draws. Choose another one.');
    case 'unknownArchitecture':
      return t('This version of Minnow does not know this kind of model. Update Minnow or choose another one.');
    case 'unknownQuantization':
      return t(
        'The numbers of this file are packed in a way that this version of Minnow does not know. Choose another file.',
      );
    case 'incomplete':
      return t('The file does not say what is needed to run it. Choose another file of the model.');
    case 'noTokenizer':
      return t('The vocabulary of the model is not in this file. Choose another file of the model.');
    case 'noRole':
      return t('This model can neither fill in code, nor chat, nor search. Choose another one.');
  }
}
