/** A small editor without a screen: starts a server process over its real transport and speaks LSP to it. */
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import {
  CancellationTokenSource,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  LogMessageNotification,
  ShutdownRequest,
} from 'vscode-languageserver-protocol';
import {
  createMessageConnection,
  InitializedNotification,
  InitializeRequest,
  type InlineCompletionContext,
  type InlineCompletionItem,
  InlineCompletionRequest,
  InlineCompletionTriggerKind,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  type Position,
} from 'vscode-languageserver-protocol/node';
import { DidChangeStatus, type Settings, type Status } from '../../server/protocol';

export interface Started {
  readonly module: string;
  readonly args: readonly string[];
  readonly settings?: Settings;
  /** URIs of the workspace folders. */
  readonly folders?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Node's own flags. */
  readonly execArgv?: readonly string[];
  /** What runs the server: by default what runs the test. */
  readonly execPath?: string;
}

export class LspClient {
  readonly logs: string[] = [];
  readonly statuses: Status[] = [];
  #version = 0;
  readonly #waiting = new Set<() => void>();

  private constructor(
    readonly process: ChildProcess,
    readonly connection: MessageConnection,
  ) {
    connection.onNotification(LogMessageNotification.type, ({ message }) => void this.logs.push(message));
    connection.onNotification(DidChangeStatus, (status) => {
      this.statuses.push(status);
      for (const wake of this.#waiting) wake();
    });
    connection.listen();
    // Ends the requests that still wait.
    process.once('exit', () => {
      connection.dispose();
      for (const wake of this.#waiting) wake();
    });
  }

  static async start({ module, args, settings, folders, env, ...how }: Started): Promise<LspClient> {
    const child = fork(module, [...args, '--node-ipc'], {
      env: { ...process.env, UV_THREADPOOL_SIZE: '1', ...env },
      silent: true,
      execArgv: [...(how.execArgv ?? [])],
      ...(how.execPath === undefined ? {} : { execPath: how.execPath }),
    });
    const client = new LspClient(
      child,
      createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child)),
    );
    child.stderr?.on('data', (data: Buffer) => void client.logs.push(String(data)));
    await client.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: { workspace: { workspaceFolders: true } },
      initializationOptions: settings,
      workspaceFolders: (folders ?? []).map((uri) => ({ uri, name: path.basename(uri) })),
    });
    await client.connection.sendNotification(InitializedNotification.type, {});
    return client;
  }

  /** Waits for a status that is not `loading`. @throws Error when the process ends before */
  async settled(): Promise<Status> {
    for (;;) {
      const last = this.statuses.at(-1);
      if (last && last.state !== 'loading') return last;
      const { exitCode, signalCode } = this.process;
      if (exitCode !== null || signalCode !== null)
        throw new Error(`the server has ended (${exitCode ?? signalCode}): ${this.logs.slice(-3).join('; ')}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  open(uri: string, languageId: string, text: string): Promise<void> {
    const textDocument = { uri, languageId, version: ++this.#version, text };
    return this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  /** Replaces `start`..`end` by `text`, as a keystroke does. */
  change(uri: string, start: Position, end: Position, text: string): Promise<void> {
    const textDocument = { uri, version: ++this.#version };
    return this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument,
      contentChanges: [{ range: { start, end }, text }],
    });
  }

  /** Asks as an editor would while the user types. */
  async complete(
    uri: string,
    position: Position,
    cancel = new CancellationTokenSource(),
  ): Promise<InlineCompletionItem | undefined> {
    const [first] = await this.ask(uri, position, { triggerKind: InlineCompletionTriggerKind.Automatic }, cancel);
    return first;
  }

  /** Asks for all suggestions in a context of the caller's. */
  async ask(
    uri: string,
    position: Position,
    context: InlineCompletionContext,
    cancel = new CancellationTokenSource(),
  ): Promise<readonly InlineCompletionItem[]> {
    const params = { textDocument: { uri }, position, context };
    const result = await this.connection.sendRequest(InlineCompletionRequest.type, params, cancel.token);
    return Array.isArray(result) ? result : (result?.items ?? []);
  }

  /** Ends the process as an editor would, and waits for its end. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    await ended;
  }
}
