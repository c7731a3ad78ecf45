/** Brings the bytes of a file to disk: over several connections where the server serves parts as it should, else over one. */
import { addressOf, refuseDowngrade } from './address';
import { type Answer, type Request, withAnswer } from './connection';
import { DownloadError, FileChanged, RangesRefused, statusFault } from './faults';
import { contentLength, contentRange, isEncoded, isPage, isPlainText, retryAfterMs, validator } from './headers';
import type { Meter } from './meter';
import type { Part } from './part';
import { cut, missing, type Range } from './ranges';
import type { RemoteFile } from './remote';
import { together } from './together';
import { Tries } from './tries';
import type { Settings, Wanted } from './wanted';

export interface Transfer {
  readonly wanted: Wanted;
  readonly settings: Settings;
  readonly remote: RemoteFile;
  /** Size of the file, whoever told it; null where nobody did. */
  readonly bytes: number | null;
  readonly part: Part;
  readonly meter: Meter;
}

/**
 * @throws DownloadError; FileChanged when the server has another file by now; an error of the operating system when it cannot be written.
 * What was received by then is on disk.
 */
export async function transfer(job: Transfer, signal: AbortSignal): Promise<void> {
  const { remote, part, meter } = job;
  if (part.received === job.bytes) return;
  await meter.during(part, async () => {
    if (remote.acceptsRanges)
      try {
        await inPieces(job, signal);
        return;
      } catch (error) {
        if (!(error instanceof RangesRefused)) throw error;
      }
    await asAWhole(job, signal);
  });
}

/** Several connections, each of which takes the next piece when it has one: so the file grows nearly from the front. */
async function inPieces(job: Transfer, signal: AbortSignal): Promise<void> {
  const { part, meter, settings } = job;
  const bytes = job.bytes ?? 0;
  const connections = bytes > settings.parallelFrom ? settings.connections : 1;
  const most = connections === 1 ? bytes : Math.min(settings.pieceBytes, Math.ceil(bytes / connections));
  const pieces = [...cut(missing(part.onDisk, bytes), Math.max(1, most))];
  const worker = (stop: AbortSignal): Promise<void> =>
    meter.connection(async () => {
      for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) await fetchPiece(job, piece, stop);
    });
  await together(
    Array.from({ length: Math.min(connections, pieces.length) }, () => worker),
    signal,
  );
}

/** Until all of the piece is on disk; what a cut connection has brought of it is not asked for again. */
async function fetchPiece(job: Transfer, [start, end]: Range, signal: AbortSignal): Promise<void> {
  const tries = new Tries(job.settings, job.meter.onWaiting);
  let at = start;
  while (at < end)
    try {
      await withAnswer(request(job, [at, end]), job.settings, signal, async (answer) => {
        checkPiece(answer, job, [at, end]);
        for await (const chunk of answer.chunks()) {
          if (at + chunk.length > end) throw new RangesRefused('more bytes than were asked for');
          await job.part.write(chunk, at);
          at += chunk.length;
        }
        if (at < end) throw new DownloadError('serverFailed', 'the answer ended early', 0);
      });
    } catch (error) {
      await job.part.saveIfPossible();
      await tries.afterFailure(error, job.part.received, signal);
    }
}

/** From the first byte each time. */
async function asAWhole(job: Transfer, signal: AbortSignal): Promise<void> {
  const tries = new Tries(job.settings, job.meter.onWaiting);
  await job.meter.connection(async () => {
    for (;;)
      try {
        await job.part.clear();
        await withAnswer(request(job), job.settings, signal, (answer) => receiveWhole(job, answer));
        return;
      } catch (error) {
        await tries.afterFailure(error, job.part.received, signal);
      }
  });
}

async function receiveWhole(job: Transfer, { response, chunks }: Answer): Promise<void> {
  checkAnswer(response, job);
  if (response.status !== 200) throw new DownloadError('serverFailed', `status ${response.status} for a whole file`);
  const length = contentLength(response.headers);
  if (length !== null && job.bytes !== null && length !== job.bytes) throw new FileChanged('another size');
  let at = 0;
  for await (const chunk of chunks()) {
    if (job.bytes !== null && at + chunk.length > job.bytes) throw new DownloadError('wrongSize', 'more bytes came');
    await job.part.write(chunk, at);
    at += chunk.length;
  }
  if (job.bytes !== null && at < job.bytes) throw new DownloadError('wrongSize', `only ${at} bytes came`);
}

/**
 * The address that was wanted, not the one that it led to: signatures in that one expire.
 *
 * @param range all of the file where absent
 */
function request({ wanted, remote }: Transfer, range?: Range): Request {
  const { url, authorization } = addressOf(wanted.url);
  const condition = validator(remote.etag, remote.lastModified);
  const headers = {
    'accept-encoding': 'identity',
    ...(authorization === undefined ? {} : { authorization }),
    ...(range === undefined ? {} : { range: `bytes=${range[0]}-${range[1] - 1}` }),
    ...(range === undefined || condition === null ? {} : { 'if-range': condition }),
  };
  return { url, method: 'GET', redirect: 'follow', headers };
}

/** What comes must be exactly what was asked for. */
function checkPiece({ response }: Answer, job: Transfer, [start, end]: Range): void {
  if (response.status === 416) throw new RangesRefused('no such bytes in it');
  checkAnswer(response, job);
  if (response.status !== 206 || isEncoded(response.headers)) throw new RangesRefused(`status ${response.status}`);
  const range = contentRange(response.headers.get('content-range'));
  if (range?.start !== start || range.end !== end || range.total !== job.bytes)
    throw new RangesRefused('other bytes than were asked for');
}

/** @throws FileChanged, DownloadError */
function checkAnswer({ status, headers, url }: Response, { remote, wanted }: Transfer): void {
  refuseDowngrade(wanted.url, url);
  if (status !== 200 && status !== 206) throw statusFault(status, retryAfterMs(headers, Date.now()));
  if (isPage(headers) || (isPlainText(headers) && wanted.magic === undefined))
    throw new DownloadError('notAFile', `it is ${headers.get('content-type')}`);
  const differs = (now: string | null, before: string | null): boolean =>
    now !== null && before !== null && now !== before;
  if (differs(headers.get('etag'), remote.etag)) throw new FileChanged('another version');
  if (remote.etag === null && differs(headers.get('last-modified'), remote.lastModified))
    throw new FileChanged('another date');
}
