/** A server of files within the test's own process, which serves each as well or as badly as it is told. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Served {
  readonly body: Buffer;
  /** Sent instead of `body`, with all that is told of `body`. */
  readonly sent?: Buffer;
  readonly etag?: string;
  readonly lastModified?: string;
  /** How the SHA-256 is told; `hub` leads on to `/store` with the headers of the hub. */
  readonly digest?: 'hub' | 'header' | 'etag';
  readonly ranges?: 'right' | 'none' | 'ignored' | 'wrongContentRange' | 'shifted' | 'noContentRange' | 'tooLong';
  readonly contentType?: string;
  /** Neither `Content-Length` nor a size in any other header. */
  readonly isSizeHidden?: boolean;
  /** Over each connection. */
  readonly bytesPerSecond?: number;
  /** Each body ends after so many bytes: the connection is cut or goes silent. The first so many times. */
  readonly fault?: { readonly kind: 'cut' | 'stall' | 'end'; readonly after: number; readonly times: number };
  /** Instead of the file, the first so many times. */
  readonly status?: { readonly code: number; readonly times: number; readonly retryAfter?: string };
}

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
  readonly at: number;
}

const CHUNK = 16 << 10;

export class Hub {
  /** By path; replaced by tests as they go. */
  readonly files = new Map<string, Served>();
  readonly seen: Seen[] = [];
  /** Bytes of bodies, that of the one-byte questions among them. */
  sent = 0;
  /** Most bodies on their way at a time. */
  mostAtOnce = 0;
  /** Bodies on their way. */
  atOnce = 0;
  #faults = 0;
  #statuses = 0;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  url(path: string): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not started');
    return `http://127.0.0.1:${address.port}${path}`;
  }

  /** Bytes of parts that were asked for since so many requests, but for the one-byte questions. */
  askedSince(requests: number): number {
    return this.seen.slice(requests).reduce((sum, { method, range }) => {
      const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
      return method === 'HEAD' || range === 'bytes=0-0' ? sum : sum + Number(last) - Number(first) + 1;
    }, 0);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const { range, authorization } = headers;
    this.seen.push({ method, path: url, range, authorization, at: performance.now() });
    const [path = ''] = url.split('?');
    const file = this.files.get(path.replace(/^\/store/, ''));
    if (file === undefined) {
      response.writeHead(404).end();
    } else if (file.status && this.#statuses < file.status.times) {
      if (method === 'GET') this.#statuses++;
      const { code, retryAfter } = file.status;
      response.writeHead(code, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end();
    } else if (file.digest === 'hub' && !path.startsWith('/store')) {
      response.writeHead(302, { location: `/store${path}?signature=secret`, ...hubHeaders(file) }).end();
    } else {
      await this.#serve(file, method, range, String(headers['if-range'] ?? ''), response);
    }
  }

  async #serve(
    file: Served,
    method: string,
    range: string | undefined,
    ifRange: string,
    response: ServerResponse,
  ): Promise<void> {
    const { body, sent = body } = file;
    const { status, from, to, headers } = rangeAnswer(file, range, ifRange);
    const surplus = Buffer.alloc(file.ranges === 'tooLong' && status === 206 && to - from > 1 ? 1000 : 0);
    const length = file.isSizeHidden ? {} : { 'content-length': to - from + surplus.length };
    response.writeHead(status, { ...factsOf(file), ...headers, ...length });
    response.flushHeaders();
    if (method === 'HEAD') {
      response.end();
      return;
    }
    const shift = file.ranges === 'shifted' && status === 206 && to - from > 1 ? 1 : 0;
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    await this.#send(
      Buffer.concat([sent.subarray(from + shift, to), sent.subarray(0, shift), surplus]),
      file,
      response,
    );
    this.atOnce--;
  }

  async #send(bytes: Buffer, file: Served, response: ServerResponse): Promise<void> {
    const { fault, bytesPerSecond } = file;
    const isFaulty = fault !== undefined && bytes.length > 1 && this.#faults < fault.times;
    if (isFaulty) this.#faults++;
    const end = isFaulty ? Math.min(fault.after, bytes.length) : bytes.length;
    for (let at = 0; at < end && !response.destroyed; at += CHUNK) {
      const chunk = bytes.subarray(at, Math.min(end, at + CHUNK));
      if (bytesPerSecond !== undefined) await sleep((chunk.length * 1000) / bytesPerSecond);
      if (response.destroyed) break;
      await new Promise((resolve) => response.write(chunk, resolve));
      this.sent += chunk.length;
    }
    if (!isFaulty || fault.kind === 'end') response.end();
    else if (fault.kind === 'cut') response.destroy();
    else await new Promise((resolve) => response.once('close', resolve));
  }
}

export const sha256 = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

function rangeAnswer(file: Served, range: string | undefined, ifRange: string) {
  const all = file.body.length;
  const whole = { status: 200, from: 0, to: all, headers: {} };
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  const isProbe = range === 'bytes=0-0';
  const isCurrent = ifRange === '' || ifRange === file.etag || ifRange === file.lastModified;
  if (first === undefined || file.ranges === 'none' || !isCurrent) return whole;
  if (file.ranges === 'ignored' && !isProbe) return whole;
  const from = Number(first);
  const to = Math.min(all, Number(last) + 1);
  const told = file.ranges === 'wrongContentRange' && !isProbe ? from + 1 : from;
  const contentRange = { 'content-range': `bytes ${told}-${to - 1}/${all}` };
  return { status: 206, from, to, headers: file.ranges === 'noContentRange' && !isProbe ? {} : contentRange };
}

function factsOf({ body, etag, lastModified, digest, ranges, contentType }: Served): Record<string, string> {
  const base64 = createHash('sha256').update(body).digest('base64');
  return {
    'content-type': contentType ?? 'application/octet-stream',
    ...(ranges === 'none' ? {} : { 'accept-ranges': 'bytes' }),
    ...(digest === 'etag' ? { etag: `"${sha256(body)}"` } : etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { 'last-modified': lastModified }),
    ...(digest === 'header' ? { 'repr-digest': `sha-256=:${base64}:` } : {}),
  };
}

function hubHeaders({ body }: Served): Record<string, string> {
  return {
    'x-linked-etag': `"${sha256(body)}"`,
    'x-linked-size': String(body.length),
    'x-repo-commit': '0123456789abcdef0123456789abcdef01234567',
  };
}
