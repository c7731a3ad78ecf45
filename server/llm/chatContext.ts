/** A context for chat beside the one that completes: of the same weights, with one place and more room. */
import type { LlamaContext, LlamaModel } from 'node-llama-cpp';
import { type Attempt, chatAttempt, nextAttempt } from './attempt';
import type { OpenedBackend } from './backend';
import { createContext } from './context';
import { explain } from './failures';
import type { LlamaOptions } from './options';

/** What the engine's log says, from a moment on. */
export interface Complaints {
  readonly forget: () => void;
  readonly all: () => readonly string[];
}

/** @param attempt what the model was loaded with @throws UserError when there is no memory for the least of it */
export async function createChatContext(
  opened: OpenedBackend,
  model: LlamaModel,
  attempt: Attempt,
  options: LlamaOptions,
  complaints: Complaints,
): Promise<LlamaContext> {
  for (let tried = chatAttempt(attempt, options); ; ) {
    complaints.forget();
    try {
      return await createContext(opened, model, tried, options);
    } catch (error) {
      const failure = explain(error, complaints.all());
      const next = nextAttempt(tried, { code: failure.code, stage: 'context' }, options);
      // The layers are where they are.
      if (next === undefined || next.layers !== tried.layers) throw failure;
      options.log(`warn: ${failure.message}`);
      tried = next;
    }
  }
}
