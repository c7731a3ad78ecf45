/** Ghost text stands between the editor and the server only to say nothing where it is off. Typing is silent. */
import * as vscode from 'vscode';
import type { Gate } from '../client';
import type { SettingsSource } from '../settings';
import { type Off, whyOff } from './policy';

/** Asks the server unless completions are off there and nobody asked. */
export function ghostTextGate(settings: SettingsSource): Gate {
  return (document, position, context, token, next) => {
    const asked = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
    if (!asked && whyOffIn(document, settings) !== undefined) return null;
    return next(document, position, context, token);
  };
}

/** Why typing in this document is not answered; undefined when it is. */
export function whyOffIn(document: vscode.TextDocument, settings: SettingsSource): Off | undefined {
  return whyOff({ languageId: document.languageId, path: document.uri.path }, settings.current.completion);
}
