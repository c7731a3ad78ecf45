/** Looking at a model before it is fetched is a connection as well: each stands in the log. */
import { shown } from '../download/redact';

/** The part of the log that is needed here. */
export interface Lines {
  info(line: string): void;
}

/** `fetch` that writes down whom it speaks with, without credentials and query: the address, and where that led on, the other end. */
export function loggedFetch(log: Lines): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const asked = shown(input instanceof Request ? input.url : String(input));
    log.info(`connection: ${asked}`);
    // Looked up at each call: the editor replaces it by one that knows the user's proxy and certificates.
    const response = await globalThis.fetch(input, init);
    const answered = response.url === '' ? asked : shown(response.url);
    if (answered !== asked) log.info(`connection: ${answered}`);
    return response;
  };
}
