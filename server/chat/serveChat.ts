/** Chat on one connection. A person waits for the answer, so refusals are told. */
import type { Connection } from 'vscode-languageserver';
import {
  type ChatParams,
  type ChatProgress,
  ChatProgressType,
  ChatRequest,
  type ChatResult,
  CountTokensRequest,
  EmbedRequest,
} from '../chatProtocol';
import type { GiveWay } from '../conversation/giveWay';
import { Outbox } from '../conversation/outbox';
import { ChatRefusal } from '../conversation/refusal';
import { remembered } from '../conversation/remembered';
import { chatOf, told } from '../conversation/request';
import type { Engine } from '../engine';
import type { ChatLlm } from '../llm/llm';
import { answer } from './answer';

export function serveChat(connection: Connection, engine: Engine, giveWay: GiveWay): void {
  connection.onRequest(ChatRequest, (params, token) =>
    told(connection, token, (signal) =>
      engine.use(async (llm) => {
        const result = await stream(connection, params, giveWay, remembered(chatOf(llm)), signal);
        connection.console.info(summary(result));
        return result;
      }, signal),
    ),
  );
  connection.onRequest(CountTokensRequest, ({ texts }, token) =>
    told(connection, token, (signal) =>
      engine.use(async (llm) => texts.map((text) => chatOf(llm).count(text)), signal),
    ),
  );
  connection.onRequest(EmbedRequest, ({ texts }, token) =>
    told(connection, token, (signal) =>
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
  const outbox = new Outbox<ChatProgress>((progress) => {
    if (partialResultToken !== undefined) void connection.sendProgress(ChatProgressType, partialResultToken, progress);
  });
  const tell = outbox.tell.bind(outbox);
  try {
    return await answer(chat, params, { tell, mayGoOn: () => giveWay.mayGoOn(signal) }, signal);
  } finally {
    outbox.flush();
  }
}

function summary({ end, prompt, tokensWritten, tokensPerSecond }: ChatResult): string {
  const { tokens, reused, contextSize, turnsLeftOut } = prompt;
  const cost = `${tokens} tokens of ${contextSize}, ${reused} reused, ${turnsLeftOut} turns left out`;
  return `chat: ${end}, ${cost}, ${tokensWritten} written at ${tokensPerSecond.toFixed(1)} a second`;
}
