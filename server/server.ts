/** Who answers what: one connection of one editor window to the engine of this process. */
import { type Connection, TextDocuments } from 'vscode-languageserver';
import { serveChat } from './chat/serveChat';
import { DidGiveWay } from './chatProtocol';
import { serveCompletion } from './completion/serveCompletion';
import { Neighbours } from './context/neighbours';
import { promptPath } from './context/promptPath';
import { GiveWay } from './conversation/giveWay';
import { serveEdit } from './edit/serveEdit';
import { Edits } from './edits';
import type { Engine } from './engine';
import { messageOf } from './errors';
import { digestOf } from './measure/digest';
import { answerMeasureHoles } from './measure/request';
import { DigestRequest } from './measureProtocol';
import { DidChangeStatus, MemoryRequest, SleepRequest, StatusRequest } from './protocol';
import { Session } from './session';
import { answerMeasureSpeed } from './speed/request';
import type { Syntax } from './syntax/syntax';

export function serve(connection: Connection, engine: Engine, syntax: Syntax): void {
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
  connection.onExit(() => statusChanges.dispose());

  connection.onRequest(StatusRequest, () => engine.status);
  connection.onRequest(MemoryRequest, () => process.memoryUsage.rss());
  connection.onRequest(SleepRequest, () => engine.sleepNow());
  connection.onRequest(DigestRequest, (uri) => digestOf(documents.get(uri)));
  answerMeasureHoles(connection, { engine, settings: () => session.settings, syntax });
  answerMeasureSpeed(connection, engine);
  const giveWay = new GiveWay();
  connection.onNotification(DidGiveWay, ({ busy }) => giveWay.set(busy));
  serveChat(connection, engine, giveWay);
  serveEdit({ connection, engine, syntax, giveWay });
  serveCompletion({
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
  documents.listen(connection);
  connection.listen();
}
