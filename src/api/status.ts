/** What the models are doing, as other extensions see it. */
import type { ChatClient } from '../client/chatClient';
import type { ClientStatus } from '../client/serverProcess';
import type { MinnowStatus, ModelStatus } from './minnow';

/** @param name of the model that completes */
export function statusOf(name: string, completion: ClientStatus, chat: ChatClient['model']): MinnowStatus {
  const completes = completion.state !== 'ready' || completion.completes;
  return {
    completion: { model: name, state: completes ? stateOf(completion) : 'failed' },
    ...(chat === undefined ? {} : { chat: { model: chat.name, state: stateOf(chat.status) } }),
  };
}

function stateOf({ state }: ClientStatus): ModelStatus['state'] {
  return state === 'stopped' ? 'failed' : state;
}
