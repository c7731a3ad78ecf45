/**
 * What Minnow gives other extensions, version 1. Copy this file into yours: it is all that is promised, and it stays as it is; what is new
 * comes with another version. Everything runs on the person's machine; nothing that is asked leaves it.
 */
import type { CancellationToken, Event } from 'vscode';

/** What `activate` of `minnow.minnow` gives: `vscode.extensions.getExtension<MinnowExtension>('minnow.minnow')?.activate()`. */
export interface MinnowExtension {
  /** @throws MinnowError `version` where this Minnow does not know that version */
  getAPI(version: 1): MinnowAPI;
}

/**
 * Requests of all extensions are answered one after the other, and the person goes first: while they type, a completion is stopped and begun
 * anew, and chat waits; while their own question or edit is answered, chat is stopped and gone on with. Every request ends with `vscode.CancellationError` when its token is cancelled, else as it says, or with a `MinnowError`.
 */
export interface MinnowAPI {
  readonly status: MinnowStatus;
  readonly onDidChangeStatus: Event<MinnowStatus>;
  /** What fits between two texts; undefined where the model has nothing to say. Only these texts are shown to the model. */
  complete(request: CompletionRequest, token?: CancellationToken): Promise<Completion | undefined>;
  /** Answers a conversation, in trusted workspaces only. Loads the model where need be. @param onText gets the answer piece by piece; what it throws ends the chat */
  chat(request: ChatRequest, onText?: (piece: string) => void, token?: CancellationToken): Promise<ChatAnswer>;
}

export interface MinnowStatus {
  readonly completion: ModelStatus;
  /** Absent while the person has chosen none. */
  readonly chat?: ModelStatus;
}

/** `asleep`: the next request loads it. `failed`: requests fail until the person has acted. */
export interface ModelStatus {
  readonly model: string;
  readonly state: 'loading' | 'ready' | 'asleep' | 'failed';
}

/** Of at most 1,000,000 characters. */
export interface CompletionRequest {
  /** As VS Code names it. */
  readonly languageId: string;
  readonly before: string;
  readonly after: string;
  /** Relative, with `/`: it tells the model what kind of file it is. */
  readonly path?: string;
}

export interface Completion {
  readonly text: string;
  /** How many characters at the beginning of `after` it takes the place of. */
  readonly replaces: number;
}

/** Of at most 200 messages and 400,000 characters. */
export interface ChatRequest {
  /** The oldest first; the last one is the user's. */
  readonly messages: readonly ChatMessage[];
  /** What holds for the whole conversation. */
  readonly instructions?: string;
  /** The most to write, 1 to 8,192; absent: as many as there is room for. */
  readonly maxTokens?: number;
  /** 0 to 2, and 0 always says the likeliest; absent: as the person has set it. */
  readonly temperature?: number;
}

export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

export interface ChatAnswer {
  readonly text: string;
  /** `complete`: all is said. `length`: `maxTokens` were written. `full`: there is no more room. `endless`: it repeated itself. */
  readonly end: 'complete' | 'length' | 'full' | 'endless';
}

/**
 * `version`: not known. `invalid`: the request is not as it must be. `tooLong`: it is larger than the bounds, or than the model can read.
 * `busy`: too many requests wait; try again later. `noModel`: none is chosen that can do this. `restricted`: the workspace is not trusted.
 * `off`: the person lets no other extension ask, by `minnow.api.enabled`. `failed`: the model could not be loaded, or has stopped. The message is
 * a sentence: for the person, but with `version`, `invalid` and `tooLong`, which tell a programmer what to mend.
 */
export interface MinnowError extends Error {
  readonly name: 'MinnowError';
  readonly code: 'version' | 'invalid' | 'tooLong' | 'busy' | 'noModel' | 'restricted' | 'off' | 'failed';
}
