/**
 * Lays a request out as a prompt that has room in the context. The rules, in this order:
 *
 * 1. A quarter of the context, 2,048 tokens at most, or `maxTokens` where that is less, is kept for the answer.
 * 2. The question stays whole; where it has no room, `tooLong`. What tools have answered to it is cut at line ends where need be.
 * 3. The instructions stay, cut at a line end where they take more than half of the rest.
 * 4. Context and earlier turns share what is left by then. Context may take half of it, and all that the turns do not need. Those of the
 *    highest priority come first; one that has no room is cut at a line end, with a mark that says so, or left out. Where it must be cut and
 *    no earlier turns stand beside it, a quarter of the room stays free: what follows on it finds it there, and in the KV cache.
 * 5. The turns have what remains, the newest first, in whole exchanges (see `history.ts`).
 *
 * It depends on nothing but the request, the context's size and the model: the same request makes the same prompt, and the next question of a
 * conversation makes one that begins with it.
 */
import type { ChatParams, ContextItem, PromptUsage } from '../chatProtocol';
import { chosen, LEAST_PIECE } from '../conversation/chosen';
import { ChatRefusal } from '../conversation/refusal';
import { type Count, cutAtLine, MOST_CHARACTERS_PER_TOKEN, shown } from '../conversation/shown';
import type { ChatLlm, ChatMessage, ChatPrompt } from '../llm/llm';
import { about, type Conversation, contextOf, conversationOf, type Exchange, messagesOf } from './exchanges';
import { type Cost, historyCost, kept } from './history';

export type Request = Pick<ChatParams, 'instructions' | 'turns' | 'maxTokens' | 'thinks' | 'tools'>;

export interface Fitted {
  readonly prompt: ChatPrompt;
  readonly usage: Omit<PromptUsage, 'reused'>;
  /** The most tokens that there is room to write. */
  readonly maxTokens: number;
}

const ANSWER_SHARE = 0.25;
const MOST_KEPT_FOR_ANSWER = 2048;
/** Of the room that context of a first question is cut to. */
const SHARE_OF_FIRST = 0.75;
/** What a message may take beside its text. */
const PER_MESSAGE = 8;
/** What is known of parts is that of the whole but for a few tokens where they meet. */
const TRIES = 4;

/** @throws ChatRefusal `tooLong`, MalformedError */
export function promptFor(request: Request, room: number, llm: Pick<ChatLlm, 'count' | 'measure'>): Fitted {
  const conversation = conversationOf(request.turns);
  const { maxTokens = Number.POSITIVE_INFINITY } = request;
  const limit = room - Math.min(maxTokens, MOST_KEPT_FOR_ANSWER, Math.floor(room * ANSWER_SHARE));
  // What is that long has no room, however many tokens it takes: they are not worth counting.
  const count: Count = (text) => (text.length > room * MOST_CHARACTERS_PER_TOKEN ? text.length : llm.count(text));
  let bound = limit;
  for (let n = 0; n < TRIES; n++) {
    const { prompt, ...usage } = new Layout(request, conversation, count, llm).within(bound);
    const tokens = llm.measure(prompt);
    if (tokens <= limit)
      return {
        prompt,
        usage: { ...usage, tokens, contextSize: room },
        maxTokens: Math.min(maxTokens, room - tokens),
      };
    bound -= tokens - limit;
  }
  throw tooLong();
}

interface Laid extends Omit<PromptUsage, 'reused' | 'tokens' | 'contextSize'> {
  readonly prompt: ChatPrompt;
}

class Layout {
  constructor(
    private readonly request: Request,
    private readonly conversation: Conversation,
    private readonly count: Count,
    private readonly llm: Pick<ChatLlm, 'measure'>,
  ) {}

  /** @param bound for the whole prompt, in tokens */
  within(bound: number): Laid {
    const { tools = [], instructions } = this.request;
    const { past, begun } = this.conversation;
    // An answer that is gone on with has been thought about before.
    const options = { thinks: this.request.thinks && begun === undefined, ...(tools.length === 0 ? {} : { tools }) };
    const frame = this.llm.measure({ messages: [{ role: 'user', text: '' }], ...options });
    const room = bound - frame;
    const last = this.#lastWithin(room);
    const questionCost = this.#cost(about(last, [])) + this.count(begun ?? '');
    const system = this.#system(instructions, Math.min(room / 2, room - questionCost));
    const free = room - this.#messagesCost(system) - questionCost;
    const wished = contextOf(last);
    const costs = [...past.map((each) => this.#costOf(each)), this.#lastCost(questionCost, wished)];
    const { first, isBare } = kept(costs, room - this.#messagesCost(system));
    const left = free - historyCost(costs, { first, isBare }, past.length);
    const fitsWhole = first < past.length || (costs.at(-1)?.context ?? 0) <= left;
    const context = chosen(wished, fitsWhole ? left : left * SHARE_OF_FIRST, this.count);
    const stay = past.slice(first).map((each, index) => (index === 0 && isBare ? about(each, []) : each));
    const messages = [...system, ...[...stay, about(last, context.items)].flatMap(messagesOf)];
    return {
      prompt: { messages, ...options, ...(begun === undefined ? {} : { begun }) },
      turnsLeftOut: past.slice(0, first).flat().length,
      context: context.items,
      cut: context.cut,
      leftOut: context.leftOut,
    };
  }

  /** The last exchange, with the answers of tools cut so that it has room: each to an equal share where it takes more. @throws ChatRefusal */
  #lastWithin(room: number): Exchange {
    const { last, begun } = this.conversation;
    const needed = this.#cost(about(last, [])) + this.count(begun ?? '');
    if (needed <= room) return last;
    const told = last.flatMap((turn) => (turn.role === 'tool' ? [turn.text] : []));
    const others = last.map((turn) => (turn.role === 'tool' ? { ...turn, text: '' } : turn));
    let left = room - this.#cost(about(others, [])) - this.count(begun ?? '');
    if (left < told.length * LEAST_PIECE || told.length === 0) throw tooLong();
    let share = 0;
    for (const [index, size] of told
      .map(this.count)
      .toSorted((a, b) => a - b)
      .entries()) {
      share = Math.floor(left / (told.length - index));
      left -= Math.min(size, share);
    }
    return last.map((turn) =>
      turn.role === 'tool'
        ? { ...turn, text: cutAtLine(turn.text, share, this.count) ?? '[left out: too long]' }
        : turn,
    );
  }

  #system(instructions: string, room: number): readonly ChatMessage[] {
    const text = instructions.trim() === '' ? undefined : cutAtLine(instructions, room - PER_MESSAGE, this.count);
    return text === undefined ? [] : [{ role: 'system', text }];
  }

  #costOf(exchange: Exchange): Cost {
    const whole = this.#cost(exchange);
    const asked = exchange.filter(({ role }) => role === 'user');
    const bare = this.#cost(about(exchange, []));
    return { whole, bare, question: this.#cost(about(asked, [])), context: whole - bare };
  }

  #lastCost(question: number, wished: readonly ContextItem[]): Cost {
    const context = wished.reduce((sum, item) => sum + this.count(shown(item)), 0);
    return { whole: question + context, bare: question, question, context };
  }

  #cost(exchange: Exchange): number {
    return this.#messagesCost(messagesOf(exchange));
  }

  #messagesCost(messages: readonly ChatMessage[]): number {
    return messages.reduce((sum, message) => {
      const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : [];
      const notation = calls.reduce((all, call) => all + PER_MESSAGE + this.count(JSON.stringify(call)), 0);
      return sum + PER_MESSAGE + this.count(message.text) + notation;
    }, 0);
  }
}

function tooLong(): ChatRefusal {
  return new ChatRefusal('tooLong', 'the question has no room in the context');
}
