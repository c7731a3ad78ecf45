/**
 * A second door of the server: what client and server say about chat. Plain JSON data only. A model that chats has `chat` in its status; a
 * request to one that does not is answered with the error code `noChat`.
 */
import { NotificationType, type PartialResultParams, ProgressType, RequestType } from 'vscode-languageserver-protocol';

/** A piece of the project that a question is about. The client has read it; secret and ignored files are never in it. */
export interface ContextItem {
  /** Tells it apart from the others of its request. */
  readonly id: string;
  /** As the model shall know it: a path with lines, `Problems`, `git diff of api`. */
  readonly title: string;
  readonly text: string;
  readonly languageId?: string;
  /** Where there is not room for all, those of the lowest priority are cut first, then left out. */
  readonly priority: number;
}

/** Something that the model may ask the client to do. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON schema of its input. */
  readonly parameters: object;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** Its input. */
  readonly parameters: object;
}

export type Turn =
  | { readonly role: 'user'; readonly text: string; readonly context?: readonly ContextItem[] }
  | { readonly role: 'assistant'; readonly text: string; readonly toolCalls?: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly name: string; readonly text: string };

export interface ChatParams extends PartialResultParams {
  /** Names the conversation: what its turns have in common with those of its last request is not read again. */
  readonly conversation: string;
  /** What holds for the whole conversation; '' nothing. */
  readonly instructions: string;
  /**
   * The oldest first. The last one is a question, or a tool's answer, or an answer that broke off: that one is gone on with, and only what is
   * new is told. Context of earlier turns is given as `ChatResult.context` had it, so that the prompt stays as it was.
   */
  readonly turns: readonly Turn[];
  /** The most tokens to write; absent: as many as there is room for. */
  readonly maxTokens?: number;
  /** 0 always says the likeliest. */
  readonly temperature: number;
  /** Whether a model that can may think before it answers. */
  readonly thinks: boolean;
  readonly tools?: readonly Tool[];
}

/** What the request tells on its way, by `partialResultToken`, in this order but for `reading`, which comes first and several times. */
export type ChatProgress =
  /** The prompt is being read, in tokens; told only where that takes a while. */
  | { readonly kind: 'reading'; readonly done: number; readonly of: number }
  /** The prompt has been read. */
  | { readonly kind: 'read'; readonly prompt: PromptUsage }
  /** A piece of what the model thinks before it answers. */
  | { readonly kind: 'thought'; readonly text: string }
  /** A piece of the answer. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'toolCall'; readonly call: ToolCall };

/** What the model was shown. */
export interface PromptUsage {
  /** Tokens of the whole prompt. */
  readonly tokens: number;
  /** How many of them were in the KV cache. */
  readonly reused: number;
  /** Room of the context, in tokens. */
  readonly contextSize: number;
  /** Turns at the beginning of the conversation that had no room. */
  readonly turnsLeftOut: number;
  /** The context of the last question as the model has seen it; what had no room at all is absent. */
  readonly context: readonly ContextItem[];
  /** Identifiers of those that were cut, and of those that were left out. */
  readonly cut: readonly string[];
  readonly leftOut: readonly string[];
}

/**
 * Why an answer ended. `complete`: the model has said all. `length`: `maxTokens` were written. `full`: the context is full. `endless`: it
 * repeated itself. `tool`: it waits for what its tools answer.
 */
export type ChatEnd = 'complete' | 'length' | 'full' | 'endless' | 'tool';

export interface ChatResult {
  readonly end: ChatEnd;
  readonly prompt: PromptUsage;
  readonly tokensWritten: number;
  /** While it wrote, waiting for others not counted; 0 when nothing was written. */
  readonly tokensPerSecond: number;
}

/**
 * Codes of the errors that only these requests have. `noChat`: the model has no chat template. `tooLong`: the question alone has no room.
 * `noEmbedding`: the model makes no points of texts. A model that does not load is told as everywhere: `RequestFailed`, with a `FailureCode`
 * as its data.
 */
export const ChatErrors = { noChat: 1001, tooLong: 1002, noEmbedding: 1003 } as const;

/** Client → server: answer a question. Cancelled, it stops within one token; what was told until then holds. */
export const ChatRequest = new RequestType<ChatParams, ChatResult, void>('minnow/chat');
export const ChatProgressType = new ProgressType<ChatProgress>();

/** Client → server: how many tokens the model takes for each text. */
export const CountTokensRequest = new RequestType<{ readonly texts: readonly string[] }, readonly number[], void>(
  'minnow/countTokens',
);

/** Client → server: each text as a point in the space of an embedding model, of length 1: what means the same lies near. */
export const EmbedRequest = new RequestType<
  { readonly texts: readonly string[] },
  readonly (readonly number[])[],
  void
>('minnow/embed');

/**
 * Client → server: whether chat shall give way now, because another process of this machine answers typing. It stops at the next token and
 * goes on where it was. Never longer than a second: then it goes on by itself.
 */
export const DidGiveWay = new NotificationType<{ readonly busy: boolean }>('minnow/didGiveWay');
