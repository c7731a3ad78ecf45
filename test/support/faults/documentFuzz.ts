/** Edits documents at random, and compares the server's text with the editor's after each edit; asks and cancels in between. */
import { CancellationTokenSource, DidChangeTextDocumentNotification } from 'vscode-languageserver-protocol';
import { integer, type Random } from '../../../server/measure/random';
import { DigestRequest } from '../../../server/measureProtocol';
import type { LspClient } from '../lspClient';
import { EditedDocument, manyLines } from './editedDocument';

const LINES = [0, 1, 40, 300, 5_000];
/** Of requests that are under way the oldest is cancelled. */
const MOST_ASKED = 3;

export interface EditReport {
  readonly edits: number;
  readonly compared: number;
  readonly asked: number;
}

/** @throws Error with the edit after which the texts differ */
export async function fuzzDocuments(client: LspClient, random: Random, edits: number): Promise<EditReport> {
  const { connection } = client;
  const documents = LINES.map(
    (lines, n) => new EditedDocument(`file:///sample/edited${n}.ts`, manyLines(lines, random)),
  );
  for (const document of documents) document.version = await opened(client, document);
  const asked: CancellationTokenSource[] = [];
  const answers: Promise<unknown>[] = [];
  for (let n = 1; n <= edits; n++) {
    // The largest one now and then: a digest of it takes a while.
    const document = documents[integer(random, 0, n % 10 === 0 ? documents.length : documents.length - 1)];
    if (document === undefined) throw new Error('no document');
    const contentChanges = [...document.edit(random)];
    const { uri, version } = document;
    await connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
    if (random() < 0.1) {
      const cancel = new CancellationTokenSource();
      answers.push(client.complete(uri, document.place(random), cancel));
      asked.push(cancel);
    }
    if (asked.length > MOST_ASKED) cancelled(asked.shift());
    const [server, own] = [await connection.sendRequest(DigestRequest, uri), document.digest];
    if (JSON.stringify(server) !== JSON.stringify(own))
      throw new Error(`edit ${n}, ${JSON.stringify(contentChanges)}: ${JSON.stringify({ server, own })}`);
  }
  for (const each of asked) cancelled(each);
  await Promise.all(answers);
  return { edits, compared: edits, asked: answers.length };
}

/** @returns the version with which it was opened */
async function opened(client: LspClient, { uri, text }: EditedDocument): Promise<number> {
  await client.open(uri, 'typescript', text);
  return (await client.connection.sendRequest(DigestRequest, uri))?.version ?? 0;
}

function cancelled(source: CancellationTokenSource | undefined): void {
  if (source && !source.token.isCancellationRequested) source.cancel();
}
