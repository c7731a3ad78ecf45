/** Who answers what: one connection of one editor window to the engine of this process. */
import { type Connection, type Disposable, TextDocuments } from 'vscode-languageserver';
import { serveChat } from './chat/serveChat';
import { DidGiveWay } from './chatProtocol';
import { answerCompleteText } from './completion/completeText';
import { serveCompletion } from './completion/serveCompletion';
import { Neighbours } from './context/neighbours';
import { promptPath } from './context/promptPath';
import { serveEdit } from './edit/serveEdit';
import { Edits } from './edits';
import type { Engine } from './engine';
import { EngineWindow } from './engineWindow';
import { messageOf } from './errors';
import { digestOf } from './measure/digest';
import { answerMeasureHoles } from './measure/request';
import { DigestRequest } from './measureProtocol';
import { DidChangeStatus, MemoryRequest, SleepRequest, StatusRequest } from './protocol';
import { Session } from './session';
import { answerMeasureSpeed } from './speed/request';
import type { Syntax } from './syntax/syntax';

/**
 * @returns to be called when the connection is closed: ends the window's requests and frees what was kept for it. Nothing is sent any more. What it
 * had told and was told is the connection's alone; of other windows it hears nothing but the model's status, and whether they type.
 */
export function serve(connection: Connection, shared: Engine, syntax: Syntax): Disposable {
  const engine = new EngineWindow(shared);
  const session = new Session(connection);
  const edits = new Edits();
  const documents = new TextDocuments(edits);
  const neighbours = new Neighbours({
    named: () => session.neighbours,
    documentOf: (uri) => documents.get(uri),
    pathOf: ({ uri, languageId }) => promptPath(uri, languageId, session.folders),
  });
  session.onDidChangeNeighbours(() => neighbours.changed());
  documents.onDidOpen(({ document: { languageId } }) => {
    syntax.load(languageId).catch((error: unknown) => connection.console.warn(messageOf(error)));
  });
  const statusChanges = engine.onDidChangeStatus((status) => void connection.sendNotification(DidChangeStatus, status));

  connection.onRequest(StatusRequest, () => engine.status);
  connection.onRequest(MemoryRequest, () => process.memoryUsage.rss());
  connection.onRequest(SleepRequest, () => engine.sleepNow());
  connection.onRequest(DigestRequest, (uri) => digestOf(documents.get(uri)));
  answerMeasureHoles(connection, { engine, settings: () => session.settings, syntax });
  answerMeasureSpeed(connection, engine);
  answerCompleteText(connection, { engine, settings: () => session.settings, syntax });
  connection.onNotification(DidGiveWay, ({ busy }) => engine.giveWay(busy));
  serveChat(connection, engine);
  serveEdit({ connection, engine, syntax });
  const completion = serveCompletion({
    connection,
    engine,
    documents,
    edits,
    parts: {
      settings: () => session.settings.completion,
      folders: () => session.folders,
      contextFor: neighbours.contextFor.bind(neighbours),
      kindAt: syntax.kindAt.bind(syntax),
      isSound: syntax.isSound.bind(syntax),
      statementEnd: syntax.statementEnd.bind(syntax),
    },
  });
  const listening = documents.listen(connection);
  const dispose = (): void => {
    statusChanges.dispose();
    listening.dispose();
    completion.dispose();
    // A place that cannot be given back is the engine's fault, which whoever asks it next is told.
    engine.leave().catch(() => undefined);
  };
  connection.onExit(dispose);
  connection.listen();
  return { dispose };
}
