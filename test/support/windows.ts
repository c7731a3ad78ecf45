/** Editor windows without a screen that share one engine in this process: each is a connection of its own over streams in memory. */
import { PassThrough } from 'node:stream';
import { CancellationTokenSource, type Disposable } from 'vscode-languageserver';
import {
  createConnection,
  createMessageConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  type InlineCompletionItem,
  InlineCompletionRequest,
  InlineCompletionTriggerKind,
  LogMessageNotification,
  type MessageConnection,
  type Position,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { Engine } from '../../server/engine';
import type { Settings } from '../../server/protocol';
import { serve } from '../../server/server';
import type { Syntax } from '../../server/syntax/syntax';

export interface Joining {
  readonly engine: Engine;
  readonly syntax: Syntax;
  readonly settings?: Settings;
  readonly folder?: string;
}

export class TestWindow {
  readonly logs: string[] = [];
  #version = 0;

  private constructor(
    readonly client: MessageConnection,
    private readonly served: Disposable,
    private readonly close: () => void,
  ) {
    client.onNotification(LogMessageNotification.type, ({ message }) => void this.logs.push(message));
    client.listen();
  }

  static async join({ engine, syntax, settings, folder }: Joining): Promise<TestWindow> {
    const [up, down] = [new PassThrough(), new PassThrough()];
    const server = createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down));
    const served = serve(server, engine, syntax);
    const client = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const window = new TestWindow(client, served, () => {
      client.dispose();
      server.dispose();
    });
    await client.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      capabilities: { workspace: { workspaceFolders: true } },
      initializationOptions: settings,
      workspaceFolders: folder === undefined ? [] : [{ uri: folder, name: 'folder' }],
    });
    await client.sendNotification(InitializedNotification.type, {});
    return window;
  }

  open(uri: string, languageId: string, text: string): Promise<void> {
    const textDocument = { uri, languageId, version: ++this.#version, text };
    return this.client.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  /** Types at a place. */
  type(uri: string, at: Position, text: string): Promise<void> {
    const contentChanges = [{ range: { start: at, end: at }, text }];
    const textDocument = { uri, version: ++this.#version };
    return this.client.sendNotification(DidChangeTextDocumentNotification.type, { textDocument, contentChanges });
  }

  async complete(
    uri: string,
    position: Position,
    cancel = new CancellationTokenSource(),
  ): Promise<InlineCompletionItem | undefined> {
    const context = { triggerKind: InlineCompletionTriggerKind.Automatic };
    const params = { textDocument: { uri }, position, context };
    const result = await this.client.sendRequest(InlineCompletionRequest.type, params, cancel.token);
    return Array.isArray(result) ? result[0] : result?.items[0];
  }

  /** As when its process has died: the connection is closed, whatever goes on. */
  leave(): void {
    this.served.dispose();
    this.close();
  }
}
