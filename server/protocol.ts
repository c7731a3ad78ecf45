/**
 * The door of the server: all that is ever said between the client and the server, besides standard LSP.
 * Ghost text is `textDocument/inlineCompletion` of LSP 3.18. Plain JSON data only.
 */
import { NotificationType, RequestType0 } from 'vscode-languageserver-protocol';

/** What runs the model. */
export type Backend = 'cpu' | 'metal' | 'cuda' | 'vulkan';

/**
 * How prefix and suffix stand around the special tokens of fill-in-the-middle (Bavarian et al., arXiv:2207.14255).
 * `psm`: prefix, suffix, middle. `spm`: suffix first, then the prefix, which the model continues: typing only appends to the prompt.
 */
export type FimLayout = 'psm' | 'spm';

/** Settings that the server heeds; given at start as `initializationOptions` and again on `DidChangeSettings`. */
export interface Settings {
  readonly completion: {
    /** Whether a completion may go over several lines. */
    readonly multiline: boolean;
  };
}

/** Why the model could not be started. Each has its sentence in `src/errors.ts`. */
export type FailureCode = 'modelMissing' | 'modelDamaged' | 'modelUnsupported' | 'outOfMemory' | 'engineFailed';

/** What the server's model is doing. `detail` is for the log and the tooltip, never the only explanation. */
export type Status =
  | { readonly state: 'loading'; readonly model: string; readonly percent: number }
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
  /** Room of the context, in tokens. */
  readonly contextSize: number;
  /** False when the model has no fill-in-the-middle tokens: it is refused for completion. */
  readonly completes: boolean;
  /** Time from the start of the process to a model ready to answer, in milliseconds. */
  readonly startMs: number;
}

/** Client → server, at any time: what is the model doing? */
export const StatusRequest = new RequestType0<Status, void>('minnow/status');

/** Server → client, whenever the answer to `StatusRequest` changes. */
export const DidChangeStatus = new NotificationType<Status>('minnow/didChangeStatus');

/** Client → server, whenever a setting that the server heeds has changed. */
export const DidChangeSettings = new NotificationType<Settings>('minnow/didChangeSettings');
