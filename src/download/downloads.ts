/** Downloads that a person asked for: shown while they run, paused, taken up again, and cancelled. */
import * as vscode from 'vscode';
import type { Memory } from '../client/modelFile';
import { showDownloadFailure } from '../errors';
import { sizeText } from '../sizeText';
import { asking, inspectSoon } from './ask';
import type { Connection } from './connection';
import { download } from './download';
import { CancelledDownload, DownloadError } from './faults';
import type { Ledger } from './ledger';
import { keptPace, Pace } from './pace';
import type { RemoteFile } from './remote';
import type { Downloaded, Progress, Wanted } from './wanted';

export interface Running {
  readonly title: string;
  readonly wanted: Wanted;
  readonly progress: Progress | undefined;
  /** Stops it and keeps what has arrived. */
  pause(): void;
  /** Stops it and keeps nothing. */
  cancel(): void;
}

export class Downloads implements vscode.Disposable {
  readonly #running = new Map<string, Running>();
  readonly #changed = new vscode.EventEmitter<void>();
  /** One has begun, come further, or ended. */
  readonly onDidChange = this.#changed.event;

  /** `fetch` for what is asked before a download: it stands in the ledger as well. */
  readonly ask = asking((connection) => this.#note(vscode.l10n.t('Looking for a model'), connection));

  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly memory: Memory,
    private readonly ledger: Ledger,
  ) {}

  /** As the last long download was; undefined where there was none. */
  get bytesPerSecond(): number | undefined {
    return keptPace(this.memory);
  }

  /** What the server tells of a file. @throws DownloadError */
  inspect(url: string): Promise<RemoteFile> {
    return inspectSoon(url, { onConnection: (line) => this.#note(vscode.l10n.t('Looking at a file'), line) });
  }

  get running(): readonly Running[] {
    return [...this.#running.values()];
  }

  /**
   * Fetches a file, with a notification that tells how it goes. What goes wrong is said, with a next step.
   *
   * @returns undefined when it was paused or cancelled, or failed
   */
  async fetch(title: string, wanted: Wanted): Promise<Downloaded | undefined> {
    if (this.#running.has(wanted.file)) return sayItRuns(title);
    const stop = new AbortController();
    // At once, and not when the notification stands: who clicks twice gets one download.
    this.#show(title, wanted, undefined, stop);
    try {
      return await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title, cancellable: true },
        (notification, token) => this.#run(title, wanted, notification, token, stop),
      );
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      this.log.error(`${title}: ${error.fault}: ${error.detail}`);
      return (await showDownloadFailure(error.fault)) === 'again' ? this.fetch(title, wanted) : undefined;
    } finally {
      this.#changed.fire();
    }
  }

  async #run(
    title: string,
    wanted: Wanted,
    notification: vscode.Progress<{ readonly message: string; readonly increment: number }>,
    token: vscode.CancellationToken,
    stop: AbortController,
  ): Promise<Downloaded | undefined> {
    token.onCancellationRequested(() => stop.abort('cancel'));
    let shown = 0;
    const pace = new Pace();
    const onProgress = (progress: Progress): void => {
      pace.note(progress, performance.now());
      const percent = percentOf(progress) ?? shown;
      notification.report({ message: progressText(progress), increment: percent - shown });
      shown = percent;
      this.#show(title, wanted, progress, stop);
    };
    try {
      return await download(wanted, { onProgress, onConnection: (line) => this.#note(title, line) }, stop.signal);
    } catch (error) {
      if (error instanceof CancelledDownload) return undefined;
      throw error;
    } finally {
      this.#running.delete(wanted.file);
      await pace.keep(this.memory);
    }
  }

  #show(title: string, wanted: Wanted, progress: Progress | undefined, stop: AbortController): void {
    const pause = (): void => stop.abort('pause');
    const cancel = (): void => stop.abort('cancel');
    this.#running.set(wanted.file, { title, wanted, progress, pause, cancel });
    this.#changed.fire();
  }

  #note(why: string, connection: Connection): void {
    this.log.info(`connection: ${connection.url}, ${connection.bytes} bytes`);
    void this.ledger.note({ ...connection, why });
  }

  /** What runs is paused: the editor is closing, and goes on another day. */
  dispose(): void {
    for (const running of this.#running.values()) running.pause();
    this.#changed.dispose();
  }
}

/** Asked for again while it runs: what shall happen then is for the one who asked first. */
async function sayItRuns(title: string): Promise<undefined> {
  const show = vscode.l10n.t('Show Downloads');
  const sentence = vscode.l10n.t('{0}: this is already in progress.', title);
  if ((await vscode.window.showInformationMessage(sentence, show)) === show)
    await vscode.commands.executeCommand('minnow.model.showDownloads');
}

/** 0 to 100; undefined while nobody has told the size. */
export function percentOf({ received, bytes }: Progress): number | undefined {
  return bytes === null || bytes === 0 ? undefined : (received / bytes) * 100;
}

/** "1.2 of 1.6 GB · 12 MB/s · 1 min left" */
export function progressText({ received, bytes, bytesPerSecond, secondsLeft, waiting, checked }: Progress): string {
  const { t } = vscode.l10n;
  const sizeIn = (size: number): string => sizeText(size, vscode.env.language);
  if (checked !== undefined && bytes) return t('checking, {0}%', Math.floor((checked / bytes) * 100));
  const parts = [bytes === null ? sizeIn(received) : t('{0} of {1}', sizeIn(received), sizeIn(bytes))];
  if (waiting === 'otherWindow') parts.push(t('downloading in another window'));
  else if (waiting === 'retry') parts.push(t('the connection was lost; trying again'));
  else if (bytesPerSecond > 0) parts.push(t('{0}/s', sizeIn(bytesPerSecond)));
  if (waiting === undefined && secondsLeft !== null) parts.push(timeLeft(secondsLeft));
  return parts.join(' · ');
}

function timeLeft(seconds: number): string {
  const { t } = vscode.l10n;
  if (seconds < 60) return t('{0} s left', Math.ceil(seconds));
  if (seconds < 5_400) return t('{0} min left', Math.round(seconds / 60));
  return t('{0} h left', Math.round(seconds / 3_600));
}
