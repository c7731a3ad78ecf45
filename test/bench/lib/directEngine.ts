/**
 * The engine without our server: what a plain use of node-llama-cpp takes for the same prompt tokens and as many written ones. In a process
 * of its own, with the same threads and the same binary; batches are the engine's own.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { type FimTokens, layOut } from '../../../server/llm/fim';
import type { InfillPrompt } from '../../../server/llm/llm';
import { embedded, root } from '../../support/server';

export interface DirectRequest {
  readonly prompt: InfillPrompt;
  /** How many tokens the server wrote. */
  readonly tokens: number;
}

export interface DirectAnswer {
  readonly ms: number;
  readonly read: number;
  readonly reused: number;
}

type Engine = typeof import('node-llama-cpp');
/** As the server: room for one suggestion is kept. */
const ROOM_TO_WRITE = 97;

/** Serves requests of the parent process until it hangs up. */
export async function serveDirect(threads: number): Promise<void> {
  const url = pathToFileURL(path.join(root, 'dist/engine/dist/index.mjs')).href;
  const { getLlama, LlamaLogLevel }: Engine = await import(url);
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    maxThreads: threads,
    logLevel: LlamaLogLevel.error,
    logger: () => undefined,
  });
  const model = await llama.loadModel({ modelPath: embedded.file, useMmap: false });
  const context = await model.createContext({ contextSize: embedded.model.context, threads, flashAttention: true });
  const sequence = context.getSequence();
  process.on('message', (request: DirectRequest) => {
    void answer(model, sequence, request).then((answered) => process.send?.(answered));
  });
  process.once('disconnect', () => process.exit());
  process.send?.('ready');
}

async function answer(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  { prompt, tokens }: DirectRequest,
): Promise<DirectAnswer> {
  const started = performance.now();
  const laidOut = tokensOf(model, prompt, sequence.contextSize);
  await sequence.adaptStateToTokens(laidOut.slice(0, -1), false);
  const reused = sequence.nextTokenIndex;
  const written: Token[] = [];
  const run = sequence.evaluate(laidOut.slice(reused), { temperature: 0 });
  while (written.length < tokens) {
    const { value, done } = await run.next();
    if (done === true || value === undefined) break;
    written.push(value);
  }
  model.detokenize(written);
  const ms = performance.now() - started;
  // Where the model ended by itself, the server decoded the end token too.
  const ended = written.length === tokens && (await run.next()).done === true;
  const whole = ended ? performance.now() - started : ms;
  await run.return(undefined);
  return { ms: whole, read: laidOut.length - reused, reused };
}

function tokensOf(model: LlamaModel, { path: name, prefix, suffix }: InfillPrompt, room: number): Token[] {
  const { prefix: pre, suffix: suf, middle } = model.tokens.infill;
  if (pre == null || suf == null || middle == null) throw new Error('this model has no fill-in-the-middle tokens');
  const separator = model.fileInfo.metadata.tokenizer?.ggml?.fim_sep_token_id;
  const fim: FimTokens<Token> = {
    prefix: pre,
    suffix: suf,
    middle,
    ...(typeof separator === 'number' ? { fileSeparator: separator as Token } : {}),
  };
  const parts = {
    path: model.tokenize(`${name}\n`),
    prefix: model.tokenize(prefix),
    suffix: model.tokenize(suffix),
  };
  return layOut(embedded.model.fim ?? 'psm', fim, parts, room - ROOM_TO_WRITE);
}
