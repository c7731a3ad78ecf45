/**
 * A third door of the server: edits by instruction. The model that chats edits; requests to one that does not are refused as in `chatProtocol`.
 * The server only ever answers with text: what becomes of it in the document is the client's and the person's.
 */
import { NotificationType, type PartialResultParams, ProgressType, RequestType } from 'vscode-languageserver-protocol';
import type { ContextItem } from './chatProtocol';

/** Lines of a text, from 0. */
export interface LineRange {
  readonly first: number;
  readonly count: number;
}

/** What is to be edited. */
export interface EditTarget {
  /** Path as the model shall see it, relative to its folder, with `/`. */
  readonly path: string;
  readonly languageId: string;
  /** The whole document, `\n` line ends. */
  readonly text: string;
  /** What shall be replaced; with a count of 0 new lines are written before that line. */
  readonly range: LineRange;
  readonly context: readonly ContextItem[];
}

export interface EditParams extends EditTarget, PartialResultParams {
  readonly instruction: string;
  /** Earlier instructions on the same range, the oldest first: the range holds what they led to. */
  readonly earlier: readonly string[];
  /** 0 always says the likeliest. */
  readonly temperature: number;
  /** Whether a model that can may think before it answers. */
  readonly thinks: boolean;
}

/** Told on the way, in order. A large range is worked through in pieces, one after the other, which together are the range. */
export type EditProgress =
  /** What follows is the model's answer for these lines of the document. */
  | {
      readonly kind: 'piece';
      readonly index: number;
      readonly of: number;
      readonly range: LineRange;
      readonly opening: Opening;
    }
  /** The prompt of a piece is being read, in tokens; told only where that takes a while. */
  | { readonly kind: 'reading'; readonly done: number; readonly of: number }
  /** More of the model's raw answer for the piece: fences and chatter included, thoughts left out. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'thought'; readonly text: string }
  /** The answer for the piece is over, and how. */
  | { readonly kind: 'pieceEnd'; readonly end: PieceEnd };

/** How the prompt ended, which the answer goes on from. */
export interface Opening {
  /** An opened fence of so many characters; absent when none is. */
  readonly fence?: number;
}

/** `complete`: the model came to its end. `skipped`: the client has said that it has enough of this piece. Others: it was cut. */
export type PieceEnd = 'complete' | 'skipped' | 'full' | 'endless';

export interface EditResult {
  readonly tokensRead: number;
  readonly tokensReused: number;
  readonly tokensWritten: number;
  /** Of those, how many were predicted from the text that is edited. */
  readonly tokensPredicted: number;
  /** Tokens that were predicted and not written. */
  readonly tokensMispredicted: number;
  /** While it wrote; 0 when nothing was written. */
  readonly tokensPerSecond: number;
  /** Identifiers of context that had no room. */
  readonly leftOut: readonly string[];
}

/** Client → server: write new lines for a range. Cancelled, it stops within one token; what was told until then holds. */
export const EditRequest = new RequestType<EditParams, EditResult, void>('minnow/edit');
export const EditProgressType = new ProgressType<EditProgress>();

/** Client → server: of the running edit with this token, the rest of the piece is not needed; the next one begins. */
export const DidHaveEnough = new NotificationType<{ readonly token: string | number; readonly piece: number }>(
  'minnow/didHaveEnough',
);

/** Client → server, while the instruction is being typed: read what the prompt will begin with. Answered when it is read or superseded. */
export const WarmEditRequest = new RequestType<EditTarget, null, void>('minnow/warmEdit');

/** A definition and its lines. */
export interface NamedRange extends LineRange {
  readonly name: string;
}

export interface Outline {
  /** Functions, methods, classes and the like, the outer ones first. */
  readonly names: readonly NamedRange[];
  /** Whether the text parses without an error; absent where no grammar is known for the language. */
  readonly parses?: boolean;
}

/** Client → server: what the grammar says of a text. Needs no model. */
export const OutlineRequest = new RequestType<{ readonly languageId: string; readonly text: string }, Outline, void>(
  'minnow/outline',
);
