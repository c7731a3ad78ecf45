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
import { Outbox } from '../conversation/outbox';
import { ChatRefusal } from '../conversation/refusal';
import { remembered } from '../conversation/remembered';
import { chatOf, told } from '../conversation/request';
import type { EngineWindow } from '../engineWindow';
import type { ChatLlm } from '../llm/llm';
import { answer } from './answer';

/** Of each kind of request, more than any client has waiting. */
const MOST_ANSWERS = 16;
const MOST_TEXTS = 64;

export function serveChat(connection: Connection, engine: EngineWindow): void {
  const answers = engine.newest(MOST_ANSWERS);
  const texts = engine.newest(MOST_TEXTS);
  connection.onRequest(ChatRequest, (params, token) =>
    told(connection, token, (cancelled) =>
      answers.use(async (llm, signal) => {
        const mayGoOn = () => engine.mayGoOn(signal);
        const result = await stream(connection, params, mayGoOn, remembered(chatOf(llm)), signal);
        connection.console.info(summary(result));
        return result;
      }, cancelled),
    ),
  );
  connection.onRequest(CountTokensRequest, (params, token) =>
    told(connection, token, (cancelled) =>
      texts.use(async (llm) => params.texts.map((text) => chatOf(llm).count(text)), cancelled),
    ),
  );
  connection.onRequest(EmbedRequest, (params, token) =>
    told(connection, token, (cancelled) =>
      texts.use(async (llm, signal) => {
        if (llm.embed === undefined) throw new ChatRefusal('noEmbedding', 'the model makes no points of texts');
        return llm.embed(params.texts, signal);
      }, cancelled),
    ),
  );
}

/** What was told on the way is on its way before the answer is, however it ends. */
async function stream(
  connection: Connection,
  { partialResultToken, ...params }: ChatParams,
  mayGoOn: () => Promise<void>,
  chat: ChatLlm,
  signal: AbortSignal,
): Promise<ChatResult> {
  const outbox = new Outbox<ChatProgress>((progress) => {
    if (partialResultToken !== undefined) void connection.sendProgress(ChatProgressType, partialResultToken, progress);
  });
  const tell = outbox.tell.bind(outbox);
  try {
    return await answer(chat, params, { tell, mayGoOn }, signal);
  } finally {
    outbox.flush();
  }
}

function summary({ end, prompt, tokensWritten, tokensPerSecond }: ChatResult): string {
  const { tokens, reused, contextSize, turnsLeftOut } = prompt;
  const cost = `${tokens} tokens of ${contextSize}, ${reused} reused, ${turnsLeftOut} turns left out`;
  return `chat: ${end}, ${cost}, ${tokensWritten} written at ${tokensPerSecond.toFixed(1)} a second`;
}
