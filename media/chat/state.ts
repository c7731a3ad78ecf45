/** What the page knows, and how each message of the extension changes it. Pure: views draw from it and change nothing in it. */
import type { Answer, Chip, Exchange, PageModel, Room, ToPage } from '../messages';

export interface State {
  /** Id of the conversation, '' before the extension told it. */
  readonly conversation: string;
  readonly title: string;
  /** What did not change keeps its identity, so that a view can tell by `===` that it has nothing to draw. */
  readonly exchanges: readonly Exchange[];
  readonly isBusy: boolean;
  readonly model: PageModel | undefined;
  readonly room: Room | undefined;
  /** What the next question is about. */
  readonly chips: readonly Chip[];
}

export const beginning: State = {
  conversation: '',
  title: '',
  exchanges: [],
  isBusy: false,
  model: undefined,
  room: undefined,
  chips: [],
};

/** Messages that ask for an act rather than tell of something (`focus`, `suggestions`, ...) leave the state as it is. */
export function next(state: State, message: ToPage): State {
  switch (message.type) {
    case 'conversation': {
      const { id, title, exchanges, isBusy } = message;
      return { ...state, conversation: id, title, exchanges, isBusy };
    }
    case 'exchange':
      return { ...state, exchanges: withExchange(state.exchanges, message.exchange), isBusy: message.isBusy };
    case 'grown':
      return withGrowth(state, message);
    case 'model':
      return { ...state, model: message.model };
    case 'room':
      return { ...state, room: message.room };
    case 'chips':
      return { ...state, chips: message.chips };
    default:
      return state;
  }
}

function withExchange(exchanges: readonly Exchange[], exchange: Exchange): readonly Exchange[] {
  const at = exchanges.findIndex(({ id }) => id === exchange.id);
  return at < 0 ? [...exchanges, exchange] : exchanges.with(at, exchange);
}

/** Growth of an exchange that is gone (the conversation was changed meanwhile) is dropped. */
function withGrowth(state: State, message: Extract<ToPage, { type: 'grown' }>): State {
  const at = state.exchanges.findIndex(({ id }) => id === message.id);
  const old = state.exchanges[at];
  if (old === undefined) return state;
  const { percent: _, ...kept } = old.answer;
  const { state: answerState, text, thought, percent, tokensPerSecond } = message;
  const answer: Answer = {
    ...kept,
    state: answerState,
    text,
    thought,
    ...(percent === undefined ? {} : { percent }),
    ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
  };
  return { ...state, exchanges: state.exchanges.with(at, { ...old, answer }) };
}

/** Whether more of the answer is to come. */
export function isGoingOn({ state }: Answer): boolean {
  return state === 'waiting' || state === 'reading' || state === 'thinking' || state === 'writing';
}
