/** What passes between the parts of chat: what a question is about, and what was gathered for it. */
import type { ContextItem } from '../../server/chatProtocol';

/** Something that a question is about, named and not read yet. URIs are strings, so that it can be kept on disk. */
export type Subject =
  /** A part of a file, lines from 0, the end included; without lines the whole. */
  | { readonly kind: 'file'; readonly uri: string; readonly lines?: readonly [first: number, last: number] }
  | { readonly kind: 'folder'; readonly uri: string }
  /** What was selected or seen in an editor without a file of its own, or in a terminal: read already. */
  | { readonly kind: 'text'; readonly title: string; readonly text: string; readonly languageId?: string };

/** A subject as it is shown, and removed. */
export interface Attachment {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  /** Name of a codicon. */
  readonly icon: string;
  readonly subject: Subject;
}

/** What was read for a question. */
export interface Gathered {
  /** The question as the model shall have it: slash commands are their prompts. */
  readonly text: string;
  readonly items: readonly ContextItem[];
  /** Sentences on what could not be had: "The terminal has no selection." */
  readonly missing: readonly string[];
}

/** What a question is asked with, from anywhere. */
export interface Ask {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** The panel, for those who bring a question to it. */
export interface AskChat {
  /** Opens the panel and asks. */
  ask(ask: Ask): Promise<void>;
  /** Opens the panel with what a question will be about, and the cursor in its input. */
  attach(attachments: readonly Attachment[], text?: string): Promise<void>;
}
