/** Offers and their places in a document of the editor. */
import * as vscode from 'vscode';
import { languageOf } from './languages';
import { standsAt } from './names';
import { Offer } from './offer';
import { type Place, placesOf } from './places';
import type { Cursor, Rename } from './renames';

/** Larger files are not looked through, in UTF-16 code units. */
const LARGEST = 1_000_000;

/** @param at where the new name begins. @returns undefined where nothing is offered */
export function offerOf(document: vscode.TextDocument, { old, name }: Rename, at: number): Offer | undefined {
  const language = languageOf(document.languageId);
  const end = document.lineAt(document.lineCount - 1).range.end;
  if (language === undefined || document.offsetAt(end) > LARGEST) return undefined;
  const places = placesOf(language, document.getText(), { old, name, at });
  return places.length > 0 ? new Offer({ old, name, at }, places) : undefined;
}

/** Whether the old name still stands there, whole. */
export function isThere(document: vscode.TextDocument, offer: Offer, place: Place): boolean {
  const { line, character } = document.positionAt(place.offset);
  return standsAt(document.lineAt(line).text, character, offer.renaming.old);
}

export function rangeOf(document: vscode.TextDocument, { offset }: Place, old: string): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + old.length));
}

/** What is selected on the cursor's line; of more lines than one, nothing. */
export function cursorOf({ document, selection }: vscode.TextEditor): Cursor {
  // Lines may just have been taken out: the editor tells the new selection only after that.
  const line = Math.min(selection.active.line, document.lineCount - 1);
  const isOneLine = selection.isSingleLine;
  const start = isOneLine ? selection.start.character : selection.active.character;
  const end = isOneLine ? selection.end.character : selection.active.character;
  return { line, text: document.lineAt(line).text, start, end };
}
