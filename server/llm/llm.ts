/** All that features know of a model. `llama.ts` implements it by node-llama-cpp; tests by a script. */
import type { Tool, ToolCall } from '../chatProtocol';
import type { Backend, ChatFacts, Speed } from '../protocol';

export interface Llm {
  readonly facts: LlmFacts;

  /** Time spent in the engine itself so far, in milliseconds: what a request takes beyond it is ours. */
  readonly engineMs?: number;

  /**
   * Continues the prefix so that the suffix can follow. Yields token by token, the likeliest each time, and ends by itself at the model's
   * end token. The consumer stops it by leaving the loop. Requests are served one at a time; windows take turns.
   *
   * @param signal stops within one prefill batch or one decoded token
   * @throws CancelledError when the signal is aborted, UserError when the engine fails for good
   */
  infill(prompt: InfillPrompt, options: InfillOptions, signal: AbortSignal): AsyncGenerator<InfillToken, void, void>;

  /**
   * Measures how fast the model is on this machine, with or without fill-in-the-middle tokens, in ten seconds of its own at most. Every
   * other request goes first: it interrupts the measurement, which goes on after it. Of the kept places it takes the one that was not used
   * for the longest time; where there is only one, the next request reads its prompt anew.
   *
   * @throws CancelledError when the signal is aborted, InterruptedError when others left it no time
   */
  measureSpeed(signal: AbortSignal): Promise<Speed>;

  /** How it chats; undefined when it has no chat template. */
  readonly chat?: ChatLlm;

  /** Points of length 1 for texts. @throws CancelledError when the signal is aborted */
  embed?(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>;

  /** Resolves once every request is over. */
  idle(): Promise<void>;

  /** Gives the memory back once every request so far is over. Nothing may be asked afterwards. */
  dispose(): Promise<void>;

  /** The same model for one more window, with places and a memory of its own. Absent where nothing is kept between requests. */
  forWindow?(): WindowLlm;
}

/** A model as one window has it. */
export interface WindowLlm extends Llm {
  /** Gives back what is the window's alone. Its requests are cancelled; nothing may be asked afterwards. */
  leave(): Promise<void>;
}

export interface LlmFacts {
  /** The model's name, for people. */
  readonly name: string;
  readonly backend: Backend;
  /** Why the wished backend is not in use. */
  readonly fallback?: string;
  readonly threads: number;
  /** Layers of the model that a GPU computes, of all it has. */
  readonly gpuLayers: number;
  readonly layers: number;
  /** Room of the context, in tokens. */
  readonly contextSize: number;
  /** False when the model has no fill-in-the-middle tokens. */
  readonly completes: boolean;
  /** Tokens that this machine reads in one second, as seen so far. */
  readonly prefillTokensPerSecond: number;
  /** What it can do in a chat; absent when it has no chat template. */
  readonly chat?: ChatFacts;
}

/** A model in a conversation. */
export interface ChatLlm {
  readonly facts: ChatFacts;
  /** Room of the context that chats, in tokens. Made when it is first needed. @throws UserError when there is no memory for it */
  room(): Promise<number>;
  /** Tokens of a text by itself. */
  count(text: string): number;
  /** Tokens of the whole prompt, as `answer` would lay it out. */
  measure(prompt: ChatPrompt): number;
  /**
   * Goes on with the conversation. Yields token by token what the model writes, thoughts and calls of tools in its own notation included,
   * and ends by itself at the model's end of turn. Other requests go first: it waits for them between two tokens or batches.
   *
   * @param signal stops within one prefill batch or one decoded token
   * @throws CancelledError when the signal is aborted, UserError when the engine fails for good
   */
  answer(prompt: ChatPrompt, options: ChatOptions, signal: AbortSignal): AsyncGenerator<ChatToken, void, void>;
}

/** A message as a chat template takes it. What is data in it never becomes a special token. */
export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly toolCalls?: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly name: string; readonly callId: string; readonly text: string };

export interface ChatPrompt {
  /** Of which the last is a question or a tool's answer. */
  readonly messages: readonly ChatMessage[];
  /** What the answer begins with already, as the model wrote it. */
  readonly begun?: string;
  readonly thinks: boolean;
  readonly tools?: readonly Tool[];
}

export interface ChatOptions {
  /** The most tokens to write; with 0 the prompt is read into the cache and nothing more, and every answer goes before that. */
  readonly maxTokens: number;
  /** 0 always takes the likeliest. */
  readonly temperature: number;
  /**
   * A text of which the answer will repeat much: tokens are predicted from it and checked several at a time (prompt look-up decoding, Saxena 2023;
   * input look-up of LLMA, Yang et al., arXiv:2304.04487). Changes how fast the answer comes, not what it says.
   */
  readonly likely?: string;
  /** Told once, at the end: how many of the tokens written were predicted, and how many predictions were wrong. */
  readonly onPredicted?: (predicted: number, mispredicted: number) => void;
  /** Of the random choices; the same one with the same prompt gives the same answer. */
  readonly seed?: number;
  /** Awaited between tokens and batches: where it is busy elsewhere, chat gives way. */
  readonly mayGoOn?: () => Promise<void>;
  /** Told after each batch of the prompt, in tokens of the whole. */
  readonly onReading?: (done: number, of: number) => void;
  /** Told once, when the prompt has been read. */
  readonly onPrefilled?: (usage: PrefillUsage) => void;
}

export interface ChatToken {
  /**
   * What this token adds to the text, as the model writes it, the notation of thoughts and calls of tools included: whole characters only, ''
   * while one is not whole. Where the template has opened a thought already, the first token's text opens it.
   */
  readonly text: string;
}

/** A piece of another file. */
export interface ContextFile {
  /** Relative to its folder, with `/`. */
  readonly path: string;
  /** `\n` line ends. */
  readonly text: string;
}

export interface InfillPrompt {
  /** Pieces of other files, the most related last. Left out where the model knows no files, from the first on where there is no room. */
  readonly context?: readonly ContextFile[];
  /** Path of the file as the model shall see it, relative to its folder, with `/`. */
  readonly path: string;
  /** Text before the cursor, `\n` line ends. Where the whole is longer than the context, its head is dropped. */
  readonly prefix: string;
  /** Text after the cursor, `\n` line ends. Where the whole is longer than the context, its tail is dropped first. */
  readonly suffix: string;
}

export interface InfillOptions {
  /** The most tokens to generate; with 0 the prompt is read into the cache and nothing more. */
  readonly maxTokens: number;
  /** Which of the likeliest first tokens to begin with, 0 the likeliest: how alternatives are made. */
  readonly firstRank?: number;
  /** Told once, when the prompt has been read. */
  readonly onPrefilled?: (usage: PrefillUsage) => void;
}

export interface PrefillUsage {
  /** Tokens of the prompt that were still in the KV cache. */
  readonly reused: number;
  /** Tokens of the prompt that had to be evaluated. */
  readonly evaluated: number;
}

export interface InfillToken {
  /** All that was generated so far, whole characters only. */
  readonly text: string;
  /** Probability of this token among the 40 likeliest, 0 to 1. */
  readonly probability: number;
}
