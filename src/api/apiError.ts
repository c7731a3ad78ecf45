/** Why a request of another extension is refused. Known by its name and code: classes are not shared between extensions. */
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
