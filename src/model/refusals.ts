/** Why a file cannot be used as a model, in a sentence with what to do. */
import * as vscode from 'vscode';
import type { FileRefusal } from './gguf/fitness';
import type { AddressRefusal } from './sources/addresses';
import type { HubRefusal } from './sources/hub';

export function fileSentence(refusal: FileRefusal): string {
  const { t } = vscode.l10n;
  switch (refusal) {
    case 'missing':
      return t('The file is not there any more. Choose another one.');
    case 'unreadable':
      return t('The file cannot be read. Check its permissions and try again.');
    case 'unreachable':
      return t('The server could not be reached, or does not have this file. Check the address and the connection.');
    case 'notGguf':
      return t('This is not a GGUF file. Models for Minnow have that format.');
    case 'tooOld':
      return t('This GGUF file is of a version that is not in use any more. Look for a newer file of the model.');
    case 'tooNew':
      return t('This GGUF file is newer than this version of Minnow. Update Minnow or choose another file.');
    case 'bigEndian':
      return t('This GGUF file was made for machines with another byte order. Choose another file of the model.');
    case 'damaged':
    case 'tooLarge':
      return t('The file is damaged: its header makes no sense. Download it again.');
    case 'truncated':
      return t('The end of the file is missing. Download it again.');
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

/** Why what was pasted names no model file. */
export function addressSentence(refusal: AddressRefusal): string {
  const { t } = vscode.l10n;
  switch (refusal) {
    case 'empty':
    case 'notAnAddress':
    case 'unknownScheme':
      return t('This is not the address of a model. Give one such as hf:owner/repository/file.gguf, or choose a file.');
    case 'relativePath':
      return t('This path is not absolute. Give the whole path of the file.');
    case 'insecure':
      return t('This address is not encrypted, so anyone on the way could change the file. Give one with https://.');
    case 'credentials':
      return t(
        'This address contains a password or token. Give it without one, and download locked files with a browser.',
      );
    case 'badRepository':
    case 'badPath':
      return t(
        'This is not the address of a repository and a file in it. Give one such as hf:owner/repository/file.gguf.',
      );
    case 'noFile':
      return t(
        'This names a repository, but none of its files. Add the name of one, or a quantization such as :Q4_K_M.',
      );
    case 'notGguf':
      return t('This is not a GGUF file. Models for Minnow have that format.');
    case 'split':
      return fileSentence('split');
  }
}

/** Why the hub did not tell which file is meant. */
export function hubSentence(refusal: HubRefusal): string {
  const { t } = vscode.l10n;
  switch (refusal) {
    case 'unreachable':
      return t('The hub could not be reached. Check the connection, or set a mirror.');
    case 'noSuchRepository':
      return t('The hub does not have this repository, or shows it to its members only. Check the address.');
    case 'locked':
      return t('The terms of this model must be accepted first. Download the file with a browser and add it.');
    case 'busy':
      return t('The hub does not answer right now. Try again in a minute.');
    case 'badAnswer':
      return t('The hub, or a mirror of it, gave an answer that makes no sense. Check the address in the settings.');
    case 'noSuchQuantization':
      return t('This repository has no file of that quantization. Give the name of a file in it.');
    case 'split':
      return fileSentence('split');
  }
}
