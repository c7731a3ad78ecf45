/** Why a question is not answered, as the protocol has it. */
import type { ChatErrors } from '../chatProtocol';

export class ChatRefusal extends Error {
  constructor(
    readonly code: keyof typeof ChatErrors,
    detail: string,
  ) {
    super(detail);
    this.name = 'ChatRefusal';
  }
}

/** Turns that make no conversation: a mistake of the client. */
export class MalformedError extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'MalformedError';
  }
}
