/** What else the model should see: pieces of the documents that the client named, kept as they are while the window stays. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Place, withLf } from '../documents';
import type { ContextFile } from '../llm/llm';
import type { NeighboursParams } from '../protocol';
import { similarPieces } from './similar';

export interface NeighbourParts {
  /** What the client named. */
  readonly named: () => NeighboursParams;
  readonly documentOf: (uri: string) => TextDocument | undefined;
  readonly pathOf: (document: TextDocument) => string;
}

interface Kept {
  readonly pieces: readonly ContextFile[];
  readonly line: number;
}

/** No more of a document than this is looked at, in characters. */
const MOST_TEXT = 60_000;
/** How much of the text before the cursor is compared. */
const HERE = 1_500;
/** Chosen anew when the cursor has moved so many lines: the prompt's head changes with it. */
const FAR = 60;

export class Neighbours {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly parts: NeighbourParts) {}

  /** @param budget the most characters of all pieces together */
  contextFor(document: TextDocument, place: Place, budget: number): readonly ContextFile[] {
    if (budget <= 0) return [];
    const { line } = document.positionAt(place.offset);
    const kept = this.#kept.get(document.uri);
    if (kept && Math.abs(kept.line - line) < FAR) return kept.pieces;
    const here = place.text.slice(Math.max(0, place.offset - HERE), place.offset + HERE / 3);
    const pieces = similarPieces(here, this.parts.pathOf(document), this.#candidates(document), budget);
    this.#kept.set(document.uri, { pieces, line });
    return pieces;
  }

  /** The client named others: choose anew where the next request comes. */
  changed(): void {
    this.#kept.clear();
  }

  #candidates(document: TextDocument) {
    const { uris, definitions } = this.parts.named();
    const open = uris.flatMap((uri, age) => {
      const other = uri === document.uri ? undefined : this.parts.documentOf(uri);
      return other ? [{ path: this.parts.pathOf(other), text: withLf(other.getText().slice(0, MOST_TEXT)), age }] : [];
    });
    return [...open, ...definitions.map((piece) => ({ ...piece, age: 0, isDefinition: true }))];
  }
}
