/** Why nothing comes by itself where a person looks, as it is told to them. Nothing of it is asked while they type. */
import * as vscode from 'vscode';
import { codeSchemes } from '../schemes';
import { type Where, whyOffIn } from './ghostText';
import type { Standing, Unasked } from './policy';

/** The editor's own setting, without which it asks nobody. */
export const EDITOR_SETTING = 'editor.inlineSuggest.enabled';

/** A panel beside the editors counts as the active one while it is looked into, and says nothing of them. */
const PANEL = 'output';

/** @param document undefined where none is shown */
export function standingOff(document: vscode.TextDocument | undefined, where: Where): Standing | Unasked | undefined {
  if (document === undefined || document.uri.scheme === PANEL)
    return where.settings.current.completion.enabled ? undefined : 'disabled';
  const { uri } = document;
  if (!codeSchemes().includes(uri.scheme)) return 'notCode';
  // While the rules are being read, nobody is told that they close the file.
  const off = whyOffIn(document, where, where.readable.isClosedNow(uri) === true);
  return off ?? (isAsking(document) ? undefined : 'editor');
}

function isAsking(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('', document).get(EDITOR_SETTING) !== false;
}
