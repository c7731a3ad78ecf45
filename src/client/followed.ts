/** The same clients, with somebody who is told when an answer begins and when it is over. */
import type { ChatClient } from './chatClient';
import type { EditClient } from './editClient';

/** An answer begins. @returns the function to call when it is over */
export type Enter = () => () => void;

export function followedChat(client: ChatClient, enter: Enter): ChatClient {
  return {
    get model() {
      return client.model;
    },
    onDidChange: client.onDidChange,
    ask: (params, onProgress, signal) => during(enter, () => client.ask(params, onProgress, signal)),
    countTokens: (texts, signal) => client.countTokens(texts, signal),
    embed: (texts, signal) => client.embed(texts, signal),
  };
}

export function followedEdits(client: EditClient, enter: Enter): EditClient {
  return {
    edit: (params, onProgress, signal) => {
      const leave = enter();
      const running = client.edit(params, onProgress, signal);
      return { result: running.result.finally(leave), enough: (piece) => running.enough(piece) };
    },
    warm: (target, signal) => client.warm(target, signal),
    outline: (languageId, text, signal) => client.outline(languageId, text, signal),
  };
}

async function during<T>(enter: Enter, ask: () => Promise<T>): Promise<T> {
  const leave = enter();
  try {
    return await ask();
  } finally {
    leave();
  }
}
