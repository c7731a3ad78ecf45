/** Edits by instruction on one connection. A person waits for them, so refusals are told. */
import type { Connection } from 'vscode-languageserver';
import { Outbox } from '../conversation/outbox';
import { remembered } from '../conversation/remembered';
import { chatOf, told } from '../conversation/request';
import {
  DidHaveEnough,
  type EditParams,
  type EditProgress,
  EditProgressType,
  EditRequest,
  type EditResult,
  OutlineRequest,
  WarmEditRequest,
} from '../editProtocol';
import type { EngineWindow } from '../engineWindow';
import { CancelledError } from '../errors';
import type { Llm } from '../llm/llm';
import type { Syntax } from '../syntax/syntax';
import { edit, warm } from './edit';
import { Enough } from './enough';

export interface EditServer {
  readonly connection: Connection;
  readonly engine: EngineWindow;
  readonly syntax: Syntax;
}

/** Edits that go on or wait: more than any client asks for. */
const MOST = 16;

export function serveEdit({ connection, engine, syntax }: EditServer): void {
  const edits = engine.newest(MOST);
  /** Of the edits that are running. */
  const enoughs = new Map<string | number, Enough>();
  let warming = new AbortController();
  const supersede = (): AbortSignal => {
    warming.abort();
    warming = new AbortController();
    return warming.signal;
  };
  connection.onNotification(DidHaveEnough, ({ token, piece }) => enoughs.get(token)?.of(piece));
  connection.onRequest(EditRequest, (params, token) =>
    told(connection, token, async (signal) => {
      supersede();
      await load(syntax, params.languageId, connection);
      const enough = new Enough();
      const { partialResultToken } = params;
      if (partialResultToken !== undefined) enoughs.set(partialResultToken, enough);
      try {
        return await edits.use(
          (llm, each) => stream({ connection, engine, syntax }, llm, params, enough, each),
          signal,
        );
      } finally {
        if (partialResultToken !== undefined) enoughs.delete(partialResultToken);
      }
    }),
  );
  connection.onRequest(WarmEditRequest, (target, token) =>
    told(connection, token, async (cancelled) => {
      const superseded = supersede();
      const signal = AbortSignal.any([cancelled, superseded]);
      const seams = (lines: readonly string[]) => syntax.seams(target.languageId, lines);
      try {
        await load(syntax, target.languageId, connection);
        await engine.use((llm, each) => {
          const mayGoOn = () => engine.mayGoOn(each);
          return warm({ chat: remembered(chatOf(llm)), seams, mayGoOn }, target, each);
        }, signal);
      } catch (error) {
        if (!(error instanceof CancelledError && superseded.aborted && !cancelled.aborted)) throw error;
      }
      return null;
    }),
  );
  connection.onRequest(OutlineRequest, async ({ languageId, text }) => {
    await load(syntax, languageId, connection);
    return syntax.outline(languageId, text) ?? { names: [] };
  });
}

/** What was told on the way is on its way before the answer is, however it ends. */
async function stream(
  { connection, engine, syntax }: EditServer,
  llm: Llm,
  { partialResultToken, ...params }: EditParams,
  enough: Enough,
  signal: AbortSignal,
): Promise<EditResult> {
  const outbox = new Outbox<EditProgress>((progress) => {
    if (partialResultToken !== undefined) void connection.sendProgress(EditProgressType, partialResultToken, progress);
  });
  try {
    const editing = {
      chat: remembered(chatOf(llm)),
      seams: (lines: readonly string[]) => syntax.seams(params.languageId, lines),
      tell: (progress: EditProgress) => outbox.tell(progress),
      mayGoOn: () => engine.mayGoOn(signal),
      enough,
    };
    const result = await edit(editing, params, signal);
    connection.console.info(summary(result));
    return result;
  } finally {
    outbox.flush();
  }
}

/** Without its grammar a language is edited all the same. */
async function load(syntax: Syntax, languageId: string, { console }: Connection): Promise<void> {
  try {
    await syntax.load(languageId);
  } catch (error) {
    // The file of the grammar cannot be read.
    console.warn(error instanceof Error ? error.message : String(error));
  }
}

function summary(result: EditResult): string {
  const { tokensRead, tokensReused, tokensWritten, tokensPredicted, tokensMispredicted, tokensPerSecond } = result;
  const predicted = `${tokensPredicted} predicted, ${tokensMispredicted} wrongly`;
  return `edit: ${tokensRead} tokens read, ${tokensReused} reused, ${tokensWritten} written, ${predicted}, ${tokensPerSecond.toFixed(1)} a second`;
}
