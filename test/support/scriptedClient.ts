/** A chat client that answers when and how the test says, a clock that stands until it is moved, and a project that gives what it is told. */
import type { ChatParams, ChatProgress, ChatResult, ContextItem, PromptUsage } from '../../server/chatProtocol';
import type { Ask, Gathered } from '../../src/chat/question';
import { ChatError } from '../../src/client/chatClient';
import type { Clock } from '../../src/clock';

type Params = Omit<ChatParams, 'partialResultToken'>;

/** A request that waits for its answer. */
export interface Asked {
  readonly params: Params;
  readonly tell: (progress: ChatProgress) => void;
  readonly end: (result?: Partial<ChatResult>) => Promise<void>;
  readonly fail: (error: unknown) => Promise<void>;
}

export const usage = (more: Partial<PromptUsage> = {}): PromptUsage => ({
  tokens: 100,
  reused: 0,
  contextSize: 1000,
  turnsLeftOut: 0,
  context: [],
  cut: [],
  leftOut: [],
  ...more,
});

export const item = (id: string, text = `text of ${id}`): ContextItem => ({ id, title: id, text, priority: 1 });

export const t = (message: string, ...args: readonly (string | number)[]): string =>
  message.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)]));

/** Long enough for everything that waits for nothing else. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function scriptedClient() {
  const asked: Asked[] = [];
  const client = {
    model: { name: 'Scripted', status: { state: 'asleep', model: 'Scripted' } as const },
    ask: (params: Params, tell: (progress: ChatProgress) => void, signal: AbortSignal): Promise<ChatResult> =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new ChatError('stopped')));
        const end = async (result: Partial<ChatResult> = {}): Promise<void> => {
          resolve({ end: 'complete', prompt: usage(), tokensWritten: 0, tokensPerSecond: 0, ...result });
          await settle();
        };
        const fail = async (error: unknown): Promise<void> => {
          reject(error);
          await settle();
        };
        asked.push({ params, tell, end, fail });
      }),
  };
  /** The newest request. */
  const last = async (): Promise<Asked> => {
    await settle();
    const request = asked.at(-1);
    if (request === undefined) throw new Error('nothing was asked');
    return request;
  };
  return { client, asked, last };
}

export function scriptedContext(gathered: Partial<Gathered> = {}) {
  const asks: Ask[] = [];
  return {
    asks,
    gather: async (ask: Ask, _signal: AbortSignal): Promise<Gathered> => {
      asks.push(ask);
      return { text: ask.text, items: [], missing: [], ...gathered };
    },
    instructions: async (): Promise<string> => 'Be brief.',
  };
}

export function standingClock() {
  let now = 1_000_000;
  let waiting: { readonly at: number; readonly call: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    after: (ms, call) => {
      const entry = { at: now + ms, call };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((each) => each !== entry);
      };
    },
  };
  const pass = (ms: number): void => {
    now += ms;
    const due = waiting.filter(({ at }) => at <= now);
    waiting = waiting.filter(({ at }) => at > now);
    for (const { call } of due) call();
  };
  return { clock, pass };
}
