/** The chat model as the editor's list of language models shows it. Pure. */
import type { ChatFacts } from '../../../server/protocol';
import type { ChatClient } from '../../client/chatClient';

/** The same as `LanguageModelChatInformation` of the editor, without its words. */
export interface Information {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly version: string;
  readonly maxInputTokens: number;
  readonly maxOutputTokens: number;
  readonly capabilities: { readonly toolCalling: boolean; readonly imageInput: false };
}

/** Room of the context until the model has told it, in tokens: what nearly every model has. */
const USUAL_ROOM = 4_096;
/** Of the room, what is kept for the answer, and the most of it in tokens. */
const ANSWER_SHARE = 1 / 4;
const LONGEST_ANSWER = 4_096;

/** What models have told of themselves. It stays known while they sleep or load again. */
export class Known {
  readonly #rooms = new Map<string, number>();
  readonly #facts = new Map<string, ChatFacts | undefined>();

  /** Learns from the status. */
  see(model: ChatClient['model']): void {
    if (model?.status.state !== 'ready') return;
    this.#facts.set(model.name, model.status.chat);
    // The room of chat may be another one than that of completion; what an answer tells goes first.
    if (!this.#rooms.has(model.name)) this.#rooms.set(model.name, model.status.contextSize);
  }

  /** Learns from an answer, in tokens. */
  seeRoom(name: string, room: number): void {
    this.#rooms.set(name, room);
  }

  /** Whether it may be given tools: one that is not known yet may. */
  takesTools(name: string): boolean {
    return this.#facts.get(name)?.tools ?? !this.#facts.has(name);
  }

  /** Nothing where no model is chosen, or it turned out that it does not chat. */
  information(model: ChatClient['model']): Information | undefined {
    if (model === undefined) return undefined;
    const { name } = model;
    const facts = this.#facts.get(name);
    if (this.#facts.has(name) && facts === undefined) return undefined;
    const room = this.#rooms.get(name) ?? USUAL_ROOM;
    const maxOutputTokens = Math.min(LONGEST_ANSWER, Math.floor(room * ANSWER_SHARE));
    return {
      id: idOf(name),
      name,
      family: idOf(name),
      version: '1',
      maxInputTokens: room - maxOutputTokens,
      maxOutputTokens,
      // The editor's agent, with which its chat begins, offers no model without tools: one that sleeps since the start would not be found.
      capabilities: { toolCalling: this.takesTools(name), imageInput: false },
    };
  }
}

/** The editor makes paths of it: `qwen3.5-0.8b`. */
export function idOf(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^\p{L}\p{N}.]+/gu, '-');
  return plain.replace(/^-|-$/g, '');
}
