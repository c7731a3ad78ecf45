/** What stands in a conversation, and the only way to change it. */
import type { Answer, Room } from '../../media/messages';
import type { ChatProgress, PromptUsage } from '../../server/chatProtocol';
import { type Kept, type KeptExchange, titleOf } from './exchange';

export class Transcript {
  #kept: Kept;

  /** @param now milliseconds since 1970 */
  constructor(
    kept: Kept,
    private readonly now: () => number,
  ) {
    this.#kept = kept;
  }

  get kept(): Kept {
    return this.#kept;
  }

  get exchanges(): readonly KeptExchange[] {
    return this.#kept.exchanges;
  }

  find(id: string): KeptExchange | undefined {
    return this.exchanges.find((each) => each.id === id);
  }

  /** Those before one; undefined where there is no such one. */
  before(id: string): readonly KeptExchange[] | undefined {
    const index = this.exchanges.findIndex((each) => each.id === id);
    return index < 0 ? undefined : this.exchanges.slice(0, index);
  }

  set(exchanges: readonly KeptExchange[]): void {
    const title = titleOf(exchanges[0]?.question.text ?? '');
    this.#kept = { ...this.#kept, title, exchanges, changed: this.now() };
  }

  rename(id: string): void {
    this.#kept = { ...this.#kept, id };
  }

  change(id: string, change: (exchange: KeptExchange) => KeptExchange): void {
    this.set(this.exchanges.map((each) => (each.id === id ? change(each) : each)));
  }

  setAnswer(id: string, changed: Partial<Answer>): void {
    this.change(id, (exchange) => withAnswer(exchange, changed));
  }

  /** How full the context was last; undefined where nothing was answered, or another model answers by now. */
  roomFor(model: string | undefined): Room | undefined {
    const last = this.exchanges.findLast(({ room }) => room !== undefined);
    return model === undefined || last?.answer.model === model ? last?.room : undefined;
  }
}

/** The exchange when the model has told more. */
export function heard(exchange: KeptExchange, progress: ChatProgress): KeptExchange {
  const { text, thought } = exchange.answer;
  switch (progress.kind) {
    case 'reading': {
      const percent = Math.floor((100 * progress.done) / Math.max(1, progress.of));
      return withAnswer(exchange, { state: 'reading', percent });
    }
    case 'read':
      return withUsage(exchange, progress.prompt, 0);
    case 'thought':
      return withAnswer(exchange, { state: 'thinking', thought: thought + progress.text });
    case 'text':
      return withAnswer(exchange, { state: 'writing', text: text + progress.text });
    case 'toolCall':
      // No tools are offered.
      return exchange;
  }
}

/** From now on the question's context is what the model has seen of it. */
export function withUsage(exchange: KeptExchange, usage: PromptUsage, tokensWritten: number): KeptExchange {
  const room = { used: usage.tokens + tokensWritten, of: usage.contextSize };
  const text = exchange.prompt?.text ?? exchange.question.text;
  return { ...exchange, prompt: { text, context: usage.context }, room };
}

/** The percentage is of its state only. */
function withAnswer(exchange: KeptExchange, changed: Partial<Answer>): KeptExchange {
  const { percent: _, ...answer } = exchange.answer;
  return { ...exchange, answer: { ...answer, ...changed } };
}
