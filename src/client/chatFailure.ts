/** Why a request about chat failed, as the client's other parts know it. */
import { ChatErrors } from '../../server/chatProtocol';
import { ChatError } from './chatClient';

/** @param isConnected whether the process still runs; without it the error is a consequence of its end */
export function chatErrorOf(error: unknown, isConnected: boolean, signal: AbortSignal): ChatError {
  if (error instanceof ChatError) return error;
  if (signal.aborted) return new ChatError('stopped');
  const { code, data, message } = factsOf(error);
  if (code === ChatErrors.noChat) return new ChatError('noChat', message);
  if (code === ChatErrors.tooLong) return new ChatError('tooLong', message);
  if (code !== undefined && CANCELLED.includes(code)) return new ChatError('stopped', message);
  if (!isConnected || (code !== undefined && CLOSED.includes(code))) return new ChatError('died', message);
  return new ChatError('failed', codeIn(data) ?? message);
}

/** `RequestCancelled` and `ServerCancelled` of LSP. */
const CANCELLED: readonly number[] = [-32800, -32802];
/** Of JSON-RPC over VS Code's transports: closed, disposed, in use already; a pending response was rejected, the connection is inactive. */
const CLOSED: readonly number[] = [1, 2, 3, -32097, -32096];

interface Facts {
  readonly code?: number;
  readonly data?: unknown;
  readonly message: string;
}

function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    ...('code' in error && typeof error.code === 'number' ? { code: error.code } : {}),
    ...('data' in error ? { data: error.data } : {}),
    message: error.message,
  };
}

/** The `FailureCode` of a model that does not load. */
function codeIn(data: unknown): string | undefined {
  return typeof data === 'object' && data !== null && 'code' in data && typeof data.code === 'string'
    ? data.code
    : undefined;
}
