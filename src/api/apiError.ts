/** Why a request of another extension is refused. Known by its name and code: classes are not shared between extensions. */
import type { ChatError } from '../client/chatClient';
import type { MinnowError } from './minnow';

export class ApiError extends Error implements MinnowError {
  override readonly name = 'MinnowError';

  constructor(
    readonly code: MinnowError['code'],
    message: string,
  ) {
    super(message);
  }
}

const CODES: Readonly<Record<Exclude<ChatError['code'], 'stopped'>, MinnowError['code']>> = {
  none: 'noModel',
  noChat: 'noModel',
  tooLong: 'tooLong',
  restricted: 'restricted',
  failed: 'failed',
  died: 'failed',
};

/** What other extensions are told of a refusal of ours. */
export function codeOf(code: keyof typeof CODES): MinnowError['code'] {
  return CODES[code];
}
