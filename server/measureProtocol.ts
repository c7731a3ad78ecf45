/** The second door of the server: what is said when a person asks how good completion is on their code. */
import { NotificationType, RequestType } from 'vscode-languageserver-protocol';
import type { Rule } from './protocol';

/** A source file, as the client gives it to be measured. */
export interface SourceFile {
  /** Relative to its folder, with `/`. */
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
}

/**
 * Where a hole is cut. `restOfLine`: from within a line to its end. `statement`: from the indentation on, with the block that it opens.
 * `block`: all that stands in a block. `insideLine`: with code left and right of it.
 */
export type HoleKind = 'restOfLine' | 'statement' | 'block' | 'insideLine';

export interface MeasureParams {
  readonly files: readonly SourceFile[];
  /** The most holes to cut. */
  readonly holes: number;
  /** The same files, number and seed give the same holes. */
  readonly seed: number;
  /** Names of rules to switch off. */
  readonly without?: readonly Rule[];
  /** Asks as on a machine that reads so many tokens in a second, so that figures of two machines compare; else as on this one. */
  readonly tokensPerSecond?: number;
}

/** How one hole was answered. */
export interface MeasuredHole {
  readonly path: string;
  readonly languageId: string;
  readonly kind: HoleKind;
  /** Of the cursor, from zero. */
  readonly line: number;
  readonly character: number;
  /** What stood in the hole. */
  readonly truth: string;
  /** What was shown; null when nothing was. */
  readonly shown: string | null;
  /** What would have been shown without any gate; null when it is the same, or nothing. */
  readonly heldBack: string | null;
  /** The line, and the whole hole, came out as they were. */
  readonly exactLine: boolean;
  readonly exactWhole: boolean;
  readonly ms: number;
}

/** Sums over holes. Shares are 0 to 1; null where there was nothing to divide by. docs/benchmarks.md says what each means. */
export interface MeasuredFigures {
  readonly holes: number;
  /** Share of all holes. */
  readonly shown: number | null;
  readonly exactLine: number | null;
  readonly exactWhole: number | null;
  /** Share of what was shown. */
  readonly exactLineOfShown: number | null;
  readonly exactWholeOfShown: number | null;
  readonly parsesOfShown: number | null;
  /** Mean over what was shown: 1 is the same text. */
  readonly editSimilarity: number | null;
  /** Characters that need not be typed, for each character shown. */
  readonly savedPerShown: number | null;
  /** Mean number of wrong characters shown, over all holes. */
  readonly wrongCharacters: number | null;
  /** Share kept back of what is or would have been wrong. */
  readonly quiet: number | null;
  /** Share of all holes where what was kept back was right. */
  readonly rightKeptBack: number | null;
}

export interface MeasureReport {
  readonly total: MeasuredFigures;
  readonly byLanguage: Readonly<Record<string, MeasuredFigures>>;
  readonly byKind: Readonly<Partial<Record<HoleKind, MeasuredFigures>>>;
  /** Time of one answer in milliseconds. */
  readonly ms: { readonly p50: number; readonly p90: number };
  /** Tokens in total: of prompts read, of prompts found in the cache, and written. */
  readonly tokens: { readonly read: number; readonly reused: number; readonly written: number };
}

/** Client → server, when a person asks how good completion is on their code. Answers when all holes were asked; can be cancelled. */
export const MeasureHolesRequest = new RequestType<MeasureParams, MeasureReport, void>('minnow/measureHoles');

/** Server → client, after each hole of a `MeasureHolesRequest`. */
export const DidMeasureHole = new NotificationType<MeasuredHole & { readonly done: number; readonly of: number }>(
  'minnow/didMeasureHole',
);

/** A document's text in short, to compare without sending it. */
export interface Digest {
  readonly version: number;
  /** In UTF-16 code units. */
  readonly length: number;
  /** Lower-case hex, of the text in UTF-8. */
  readonly sha256: string;
}

/** Client → server, with a URI: does the server's text still agree with the editor's? Null when the document is not open. */
export const DigestRequest = new RequestType<string, Digest | null, void>('minnow/digest');
