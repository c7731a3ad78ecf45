/** Ghost text on one connection: the requests and notifications that belong to it. */
import type {
  CancellationToken,
  Connection,
  Disposable,
  InlineCompletionItem,
  InlineCompletionParams,
  TextDocuments,
} from 'vscode-languageserver';
import { InlineCompletionTriggerKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { withSignal } from '../cancellation';
import { type Place, placeAt } from '../documents';
import type { Edits } from '../edits';
import type { EngineWindow } from '../engineWindow';
import { CancelledError, messageOf, UserError } from '../errors';
import { DidAnswer, DidExtend, DidMoveCursor, DidSettle, IdleRequest, type Outcome, OutcomeRequest } from '../protocol';
import { DidAnswerTyping, DidWatchTyping } from '../sharedProtocol';
import { Completer, type CompleterParts } from './completion';
import type { Joined } from './rules/joinRest';

export interface CompletionDoor {
  readonly connection: Connection;
  readonly engine: EngineWindow;
  readonly documents: TextDocuments<TextDocument>;
  readonly edits: Edits;
  readonly parts: Pick<CompleterParts, 'settings' | 'folders' | 'contextFor' | 'kindAt' | 'isSound' | 'statementEnd'>;
}

/** Requests that wait: editors ask again at each key, and cancel what they asked before, or not. */
const MOST = 4;

/** @returns ends what goes on beyond its request, when the window goes */
export function serveCompletion({ connection, engine, documents, edits, parts }: CompletionDoor): Disposable {
  const newest = engine.newest(MOST);
  const completer = new Completer({
    ...parts,
    onSettled: (settled) => void connection.sendNotification(DidSettle, settled),
    onExtended: (uri, version) => void connection.sendNotification(DidExtend, { uri, version }),
  });
  let last: Outcome | null = null;
  documents.onDidClose(({ document }) => completer.forget(document.uri));
  edits.onDidEdit((edit) => completer.note(edit));
  connection.onRequest(OutcomeRequest, () => last);
  connection.onRequest(IdleRequest, async () => {
    await engine.idle();
    return null;
  });

  connection.languages.inlineCompletion.on((params: InlineCompletionParams, token: CancellationToken) =>
    answer(connection, token, (cancelled) =>
      newest.use(async (llm, signal) => {
        // Read only now: the document may have changed while the model was loading.
        const document = documents.get(params.textDocument.uri);
        if (document === undefined) return null;
        const view = viewOf(document, params);
        const asked = params.context.triggerKind === InlineCompletionTriggerKind.Invoked;
        const place = { document, place: view.place, asked };
        const { suggestions, outcome } = await engine.whileTyping(() => completer.complete(llm, place, signal));
        last = outcome;
        void connection.sendNotification(DidAnswer, outcome);
        connection.console.info(summary(outcome));
        return suggestions.map((suggestion) => toItem(suggestion, view));
      }, cancelled),
    ),
  );
  connection.onNotification(DidWatchTyping, ({ on }) =>
    engine.watchTyping(on, (busy) => void connection.sendNotification(DidAnswerTyping, { busy })),
  );

  // Wakes the model where it sleeps: who moves the cursor will type. Of many moves while it loads only the last is followed.
  const moved = engine.newest(1);
  let moves = 0;
  connection.onNotification(DidMoveCursor, ({ uri, line, character }) => {
    const move = ++moves;
    if (documents.get(uri) === undefined) return;
    void answer(connection, undefined, (signal) =>
      moved.use(async (llm) => {
        const document = documents.get(uri);
        if (document === undefined || move !== moves || !llm.facts.completes) return;
        await completer.warm(llm, document, placeAt(document, { line, character }));
      }, signal),
    );
  });
  return { dispose: () => completer.dispose() };
}

/** The document as it would be with what is selected in the list of suggestions, and what that adds to the item. */
interface View {
  readonly place: Place;
  readonly range: {
    readonly start: InlineCompletionParams['position'];
    readonly end: InlineCompletionParams['position'];
  };
  readonly selected: string;
}

function viewOf(document: TextDocument, { position, context }: InlineCompletionParams): View {
  const selected = context.selectedCompletionInfo;
  if (selected === undefined)
    return { place: placeAt(document, position), range: { start: position, end: position }, selected: '' };
  const seen = TextDocument.create(document.uri, document.languageId, document.version, document.getText());
  TextDocument.update(seen, [selected], document.version);
  const { line, character } = selected.range.start;
  const end = { line, character: character + selected.text.length };
  return { place: placeAt(seen, end), range: { start: selected.range.start, end: position }, selected: selected.text };
}

function toItem({ text, replace }: Joined, { place, range, selected }: View): InlineCompletionItem {
  const end = { line: range.end.line, character: range.end.character + replace };
  return { insertText: selected + text.replaceAll('\n', place.lineEnd), range: { start: range.start, end } };
}

/** The one edge for what comes by typing: cancelled and refused requests answer nothing, a bug goes to the log. */
async function answer<T>(
  connection: Connection,
  token: CancellationToken | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  try {
    return await withSignal(token, work);
  } catch (error) {
    if (error instanceof CancelledError) connection.tracer.log('cancelled');
    else if (!(error instanceof UserError)) {
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
    }
    return null;
  }
}

function summary({ origin, silence, ms, engineMs, tokensRead, tokensReused, tokensWritten }: Outcome): string {
  const cost = `${tokensRead} tokens read, ${tokensReused} reused, ${tokensWritten} written`;
  const times = `${ms.toFixed(1)} ms (engine ${engineMs.toFixed(1)} ms)`;
  return `completion: ${origin ?? `nothing (${silence})`}, ${times}, ${cost}`;
}
