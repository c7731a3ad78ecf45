import { TextDocument } from 'vscode-languageserver-textdocument';
import { Completer, type CompleterParts, type CompletionAnswer } from '../../server/completion/completion';
import { placeAt } from '../../server/documents';
import { Edits } from '../../server/edits';
import type { Settled } from '../../server/protocol';
import { marked } from './cursor';
import type { ScriptedLlm } from './scriptedLlm';

export const uri = 'file:///sample/a.ts';

/** An editor with one document, a completer and a scripted model. */
export class CompleterSession {
  readonly settled: Settled[] = [];
  readonly extended: number[] = [];
  readonly edits = new Edits();
  readonly completer: Completer;
  document = TextDocument.create(uri, 'typescript', 1, '');
  offset = 0;

  constructor(
    readonly llm: ScriptedLlm,
    text: string,
    parts: Partial<CompleterParts> = {},
  ) {
    this.completer = new Completer({
      settings: () => ({ multiline: true, comments: true }),
      folders: () => ['file:///sample'],
      contextFor: () => [],
      kindAt: () => undefined,
      isSound: () => undefined,
      statementEnd: () => undefined,
      onSettled: (settled) => this.settled.push(settled),
      onExtended: (_, version) => this.extended.push(version),
      ...parts,
    });
    this.edits.onDidEdit((edit) => this.completer.note(edit));
    const { document, position } = marked(text, uri);
    this.document = document;
    this.offset = document.offsetAt(position);
  }

  type(text: string): void {
    const at = this.document.positionAt(this.offset);
    this.edits.update(this.document, [{ range: { start: at, end: at }, text }], this.document.version + 1);
    this.offset += text.length;
  }

  backspace(count: number): void {
    const range = { start: this.document.positionAt(this.offset - count), end: this.document.positionAt(this.offset) };
    this.edits.update(this.document, [{ range, text: '' }], this.document.version + 1);
    this.offset -= count;
  }

  ask({ asked = false, signal = new AbortController().signal } = {}): Promise<CompletionAnswer> {
    const place = placeAt(this.document, this.document.positionAt(this.offset));
    return this.completer.complete(this.llm, { document: this.document, place, asked }, signal);
  }

  async shown(): Promise<string> {
    const { suggestions, outcome } = await this.ask();
    return suggestions[0]?.text ?? `(${outcome.silence})`;
  }
}
