/** Edits by the process that chats, as typed calls. Starts it when it is first asked. Refusals are `ChatError`s. */
import type { EditParams, EditProgress, EditResult, EditTarget, Outline } from '../../server/editProtocol';

export interface EditClient {
  /** Waits for the model to load or wake, then writes. */
  edit(
    params: Omit<EditParams, 'partialResultToken'>,
    onProgress: (progress: EditProgress) => void,
    signal: AbortSignal,
  ): RunningEdit;
  /** Reads what the prompt will begin with. Does not wait for more than that. @throws ChatError */
  warm(target: EditTarget, signal: AbortSignal): Promise<void>;
  /** What the grammar says of a text; nothing where no process runs that could tell. @throws ChatError */
  outline(languageId: string, text: string, signal: AbortSignal): Promise<Outline>;
}

export interface RunningEdit {
  /** @throws ChatError when it cannot; what was told by then holds */
  readonly result: Promise<EditResult>;
  /** The rest of the piece is not needed. */
  enough(piece: number): void;
}
