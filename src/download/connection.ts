/** One request and its answer, with a watch on silence; all that goes over the network passes here. */
import { DownloadError, networkFault } from './faults';
import { shown } from './redact';

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

/** A connection that was made, or tried, for a list that a person can look at. */
export interface Connection {
  /** Without credentials and query. */
  readonly url: string;
  /** Start, in milliseconds since 1970. */
  readonly when: number;
  /** Of the body that was received. */
  readonly bytes: number;
}

/** The way to the network. */
export interface Net {
  readonly fetch: Fetch;
  /** Silence after which a connection counts as cut, in milliseconds. */
  readonly stallMs: number;
  /** Called when each ends. */
  readonly onConnection?: (connection: Connection) => void;
}

export interface Request {
  readonly url: string;
  readonly method: 'GET' | 'HEAD';
  readonly redirect: 'follow' | 'manual';
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer while it is used. */
export interface Answer {
  readonly response: Response;
  /** The body as it comes; it ends where the connection does. */
  readonly chunks: () => AsyncGenerator<Uint8Array, void>;
}

/**
 * Asks, and uses the answer; whatever comes, the connection is over afterwards.
 *
 * @throws DownloadError `offline`, `untrusted`, or `serverFailed` for a connection that ends or goes silent on the way; what `use` throws
 */
export async function withAnswer<T>(
  request: Request,
  net: Net,
  signal: AbortSignal,
  use: (answer: Answer) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { url, ...init } = request;
  const when = Date.now();
  const call = new Call(net.stallMs, signal);
  let last = url;
  try {
    const response = await call.wait(net.fetch(url, { ...init, signal: call.signal }), false);
    last = response.url || url;
    return await use({ response, chunks: () => call.chunksOf(response) });
  } finally {
    call.end();
    // Where it was led on, both ends were spoken with.
    if (shown(last) !== shown(url)) net.onConnection?.({ url: shown(url), when, bytes: 0 });
    net.onConnection?.({ url: shown(last), when, bytes: call.bytes });
  }
}

/** The time of one request: it ends by its own end, by silence or by the signal. */
class Call {
  bytes = 0;
  readonly #controller = new AbortController();
  readonly #stop = (): void => this.#controller.abort();

  constructor(
    private readonly stallMs: number,
    private readonly outer: AbortSignal,
  ) {
    outer.addEventListener('abort', this.#stop);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(): void {
    this.outer.removeEventListener('abort', this.#stop);
    this.#controller.abort();
  }

  async *chunksOf({ body }: Response): AsyncGenerator<Uint8Array, void> {
    if (body === null) return;
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await this.wait(reader.read(), true);
      if (done) return;
      this.bytes += value.length;
      yield value;
    }
  }

  /** Only the network is timed, not what is done with the bytes meanwhile. */
  async wait<T>(answer: Promise<T>, hasAnswered: boolean): Promise<T> {
    let isSilent = false;
    const timer = setTimeout(() => {
      isSilent = true;
      this.#controller.abort();
    }, this.stallMs);
    try {
      return await answer;
    } catch (error) {
      this.outer.throwIfAborted();
      if (isSilent) throw new DownloadError('serverFailed', `no bytes for ${this.stallMs} ms`, 0);
      throw networkFault(error, hasAnswered);
    } finally {
      clearTimeout(timer);
    }
  }
}
