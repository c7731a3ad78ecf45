/** What is being done to the documents: every change as it comes in, with its time. The text alone does not tell. */
import { Emitter, type TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

export interface Edit {
  readonly document: TextDocument;
  /** What was inserted, as the editor sent it. */
  readonly text: string;
  /** Where, in UTF-16 code units. */
  readonly offset: number;
  /** How many UTF-16 code units were taken out. */
  readonly removed: number;
  /** Milliseconds on a steady clock. */
  readonly at: number;
}

/** Creates and updates documents for the document store, and tells each edit after it was made. */
export class Edits {
  readonly #edited = new Emitter<Edit>();
  readonly onDidEdit = this.#edited.event;

  create = TextDocument.create;

  update = (document: TextDocument, changes: TextDocumentContentChangeEvent[], version: number): TextDocument => {
    const edits = changes.map((change) => {
      const before = document.getText();
      const range = 'range' in change ? change.range : undefined;
      const offset = range ? document.offsetAt(range.start) : 0;
      const removed = (range ? document.offsetAt(range.end) : before.length) - offset;
      const joins = joinsLineEnd(before, offset, removed, change.text);
      const whole = () => ({ text: before.slice(0, offset) + change.text + before.slice(offset + removed) });
      TextDocument.update(document, [joins ? whole() : change], version);
      return { document, text: change.text, offset, removed, at: performance.now() };
    });
    if (changes.length === 0) TextDocument.update(document, [], version);
    for (const edit of edits) this.#edited.fire(edit);
    return document;
  };
}

/** True when the edit brings a `\r` before a `\n`: the library counts both as lines from then on, unless it gets the text anew. */
function joinsLineEnd(before: string, offset: number, removed: number, text: string): boolean {
  const left = before[offset - 1] ?? '';
  const right = before[offset + removed] ?? '';
  return (left === '\r' && (text + right).startsWith('\n')) || (right === '\n' && (left + text).endsWith('\r'));
}
