/**
 * The door of the server: all that is ever said between the client and the server, besides standard LSP.
 * Ghost text is `textDocument/inlineCompletion` of LSP 3.18. Plain JSON data only.
 */
import { NotificationType, RequestType, RequestType0 } from 'vscode-languageserver-protocol';

/** What runs the model. */
export type Backend = 'cpu' | 'metal' | 'cuda' | 'vulkan';

/**
 * How prefix and suffix stand around the special tokens of fill-in-the-middle (Bavarian et al., arXiv:2207.14255).
 * `psm`: prefix, suffix, middle. `spm`: suffix first, then the prefix, which the model continues: typing only appends to the prompt.
 * `suffixFirst`: the same order with each part behind its own token, as Seed-Coder and Mellum have it.
 */
export type FimLayout = 'psm' | 'spm' | 'suffixFirst';

/** Settings that the server heeds; given at start as `initializationOptions` and again on `DidChangeSettings`. */
export interface Settings {
  readonly completion: {
    /** Whether a completion may go over several lines. */
    readonly multiline: boolean;
    /** Whether typing in comments is answered. */
    readonly comments: boolean;
    /** Only one line at a time, unless more is asked for by key: the machine saves power. */
    readonly brief?: boolean;
    /** Rules and gates to leave out; only measurements set it. */
    readonly without?: readonly Rule[];
  };
}

/** The rules that make a suggestion of what the model wrote, and the gates that keep it back. */
export const RULES = [
  'scope',
  'confidence',
  'repeated',
  'endless',
  'key',
  'rest',
  'syntax',
  'close',
  'length',
  'bulkEdit',
  'comment',
  'refused',
] as const;
export type Rule = (typeof RULES)[number];

/** Why nothing was suggested. Each has its sentence in `src/silence.ts`. */
export type Silence =
  | 'noFim'
  | 'insideCharacter'
  | 'binary'
  | 'bulkEdit'
  | 'comment'
  | 'refused'
  | 'nothing'
  | 'repeated'
  | 'endless'
  | 'key'
  | 'unsure'
  | 'unsound'
  | 'short';

/** How the last request for ghost text ended. */
export interface Outcome {
  readonly uri: string;
  /** What answered: the model, or the memory of what it wrote before; undefined when nothing was suggested. */
  readonly origin?: 'model' | 'memory';
  readonly silence?: Silence;
  /** From the request to the answer, in milliseconds. */
  readonly ms: number;
  /** How much of it the engine itself took, or another request that this one waited for. */
  readonly engineMs: number;
  readonly tokensRead: number;
  readonly tokensReused: number;
  readonly tokensWritten: number;
}

/** What became of a suggestion that was shown. */
export interface Settled {
  readonly languageId: string;
  /** `accepted`: all of it or some words, by a key. */
  readonly outcome: 'accepted' | 'typedThrough' | 'refused';
  /** What was put in by that key and not typed, in UTF-16 code units; 0 where it was not accepted. */
  readonly characters: number;
}

/** Why the model could not be started. Each has its sentence in `src/errors.ts`. `engineUnfit`: the system lacks what the engine's program needs. */
export type FailureCode =
  | 'modelMissing'
  | 'modelDamaged'
  | 'modelUnreadable'
  | 'modelUnsupported'
  | 'adapterMissing'
  | 'adapterUnfit'
  | 'outOfMemory'
  | 'engineUnfit'
  | 'engineFailed';

/**
 * What the server's model is doing. `asleep`: unloaded after a while without requests; the next one loads it again. `detail` is for the log
 * and the tooltip, never the only explanation.
 */
export type Status =
  | { readonly state: 'loading'; readonly model: string; readonly percent: number }
  | { readonly state: 'asleep'; readonly model: string }
  | ReadyStatus
  | { readonly state: 'failed'; readonly model: string; readonly code: FailureCode; readonly detail: string };

export interface ReadyStatus {
  readonly state: 'ready';
  readonly model: string;
  readonly backend: Backend;
  /** Why the wished backend is not in use; absent when it is. */
  readonly fallback?: string;
  /** Processor threads at work during a request. */
  readonly threads: number;
  /** Layers of the model that a GPU computes, of all it has. */
  readonly gpuLayers: number;
  readonly layers: number;
  /** Room of the context, in tokens. */
  readonly contextSize: number;
  /** False when the model has no fill-in-the-middle tokens: it is refused for completion. */
  readonly completes: boolean;
  /** What it can do in a chat; absent when it has no chat template, and is refused for chat. */
  readonly chat?: ChatFacts;
  /** Time from the start of the process to a model ready to answer, in milliseconds. */
  readonly startMs: number;
}

export interface ChatFacts {
  /** Whether its template knows tools. */
  readonly tools: boolean;
  /** Whether it may think before it answers. */
  readonly thinks: boolean;
}

/** How fast the model is on this machine. */
export interface Speed {
  /** Tokens read in one second, in a prompt of some hundred tokens. */
  readonly readPerSecond: number;
  /** Tokens written in one second, at that depth. */
  readonly writtenPerSecond: number;
  /** Time from a keystroke whose surroundings are read already to a whole line of ten tokens, in milliseconds. */
  readonly lineMs: number;
}

/** Client → server: measure it, in ten seconds at most. Typing goes first: the measurement starts again after it. */
export const MeasureSpeedRequest = new RequestType0<Speed, void>('minnow/measureSpeed');

/** Client → server: unload the model until the next request. Answers false when a request is being answered, and nothing was unloaded. */
export const SleepRequest = new RequestType0<boolean, void>('minnow/sleep');

/** Client → server, at any time: what is the model doing? */
export const StatusRequest = new RequestType0<Status, void>('minnow/status');

/** Client → server: memory of its process that is resident now, in bytes; what lies on a graphics card is not in it. */
export const MemoryRequest = new RequestType0<number, void>('minnow/memory');

/** Server → client, whenever the answer to `StatusRequest` changes. */
export const DidChangeStatus = new NotificationType<Status>('minnow/didChangeStatus');

/** Client → server, whenever a setting that the server heeds has changed. */
export const DidChangeSettings = new NotificationType<Settings>('minnow/didChangeSettings');

/** Client → server: how did the last request for ghost text in this window end? null before the first one. */
export const OutcomeRequest = new RequestType0<Outcome | null, void>('minnow/outcome');

/**
 * Server → client: a request for ghost text has ended so. Told whether or not statistics are kept: the menu says how fast the model is in this
 * window, and models go to sleep when it was not heard for long. At most one for each answer, and none for what was cancelled.
 */
export const DidAnswer = new NotificationType<Outcome>('minnow/didAnswer');

/** Server → client: what became of a suggestion. */
export const DidSettle = new NotificationType<Settled>('minnow/didSettle');

/** Server → client: there is more than was answered for this version of a document: ask again where the cursor still stands there. */
export const DidExtend = new NotificationType<{ readonly uri: string; readonly version: number }>('minnow/didExtend');

/** Client → server, when the cursor has moved without typing: what will most likely be asked next can be read in advance. */
export const DidMoveCursor = new NotificationType<{
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}>('minnow/didMoveCursor');

/** A piece of a file. */
export interface Piece {
  /** Relative to its folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface NeighboursParams {
  /** URIs of open documents, the most recently used first. */
  readonly uris: readonly string[];
  /** The first lines of what the names near the cursor stand for, in other files. */
  readonly definitions: readonly Piece[];
}

/**
 * Client → server, whenever it changes: what may be shown to the model beside the text that is edited. Secret and ignored files are never
 * in it.
 */
export const DidChangeNeighbours = new NotificationType<NeighboursParams>('minnow/didChangeNeighbours');

/** Client → server: answered as soon as the engine has nothing to do. Measurements ask it to see how soon a cancelled request is over. */
export const IdleRequest = new RequestType0<null, void>('minnow/idle');

/** A place in a text that is no document of the editor: all that the model shall see. */
export interface CompleteTextParams {
  readonly languageId: string;
  /** As the model shall see it, relative, with `/`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What fits between `before` and `after`. */
export interface CompletedText {
  /** With the line ends that the text around it has. */
  readonly text: string;
  /** How many code units at the beginning of `after` it takes the place of: brackets that were closed already. */
  readonly replaces: number;
}

/**
 * Client → server: complete a text, for others than the person who types: nothing is remembered of it, and nothing is counted. null where
 * there is nothing to say. It takes a turn as typing does: the client cancels it where a person types, and asks again.
 */
export const CompleteTextRequest = new RequestType<CompleteTextParams, CompletedText | null, void>(
  'minnow/completeText',
);
