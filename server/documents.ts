/** The open documents, and the text around a position in the form that a model wants. */
import type { Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** A place between two characters of a text, with what a completion must know about it. */
export interface Place {
  /** The whole text, every line end as `\n`. */
  readonly text: string;
  /** In UTF-16 code units of `text`. */
  readonly offset: number;
  /** The line up to the cursor. */
  readonly lineBefore: string;
  /** The line from the cursor, without its line end. */
  readonly lineAfter: string;
  /** The line end that the document uses where the cursor is. */
  readonly lineEnd: '\r\n' | '\n';
}

export function placeAt(document: TextDocument, position: Position): Place {
  const raw = document.getText();
  const at = within(raw, document.offsetAt(position));
  if (!raw.includes('\r')) return placeIn(raw, at);
  return placeIn(withLf(raw), withLf(raw.slice(0, at)).length, lineEndNear(raw, at));
}

/** The place in a text whose line ends are all `\n`. */
export function placeIn(text: string, offset: number, lineEnd: Place['lineEnd'] = '\n'): Place {
  const lineBefore = text.slice(offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1, offset);
  return { text, offset, lineBefore, lineAfter: text.slice(offset, endOfLine(text, offset)), lineEnd };
}

/** Offset of the end of the line that holds `offset`, before its line end. */
export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
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

/** The nearest offset that the text has: of a position that is none comes anything. */
function within(raw: string, offset: number): number {
  return Number.isFinite(offset) ? Math.min(raw.length, Math.max(0, Math.floor(offset))) : 0;
}

function lineEndNear(raw: string, at: number): Place['lineEnd'] {
  const before = raw.lastIndexOf('\n', at - 1);
  const found = before >= 0 ? before : raw.indexOf('\n', at);
  return found > 0 && raw[found - 1] === '\r' ? '\r\n' : '\n';
}
