/** What the parts of a model that is loaded share. */
import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import type { OpenedBackend } from './backend';
import type { Going } from './going';
import type { Lane } from './lane';
import type { Llm } from './llm';
import type { LlamaOptions } from './options';
import type { Places } from './places';

export interface LlamaParts {
  readonly options: Pick<LlamaOptions, 'name' | 'layout' | 'job' | 'log'>;
  readonly opened: OpenedBackend;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  /** Makes a context for chat beside it. @throws UserError when there is no memory for it */
  readonly createChatContext: () => Promise<LlamaContext>;
  /**
   * Makes a context of one place and so many tokens for another window, beside so many that were made. @returns undefined where there is no
   * memory for it
   */
  readonly createMore: (contextSize: number, made: number) => Promise<LlamaContext | undefined>;
}

/** What all windows have in common. */
export interface Shared extends Pick<Llm, 'facts' | 'idle' | 'dispose'> {
  readonly parts: LlamaParts;
  /** One call of the engine, or one run of them, at a time. */
  readonly lane: Lane;
  readonly going: Going;
  readonly places: Places;
  /** Tokens of what files say: none of them is special. */
  readonly plainTokens: (text: string) => readonly Token[];
  readonly engineMs: number;
  /** Takes note of how fast the machine reads. */
  readonly noteSpeed: (tokens: number, ms: number) => void;
  readonly embed: (
    texts: readonly string[],
    signal: AbortSignal,
    window: object,
  ) => Promise<readonly (readonly number[])[]>;
}
