/** One language client and the process that it is connected to, from the start to the end: nothing here starts again. */
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { LanguageClient, type LanguageClientOptions } from 'vscode-languageclient/node';
import { DidChangeStatus, type Status, StatusRequest } from '../../server/protocol';
import { DidLeave, WillEnd } from '../../server/sharedProtocol';
import { quietOptions } from './clientOptions';
import { endProcess } from './endProcess';
import type { SharedEngine } from './sharedEngine';
import { openTransport, type TransportParts } from './transport';

/** One that does not answer its first request in so long is ended without being asked, in milliseconds. */
const START_PATIENCE_MS = 5_000;
/** How long the process may take to say goodbye, and to end where it does, in milliseconds: a window that is closed has less time. */
const END_PATIENCE_MS = 5_000;
const CLOSING_PATIENCE_MS = 2_000;
/** How much of a dead process's own words is for the log, in characters. */
const LAST_WORDS = 4_000;

/** Why a window leaves: see `DidLeave`; `closing`: the window is closed, or reloaded. */
export type Leaving = 'closing' | 'alone' | 'all';

export interface RunningParts extends TransportParts {
  readonly clientOptions: LanguageClientOptions;
  readonly onCreated: (client: LanguageClient) => void;
  readonly onStatus: (status: Status) => void;
  /** The connection has ended unasked. */
  readonly onClosed: (end: UnaskedEnd) => void;
}

export interface UnaskedEnd {
  /** Another window has asked for a new process. */
  readonly isRestart: boolean;
  /** The model was not loaded. All windows agree on that, also one that has just come: what they start next shall be the same. */
  readonly whileLoading: boolean;
}

export class RunningServer {
  #client: LanguageClient | undefined;
  #shared: SharedEngine | undefined;
  #isRestart = false;
  #isLoaded = false;
  #started = Promise.resolve();
  readonly #leaving = new AbortController();

  constructor(private readonly parts: RunningParts) {}

  /** The connection, while the server runs. */
  get connection(): LanguageClient | undefined {
    return this.#client?.isRunning() ? this.#client : undefined;
  }

  /** To be called once. @throws Error when no process can be reached; what goes wrong later ends the connection */
  start(): Promise<void> {
    this.#started = this.#start();
    return this.#started;
  }

  async #start(): Promise<void> {
    const { log } = this.parts;
    const { shared, serverOptions } = await openTransport(this.parts, this.#leaving.signal);
    this.#shared = shared;
    this.#isLoaded = shared?.isLoaded ?? false;
    const client = this.#create(serverOptions);
    this.#client = client;
    // A failure to start closes the connection, and that is dealt with there.
    await client.start().catch((error: unknown) => log.error(`The server did not start: ${String(error)}`));
    if (shared) await this.#askStatus();
  }

  #create(serverOptions: ConstructorParameters<typeof LanguageClient>[2]): LanguageClient {
    const { log, clientOptions, onCreated } = this.parts;
    const quiet = quietOptions(log, () => this.#closed());
    const client = new LanguageClient('minnow', 'Minnow', serverOptions, { ...quiet, ...clientOptions });
    client.onNotification(DidChangeStatus, (status) => this.#tell(status));
    client.onNotification(WillEnd, () => {
      this.#isRestart = true;
    });
    onCreated(client);
    return client;
  }

  #tell(status: Status): void {
    this.#isLoaded = status.state !== 'loading';
    this.parts.onStatus(status);
  }

  /** A model that was loaded before this window was connected, by others or just now, tells nothing by itself. */
  async #askStatus(): Promise<void> {
    // A process that ends meanwhile has no status, and that is dealt with elsewhere.
    const status = await this.connection?.sendRequest(StatusRequest).catch(() => undefined);
    if (status !== undefined && status.state !== 'loading') this.#tell(status);
  }

  #closed(): void {
    const { log, onClosed } = this.parts;
    const file = this.#isRestart ? undefined : this.#shared?.log;
    if (file !== undefined)
      readFile(file, 'utf8').then(
        (text) => text.trim() && log.debug(text.slice(-LAST_WORDS).trim()),
        (error: unknown) => log.debug(String(error)),
      );
    onClosed({ isRestart: this.#isRestart, whileLoading: !this.#isLoaded });
  }

  /** Settles when the process has ended, or goes on for other windows only. Never throws. */
  async end(leaving: Leaving): Promise<void> {
    this.#leaving.abort();
    // A client that is starting refuses to be stopped.
    const started = this.#started.catch(() => undefined);
    await Promise.race([started, delay(START_PATIENCE_MS, undefined, { ref: false })]);
    const { connection } = this;
    if (connection !== undefined && this.#shared !== undefined && leaving !== 'closing')
      await connection.sendNotification(DidLeave, { ends: leaving }).catch(() => undefined);
    const hasAnswered = await this.#dispose(leaving === 'closing' ? CLOSING_PATIENCE_MS : END_PATIENCE_MS);
    if (this.#shared !== undefined) await this.#leave(this.#shared, leaving, hasAnswered);
  }

  /** @returns whether the process has said goodbye */
  async #dispose(patienceMs: number): Promise<boolean> {
    try {
      await this.#client?.dispose(patienceMs);
      return true;
    } catch (error) {
      this.parts.log.warn(`The old server did not stop in time: ${String(error)}`);
      return false;
    }
  }

  async #leave({ socket, pid }: SharedEngine, leaving: Leaving, hasAnswered: boolean): Promise<void> {
    if (leaving !== 'closing' && !socket.closed) {
      if (hasAnswered) {
        const closed = new Promise((resolve) => socket.once('close', resolve));
        await Promise.race([closed, delay(END_PATIENCE_MS, undefined, { ref: false })]);
      } else {
        this.parts.log.warn(`The process ${pid} hangs and is ended; other windows go on with the next one.`);
        await endProcess(pid);
      }
    }
    socket.destroy();
  }
}
