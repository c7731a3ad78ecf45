/** How ghost text is asked for while power is saved: only when the typing pauses, so that fewer requests are begun in vain. */

import type { Gate } from '../client/client';
import type { Clock } from '../clock';

/** How long a pause in the typing must be, in milliseconds: two quick keys come closer than that, a person who waits hardly feels it. */
export const PAUSE_MS = 120;

/** `InlineCompletionTriggerKind.Invoke`, which only the editor itself knows by name. */
const INVOKED = 0;

/** The same provider of ghost text. What is asked for by key is asked at once. */
export function sparing(gate: Gate, isSaving: () => boolean, clock: Clock): Gate {
  return (document, position, context, token, next) => {
    if (!isSaving() || context.triggerKind === INVOKED) return gate(document, position, context, token, next);
    return pause(clock, token).then((isOver) => (isOver ? gate(document, position, context, token, next) : undefined));
  };
}

/** @returns false as soon as the request is cancelled */
function pause(clock: Clock, token: Parameters<Gate>[3]): Promise<boolean> {
  if (token.isCancellationRequested) return Promise.resolve(false);
  return new Promise((resolve) => {
    const finish = (isOver: boolean): void => {
      listening.dispose();
      resolve(isOver);
    };
    const cancel = clock.after(PAUSE_MS, () => finish(true));
    const listening = token.onCancellationRequested(() => {
      cancel();
      finish(false);
    });
  });
}
