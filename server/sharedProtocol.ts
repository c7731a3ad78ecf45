/** What windows that share a process say of each other: plain data only. */
import { NotificationType, NotificationType0 } from 'vscode-languageserver-protocol';

/**
 * Client → server: whether the window wants to hear when typing is answered here, in whatever window: an answer is being written for it by
 * another process of this machine, which shall give way.
 */
export const DidWatchTyping = new NotificationType<{ readonly on: boolean }>('minnow/didWatchTyping');

/**
 * Server → client, to whom wants to hear: typing is answered, or no more. At once how it is; then when it changes, and every half second while
 * it goes on, but not at each key.
 */
export const DidAnswerTyping = new NotificationType<{ readonly busy: boolean }>('minnow/didAnswerTyping');

/**
 * Client → server, before `shutdown`, where the window stays but needs this process no more. `alone`: the process ends at once if no other
 * window is left, for the next model needs its memory. `all`: it ends for all windows: a person has asked for another one.
 */
export const DidLeave = new NotificationType<{ readonly ends: 'alone' | 'all' }>('minnow/didLeave');

/** Server → client: another window has asked for the end of this process. It is none of the model's fault. */
export const WillEnd = new NotificationType0('minnow/willEnd');
