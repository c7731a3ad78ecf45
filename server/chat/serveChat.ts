/** Chat on one connection. A person waits for the answer, so refusals are told. */
import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import {
  ChatErrors,
  type ChatParams,
  ChatProgressType,
  ChatRequest,
  type ChatResult,
  CountTokensRequest,
  DidGiveWay,
  EmbedRequest,
} from '../chatProtocol';
import type { Engine } from '../engine';
import { CancelledError, messageOf, UserError } from '../errors';
import type { ChatLlm, Llm } from '../llm/llm';
import { answer } from './answer';
import { GiveWay } from './giveWay';
import { Outbox } from './outbox';
import { ChatRefusal, MalformedError } from './refusal';
import { remembered } from './remembered';

export function serveChat(connection: Connection, engine: Engine): void {
  const giveWay = new GiveWay();
  const told = <T>(token: CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    toldBy(connection, token, work);
  connection.onNotification(DidGiveWay, ({ busy }) => giveWay.set(busy));
  connection.onRequest(ChatRequest, (params, token) =>
    told(token, (signal) =>
      engine.use(async (llm) => {
        const result = await stream(connection, params, giveWay, remembered(chatOf(llm)), signal);
        connection.console.info(summary(result));
        return result;
      }, signal),
    ),
  );
  connection.onRequest(CountTokensRequest, ({ texts }, token) =>
    told(token, (signal) => engine.use(async (llm) => texts.map((text) => chatOf(llm).count(text)), signal)),
  );
  connection.onRequest(EmbedRequest, ({ texts }, token) =>
    told(token, (signal) =>
      engine.use((llm) => {
        if (llm.embed === undefined) throw new ChatRefusal('noEmbedding', 'the model makes no points of texts');
        return llm.embed(texts, signal);
      }, signal),
    ),
  );
}

/** What was told on the way is on its way before the answer is, however it ends. */
async function stream(
  connection: Connection,
  { partialResultToken, ...params }: ChatParams,
  giveWay: GiveWay,
  chat: ChatLlm,
  signal: AbortSignal,
): Promise<ChatResult> {
  const outbox = new Outbox((progress) => {
    if (partialResultToken !== undefined) void connection.sendProgress(ChatProgressType, partialResultToken, progress);
  });
  const tell = outbox.tell.bind(outbox);
  try {
    return await answer(chat, params, { tell, mayGoOn: () => giveWay.mayGoOn(signal) }, signal);
  } finally {
    outbox.flush();
  }
}

function chatOf({ chat }: Llm): ChatLlm {
  if (chat === undefined) throw new ChatRefusal('noChat', 'the model has no chat template');
  return chat;
}

/** The one edge: cancelled and refused requests are told as such, a bug goes to the log as well. */
async function toldBy<T>(
  connection: Connection,
  token: CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const subscription = token.onCancellationRequested(() => controller.abort());
  try {
    return await work(controller.signal);
  } catch (error) {
    const response = asResponse(error);
    if (response === error) connection.console.error(stackOf(error));
    throw response;
  } finally {
    subscription.dispose();
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
}

function asResponse(error: unknown): unknown {
  if (error instanceof CancelledError) return new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
  if (error instanceof ChatRefusal) return new ResponseError(ChatErrors[error.code], error.message);
  if (error instanceof MalformedError) return new ResponseError(ErrorCodes.InvalidParams, error.message);
  if (error instanceof UserError)
    return new ResponseError(LSPErrorCodes.RequestFailed, messageOf(error), { code: error.code });
  return error;
}

function summary({ end, prompt, tokensWritten, tokensPerSecond }: ChatResult): string {
  const { tokens, reused, contextSize, turnsLeftOut } = prompt;
  const cost = `${tokens} tokens of ${contextSize}, ${reused} reused, ${turnsLeftOut} turns left out`;
  return `chat: ${end}, ${cost}, ${tokensWritten} written at ${tokensPerSecond.toFixed(1)} a second`;
}
