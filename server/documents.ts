/** The open documents, and the text around a position in the form that a model wants. */
import type { Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** A place between two characters of a text, with what a completion must know about it. */
export interface Place {
  readonly text: string;
  /** In UTF-16 code units. */
  readonly offset: number;
  /** The line up to the cursor. */
  readonly lineBefore: string;
  /** The line from the cursor, without its line end. */
  readonly lineAfter: string;
}

export function placeAt(document: TextDocument, position: Position): Place {
  const text = document.getText();
  const offset = document.offsetAt(position);
  const lineStart =
    offset - Math.min(position.character, offset - document.offsetAt({ line: position.line, character: 0 }));
  return {
    text,
    offset,
    lineBefore: text.slice(lineStart, offset),
    lineAfter: text.slice(offset, lineEnd(text, offset)),
  };
}

/** Offset of the end of the line that holds `offset`, before its line end. */
export function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

/** True where the place would cut a character of two code units (an emoji, say) in half. */
export function splitsCharacter({ text, offset }: Place): boolean {
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/** The text with every line end as `\n`, as models were trained on. */
export function withLf(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** The line end that the document uses where the cursor is. */
export function lineEndAt({ text, offset }: Place): '\r\n' | '\n' {
  const before = text.lastIndexOf('\n', offset - 1);
  const at = before >= 0 ? before : text.indexOf('\n', offset);
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}
