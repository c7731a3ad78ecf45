/** Text in, text out: the cursor marked in the string. */
import type { Position } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Place, placeAt } from '../../server/documents';

export const CURSOR = '█';

export interface Marked {
  readonly document: TextDocument;
  readonly position: Position;
}

export function marked(text: string, uri = 'file:///sample/a.ts', languageId = 'typescript'): Marked {
  const offset = text.indexOf(CURSOR);
  const document = TextDocument.create(uri, languageId, 1, text.replace(CURSOR, ''));
  return { document, position: document.positionAt(offset) };
}

export function placeIn(text: string): Place {
  const { document, position } = marked(text);
  return placeAt(document, position);
}

/** The text after a suggestion was accepted. */
export function accepted(
  { text, offset }: Place,
  suggestion: { readonly text: string; readonly replace: number },
): string {
  return text.slice(0, offset) + suggestion.text + text.slice(offset + suggestion.replace);
}
