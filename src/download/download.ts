/**
 * Fetches a file so that it stands at its path only whole and right. What is there of it on the way lies beside it: `.part`, `.part.json`
 * (the journal) and `.part.lock`; bytes that turned out wrong, as `.quarantine`, until the right ones have come.
 */
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf } from './address';
import { CancelledDownload, DownloadError, diskFault, FileChanged, isSystemError } from './faults';
import { journalOf, partOf, quarantineOf, removeTraces, replace } from './journal';
import { type Lock, tryLock } from './lock';
import { Meter } from './meter';
import { Part } from './part';
import { progressOnDisk } from './progress';
import { Rate } from './rate';
import { shown } from './redact';
import { inspectRemote, type RemoteFile } from './remote';
import { checkSpace, makeFolder } from './space';
import { transfer } from './transfer';
import { Tries } from './tries';
import { checkFile, type Expected, integrityOf, rightFile, sha256Of } from './verify';
import { type Downloaded, type DownloadOptions, type Settings, settingsOf, type Wanted } from './wanted';

interface Job {
  readonly wanted: Wanted;
  readonly settings: Settings;
  readonly expected: Expected;
}

/** So often may the file on the server change while it is fetched. */
const MOST_CHANGES = 4;
/** So often is a server asked that does not answer at all: someone has just clicked and waits to be told. */
const MOST_LOOKS = 3;

/**
 * Returns at once, without a connection, when the file is there and right. Waits while another process downloads it.
 *
 * @param signal aborted with the reason `'pause'`, it keeps what was received; with any other, it removes that
 * @throws DownloadError; after it, what was received of the right file is kept and gone on with next time
 * @throws CancelledDownload when the signal was aborted
 */
export async function download(wanted: Wanted, options: DownloadOptions, signal: AbortSignal): Promise<Downloaded> {
  try {
    signal.throwIfAborted();
    addressOf(wanted.url);
    const job = { wanted, settings: settingsOf(options), expected: expectedOf(wanted) };
    const there = await rightFile(wanted.file, job.expected, signal);
    if (there) return there;
    await makeFolder(wanted.file);
    for (;;) {
      const done = await underLock(job, signal);
      if (done) return done;
    }
  } catch (error) {
    if (signal.aborted && !isSystemError(error)) throw new CancelledDownload(signal.reason === 'pause');
    throw isSystemError(error) ? diskFault(error) : error;
  }
}

/** @returns undefined when the lock was lost on the way */
async function underLock(job: Job, signal: AbortSignal): Promise<Downloaded | undefined> {
  const { wanted, settings, expected } = job;
  const lock = await lockWhenFree(wanted.file, settings, signal);
  try {
    const there = await rightFile(wanted.file, expected, signal);
    return there ?? (await throughChanges(job, AbortSignal.any([signal, lock.lost])));
  } catch (error) {
    if (lock.lost.aborted && !signal.aborted) return undefined;
    if (signal.aborted && signal.reason !== 'pause' && !lock.lost.aborted) await removeTraces(wanted.file);
    throw error;
  } finally {
    await lock.release();
  }
}

async function lockWhenFree(file: string, settings: Settings, signal: AbortSignal): Promise<Lock> {
  const rate = new Rate();
  for (;;) {
    const lock = await tryLock(file, settings.lockStaleMs);
    if (lock && !signal.aborted) return lock;
    await lock?.release();
    signal.throwIfAborted();
    settings.onProgress({ ...(await progressOnDisk(file, rate)), waiting: 'otherWindow' });
    await sleep(settings.pollMs, undefined, { signal });
  }
}

async function throughChanges(job: Job, signal: AbortSignal): Promise<Downloaded> {
  for (let changes = 0; ; changes++)
    try {
      return await fetchOnce(job, await look(job, signal), signal);
    } catch (error) {
      if (!(error instanceof FileChanged)) throw error;
      if (changes === MOST_CHANGES) throw new DownloadError('changed', error.message);
    }
}

async function look({ wanted, settings }: Job, signal: AbortSignal): Promise<RemoteFile> {
  const before = await progressOnDisk(wanted.file, new Rate());
  const patience = { ...settings, tries: Math.min(settings.tries, MOST_LOOKS) };
  const tries = new Tries(patience, (isWaiting) => {
    if (isWaiting) settings.onProgress({ ...before, waiting: 'retry' });
  });
  for (;;)
    try {
      return await inspectRemote(wanted.url, settings, signal);
    } catch (error) {
      await tries.afterFailure(error, 0, signal);
    }
}

async function fetchOnce(job: Job, remote: RemoteFile, signal: AbortSignal): Promise<Downloaded> {
  const { wanted, settings } = job;
  const expected = agreed(job.expected, remote);
  // Now that the server has told more of it.
  const there = job.expected.sha256 === null ? await rightFile(wanted.file, expected, signal) : undefined;
  if (there) {
    await removeTraces(wanted.file);
    return there;
  }
  await receive(job, remote, expected.bytes, signal);
  return finish(wanted.file, expected, settings, signal);
}

/** Until all bytes are on disk. */
async function receive(job: Job, remote: RemoteFile, bytes: number | null, signal: AbortSignal): Promise<void> {
  const { wanted, settings } = job;
  const { sha256, etag, lastModified } = remote;
  const origin = { url: addressOf(wanted.url).url, bytes, sha256, etag, lastModified };
  const part = await Part.open(wanted.file, origin, remote.acceptsRanges, wanted.magic);
  let isWorthless = false;
  try {
    if (bytes !== null) await checkSpace(wanted.file, bytes - part.received, settings.marginBytes);
    await transfer({ wanted, settings, remote, bytes, part, meter: new Meter(bytes, settings.onProgress) }, signal);
    await part.save();
  } catch (error) {
    await part.saveIfPossible();
    const fault = error instanceof DownloadError ? error.fault : undefined;
    // A sign-in page that comes instead of the rest says nothing against what is there already.
    isWorthless = fault === 'wrongSize' || (fault === 'notAFile' && !part.isBegun);
    throw error;
  } finally {
    await part.close();
    if (isWorthless) await removeTraces(wanted.file);
  }
}

/** Puts it where it belongs, if it is right. */
async function finish(file: string, expected: Expected, settings: Settings, signal: AbortSignal): Promise<Downloaded> {
  const rest = { bytesPerSecond: 0, secondsLeft: null };
  let told = performance.now();
  const onChecked = (checked: number): void => {
    if (performance.now() - told < 250) return;
    told = performance.now();
    settings.onProgress({ received: expected.bytes ?? checked, bytes: expected.bytes, checked, ...rest });
  };
  const found = await checkFile(partOf(file), expected, onChecked, signal);
  if (found === 'wrongBytes') {
    await replace(partOf(file), quarantineOf(file));
    await removeTraces(file);
    throw new DownloadError('wrongBytes', `kept as ${quarantineOf(file)}`);
  }
  if (typeof found === 'string') {
    await removeTraces(file);
    throw new DownloadError(found, 'when all of it was there');
  }
  // The right bytes are there: wrong ones of an earlier time only fill the disk.
  await rm(quarantineOf(file), { force: true, recursive: true, maxRetries: 5 });
  await replace(partOf(file), file);
  await rm(journalOf(file), { force: true });
  return { file, ...found };
}

function expectedOf({ bytes, sha256, integrity, magic }: Wanted): Expected {
  return {
    bytes: bytes ?? null,
    sha256: typeof sha256 === 'string' ? sha256Of(sha256) : null,
    integrity: integrity === undefined ? null : integrityOf(integrity),
    magic,
  };
}

/**
 * What is wanted and what the server has, in one: the digest that the server tells is checked where none is known.
 *
 * @throws DownloadError `wrongSize`, `changed` when the server says before that it will be another file
 */
function agreed(expected: Expected, remote: RemoteFile): Expected {
  const { bytes, sha256, sha256From } = remote;
  if (bytes !== null && expected.bytes !== null && bytes !== expected.bytes)
    throw new DownloadError('wrongSize', `${bytes} bytes at ${shown(remote.url)}, not ${expected.bytes}`);
  if (sha256From === 'header' && expected.sha256 !== null && sha256 !== expected.sha256)
    throw new DownloadError('changed', `SHA-256 ${sha256} at ${shown(remote.url)}, not ${expected.sha256}`);
  const isKnown = expected.sha256 !== null || expected.integrity !== null;
  return {
    ...expected,
    bytes: expected.bytes ?? bytes,
    sha256: isKnown ? expected.sha256 : sha256,
  };
}
