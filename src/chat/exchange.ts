/** A conversation as it is kept: plain JSON. What the page and the model are told of it is made from it here. */
import type { Answer, Exchange, Room, ToPage } from '../../media/messages';
import type { ContextItem, Turn } from '../../server/chatProtocol';
import type { Ask } from './question';

export interface KeptExchange {
  readonly id: string;
  readonly question: Ask;
  /** What the model was given for the question; absent until it was gathered. */
  readonly prompt?: { readonly text: string; readonly context: readonly ContextItem[] };
  readonly answer: Answer;
  /** How full the context was with it. */
  readonly room?: Room;
}

export interface Kept {
  readonly version: 1;
  readonly id: string;
  /** '' before the first question. */
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly changed: number;
  readonly exchanges: readonly KeptExchange[];
}

/** Code points of a title. */
const LONGEST_TITLE = 60;

export const BEGINNING: Answer = { state: 'waiting', text: '', thought: '', notes: [], canContinue: false };

export function emptyConversation(id: string, now: number): Kept {
  return { version: 1, id, title: '', changed: now, exchanges: [] };
}

/** The first line of a question that says something, cut between words where that can be. */
export function titleOf(question: string): string {
  const line = question.split(/\r\n|\r|\n/).find((each) => /[\p{L}\p{N}]/u.test(each)) ?? question;
  const characters = [...line.trim().replace(/\s+/g, ' ')];
  if (characters.length <= LONGEST_TITLE) return characters.join('');
  const cut = characters.slice(0, LONGEST_TITLE).join('');
  const blank = cut.lastIndexOf(' ');
  return `${blank > cut.length / 2 ? cut.slice(0, blank) : cut}…`;
}

/** Whether an answer is still to come, or to go on. */
export function isRunning({ state }: Answer): boolean {
  return state === 'waiting' || state === 'reading' || state === 'thinking' || state === 'writing';
}

export function exchangeForPage({ id, question, answer }: KeptExchange): Exchange {
  const chips = question.attachments.map(({ subject: _, ...chip }) => chip);
  return { id, question: { text: question.text, chips }, answer };
}

export function conversationForPage({ id, title, exchanges }: Kept, isBusy: boolean): ToPage {
  return { type: 'conversation', id, title, exchanges: exchanges.map(exchangeForPage), isBusy };
}

/**
 * The turns that end with the last question, or with its answer where some of that is there already. Questions without an answer are left
 * out: most chat templates want both in turns.
 */
export function turnsOf(exchanges: readonly KeptExchange[]): readonly Turn[] {
  return exchanges.flatMap(({ question, prompt, answer }, index): readonly Turn[] => {
    const isLast = index === exchanges.length - 1;
    if (answer.text === '' && !isLast) return [];
    const asked: Turn = { role: 'user', text: prompt?.text ?? question.text, context: prompt?.context ?? [] };
    return answer.text === '' ? [asked] : [asked, { role: 'assistant', text: answer.text }];
  });
}
