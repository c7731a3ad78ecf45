/** An `Llm` that says what it was told to say, a character at a time, and remembers what it was asked. */
import { throwIfAborted } from '../../server/errors';
import type { InfillPrompt, Llm, LlmFacts } from '../../server/llm/llm';

export const scriptedFacts: LlmFacts = {
  name: 'Scripted',
  backend: 'cpu',
  gpuLayers: 0,
  layers: 2,
  threads: 1,
  contextSize: 2048,
  completes: true,
  prefillTokensPerSecond: 1000,
};

export interface ScriptedLlm extends Llm {
  readonly prompts: InfillPrompt[];
  /** Characters that were taken of all answers so far. */
  taken: number;
}

/** @param speak the answer to a prompt */
export function scriptedLlm(
  speak: (prompt: InfillPrompt) => string,
  facts: Partial<LlmFacts> = {},
  msPerCharacter = 0,
): ScriptedLlm {
  const llm: ScriptedLlm = {
    facts: { ...scriptedFacts, ...facts },
    prompts: [],
    taken: 0,
    async *infill(prompt, { maxTokens, onPrefilled }, signal) {
      llm.prompts.push(prompt);
      onPrefilled?.({ reused: 0, evaluated: prompt.prefix.length });
      const answer = speak(prompt).slice(0, maxTokens);
      for (let end = 1; end <= answer.length; end++) {
        if (msPerCharacter > 0) await new Promise((resolve) => setTimeout(resolve, msPerCharacter));
        throwIfAborted(signal);
        llm.taken++;
        yield { text: answer.slice(0, end), probability: 1 };
      }
    },
    measureSpeed: () => Promise.resolve({ readPerSecond: 1000, writtenPerSecond: 50, lineMs: 200 }),
    idle: () => Promise.resolve(),
    dispose: () => Promise.resolve(),
  };
  return llm;
}
