/** A window without an editor: joins the process that windows share, as the extension does, and speaks LSP to it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createMessageConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  InlineCompletionRequest,
  InlineCompletionTriggerKind,
  type MessageConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { type Status, StatusRequest } from '../../server/protocol';
import { DidLeave, WillEnd } from '../../server/sharedProtocol';
import { isRunning } from '../../src/client/endProcess';
import { type Launch, serverArgs } from '../../src/client/launch';
import { type SharedEngine, sharedEngine } from '../../src/client/sharedEngine';
import { readDescription } from '../../src/client/sharing';
import { defaultLaunch, embedded, root } from './server';

/** A runtime folder of the test's own, and what was warned of in it. */
export class Place {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'm-'));
  readonly warnings: string[] = [];
  readonly #pids = new Set<number>();

  /** The scripted server. @param args see `scriptedServer` */
  scripted(...args: readonly string[]): Promise<SharedWindow> {
    return this.join(path.join(root, 'dist/test/support/scriptedServer.cjs'), ['--graceMs=400', ...args]);
  }

  /** The real server with the embedded model. */
  real(launch: Partial<Launch> = {}): Promise<SharedWindow> {
    const args = serverArgs(embedded, { ...defaultLaunch, ...launch });
    return this.join(path.join(root, 'dist/server.js'), args, launch.execArgv);
  }

  /** Any program as the server. */
  async join(module: string, args: readonly string[] = [], execArgv: readonly string[] = []): Promise<SharedWindow> {
    const engine = await sharedEngine(
      {
        command: { module, args, execArgv },
        modelFile: embedded.file,
        warn: (text) => void this.warnings.push(text),
        env: this.env,
      },
      new AbortController().signal,
    );
    this.#pids.add(engine.pid);
    return SharedWindow.open(engine);
  }

  /** What names this folder. */
  get env(): { readonly XDG_RUNTIME_DIR: string } {
    return { XDG_RUNTIME_DIR: this.folder };
  }

  /** Where the descriptions lie. */
  get meeting(): string {
    return path.join(this.folder, readdirSync(this.folder).find((name) => name.startsWith('minnow-')) ?? '');
  }

  /** Of all processes that are described, running or not. */
  descriptions() {
    const files = readdirSync(this.meeting).filter((name) => name.endsWith('.json'));
    return files.flatMap((name) => readDescription(readFileSync(path.join(this.meeting, name), 'utf8')) ?? []);
  }

  /** Ends what the test has left behind. */
  clear(): void {
    for (const pid of this.#pids) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

export class SharedWindow {
  /** Settles when the connection has ended. */
  readonly closed: Promise<unknown>;
  /** Whether it was told that another window ends the process. */
  wasTold = false;

  private constructor(
    readonly engine: SharedEngine,
    readonly connection: MessageConnection,
  ) {
    this.closed = new Promise((resolve) => engine.socket.once('close', resolve));
    connection.onNotification(WillEnd, () => {
      this.wasTold = true;
    });
    connection.listen();
    engine.socket.resume();
  }

  static async open(engine: SharedEngine): Promise<SharedWindow> {
    const { socket } = engine;
    const streams = [new StreamMessageReader(socket), new StreamMessageWriter(socket)] as const;
    const window = new SharedWindow(engine, createMessageConnection(...streams));
    const { connection } = window;
    const capabilities = {};
    await connection.sendRequest(InitializeRequest.type, { processId: process.pid, rootUri: null, capabilities });
    await connection.sendNotification(InitializedNotification.type, {});
    return window;
  }

  get pid(): number {
    return this.engine.pid;
  }

  status(): Promise<Status> {
    return this.connection.sendRequest(StatusRequest);
  }

  async ready(): Promise<void> {
    await until(async () => (await this.status()).state === 'ready', 30_000);
  }

  /** Opens a document and asks at its end. */
  async complete(uri: string, text: string): Promise<string | undefined> {
    const textDocument = { uri, languageId: 'javascript', version: 1, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    const lines = text.split('\n');
    const result = await this.connection.sendRequest(InlineCompletionRequest.type, {
      textDocument: { uri },
      position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
      context: { triggerKind: InlineCompletionTriggerKind.Invoked },
    });
    const insert = (Array.isArray(result) ? result : result?.items)?.[0]?.insertText;
    return typeof insert === 'string' ? insert : insert?.value;
  }

  /** Leaves as the extension does; without `ends` as when the window is closed. */
  async leave(ends?: 'alone' | 'all'): Promise<void> {
    if (ends !== undefined) await this.connection.sendNotification(DidLeave, { ends });
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    this.engine.socket.end();
  }
}

/** @throws Error when it does not come true in time */
export async function until(isTrue: () => boolean | Promise<boolean>, ms = 5_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`It did not come true within ${ms} ms: ${isTrue}`);
    await delay(20);
  }
}
