/** Who answers what: one connection of one editor window to the engine of this process. */
import {
  type CancellationToken,
  type Connection,
  type InitializeParams,
  type InlineCompletionItem,
  type InlineCompletionParams,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Completer, type CompletionResult } from './completion/completion';
import { lineEndAt } from './documents';
import type { Engine } from './engine';
import { CancelledError, messageOf, UserError } from './errors';
import { DidChangeSettings, DidChangeStatus, type Settings, StatusRequest } from './protocol';

export function serve(connection: Connection, engine: Engine): void {
  const documents = new TextDocuments(TextDocument);
  const completer = new Completer();
  let settings: Settings = { completion: { multiline: true } };
  let folders: readonly string[] = [];

  connection.onInitialize((params: InitializeParams) => {
    settings = params.initializationOptions ?? settings;
    folders = params.workspaceFolders?.map(({ uri }) => uri) ?? [];
    return {
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        inlineCompletionProvider: {},
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });
  connection.onInitialized(() => {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
    });
  });
  connection.onNotification(DidChangeSettings, (changed) => {
    settings = changed;
  });
  connection.onRequest(StatusRequest, () => engine.status);
  const statusChanges = engine.onDidChangeStatus((status) => void connection.sendNotification(DidChangeStatus, status));
  documents.onDidClose(({ document }) => completer.forget(document.uri));

  connection.languages.inlineCompletion.on((params: InlineCompletionParams, token: CancellationToken) =>
    answer(connection, token, async (signal) => {
      const started = performance.now();
      const llm = await engine.ready(signal);
      // Read only now: the document may have changed while the model was loading.
      const document = documents.get(params.textDocument.uri);
      if (document === undefined) return null;
      const result = await completer.complete(llm, { document, position: params.position, folders }, settings, signal);
      connection.console.info(summary(result, performance.now() - started));
      return toItems(result, params);
    }),
  );

  connection.onExit(() => statusChanges.dispose());
  documents.listen(connection);
  connection.listen();
}

/** The one edge for requests made by typing: cancelled and refused ones answer nothing, a bug goes to the log. */
async function answer<T>(
  connection: Connection,
  token: CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const controller = new AbortController();
  const subscription = token.onCancellationRequested(() => controller.abort());
  try {
    return await work(controller.signal);
  } catch (error) {
    if (error instanceof CancelledError) connection.tracer.log('completion cancelled');
    else if (!(error instanceof UserError))
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
    return null;
  } finally {
    subscription.dispose();
  }
}

function toItems(
  { suggestion, place }: CompletionResult,
  { position }: InlineCompletionParams,
): InlineCompletionItem[] | null {
  if (suggestion === undefined) return null;
  const end = { line: position.line, character: position.character + suggestion.replace };
  return [{ insertText: suggestion.text.replaceAll('\n', lineEndAt(place)), range: { start: position, end } }];
}

function summary({ origin, usage, generated }: CompletionResult, ms: number): string {
  return `completion: ${origin}, ${Math.round(ms)} ms, ${usage.evaluated} tokens read, ${usage.reused} reused, ${generated} written`;
}
