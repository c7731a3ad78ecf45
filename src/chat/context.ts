/** What the conversation, the participant and the actions need of the part that knows the project. `context/` implements it. */
import type * as vscode from 'vscode';
import type { Suggestion } from '../../media/messages';
import type { Ask, Attachment, Gathered, Subject } from './question';

export interface ChatContext {
  /** Reads all that a question names, and makes its slash command a prompt. */
  gather(ask: Ask, signal: AbortSignal): Promise<Gathered>;
  /** Rows for the list behind `@` or `/`. */
  suggest(kind: '@' | '/', query: string, signal: AbortSignal): Promise<readonly Suggestion[]>;
  /** What holds for every conversation: ours, and what the project's instruction files say. */
  instructions(): Promise<string>;
  /** The selection, else the visible code of the active editor; undefined when there is none, or it is secret or ignored. */
  implicit(): Attachment | undefined;
  readonly onDidChangeImplicit: vscode.Event<void>;
  /** Files and folders that were dropped or chosen, URIs or paths; what is neither is left out. */
  fromUris(uris: readonly string[]): Promise<readonly Attachment[]>;
  /** Shows it to the person. */
  open(subject: Subject): Promise<void>;
}
