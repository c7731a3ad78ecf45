/** Contexts of the same weights beside the first one: for chat, with one place and more room, and for the windows that came later. */
import type { LlamaContext, LlamaModel } from 'node-llama-cpp';
import { type Attempt, chatAttempt, nextAttempt } from './attempt';
import type { OpenedBackend } from './backend';
import { createContext, createMore } from './context';
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

/** Another one of one place and this size. @returns undefined where there is no memory for it: then windows share those that there are */
export async function createMoreContext(
  opened: OpenedBackend,
  model: LlamaModel,
  attempt: Attempt,
  options: LlamaOptions,
  complaints: Complaints,
  made: number,
): Promise<LlamaContext | undefined> {
  complaints.forget();
  try {
    return await createMore(opened, model, attempt, options, made);
  } catch (error) {
    // The estimate was wrong, or the memory is another one's by now: whatever the engine says of it, it goes on with what it has.
    options.log(`warn: no more places: ${explain(error, complaints.all()).message}`);
    return undefined;
  }
}
