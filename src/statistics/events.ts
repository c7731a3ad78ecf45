/** What happens, as it is counted. */
import type { ChatResult } from '../../server/chatProtocol';
import type { Outcome, Settled } from '../../server/protocol';
import type { ChatClient } from '../client/chatClient';
import type { Period } from './statistics';
import { boundOf } from './times';

/** A suggestion was accepted, typed through or refused. */
export function ofSettled({ languageId, outcome, characters }: Settled): Partial<Period> {
  // What was typed through was right, but saved nobody a key.
  const won = outcome === 'accepted' ? { characters } : {};
  return { languages: { [languageId]: { [outcome]: 1, ...won } } };
}

/** A request for ghost text has ended; undefined where the model had nothing to do. */
export function ofOutcome(model: string, outcome: Outcome): Partial<Period> | undefined {
  const { origin, ms, tokensRead, tokensReused, tokensWritten } = outcome;
  if (tokensRead + tokensReused + tokensWritten === 0) return undefined;
  const completion = { [model]: { answers: 1, read: tokensRead, reused: tokensReused, written: tokensWritten } };
  return origin === 'model' ? { completion, times: { [model]: { [boundOf(ms)]: 1 } } } : { completion };
}

/** A question was answered. */
export function ofAnswer(model: string, { prompt, tokensWritten, tokensPerSecond }: ChatResult): Partial<Period> {
  const writingMs = tokensPerSecond > 0 ? (1000 * tokensWritten) / tokensPerSecond : 0;
  const read = Math.max(0, prompt.tokens - prompt.reused);
  return { chat: { [model]: { answers: 1, read, reused: prompt.reused, written: tokensWritten, writingMs } } };
}

/** The same client, which tells of each answer. */
export function counting(client: ChatClient, count: (what: Partial<Period>) => void): ChatClient {
  return {
    get model() {
      return client.model;
    },
    onDidChange: client.onDidChange,
    ask: async (params, onProgress, signal) => {
      const result = await client.ask(params, onProgress, signal);
      const name = client.model?.name;
      if (name !== undefined) count(ofAnswer(name, result));
      return result;
    },
    countTokens: (texts, signal) => client.countTokens(texts, signal),
    embed: (texts, signal) => client.embed(texts, signal),
  };
}
