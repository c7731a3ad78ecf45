/** A document's text in short: whether client and server still agree on it can be asked at any time, and costs no copy of the text. */
import { createHash } from 'node:crypto';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Digest } from '../measureProtocol';

export function digestOf(document: TextDocument | undefined): Digest | null {
  if (document === undefined) return null;
  const text = document.getText();
  return { version: document.version, length: text.length, sha256: createHash('sha256').update(text).digest('hex') };
}
