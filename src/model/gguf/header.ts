/** The header of any GGUF file, on this machine or on a server: what the file says it is, without reading its weights. */
import type { ChatTemplate, Reuse } from '../../../models/catalog';
import { kvBytesPerTokenOf, layersOf, reuseOf } from './attention';
import { familyOf } from './chatTemplate';
import { FIM_TEXTS, type FimTokens, fimTokensOf } from './fimTokens';
import { type ParsedHeader, type ParseRefusal, parseHeader, type Short, type Tensor } from './headerParser';
import { openFile, openUrl, ReadFailed, type Source, type SourceRefusal, type SourceRefused } from './headerSource';
import { countOf, textOf, textsOf } from './metadata';
import { activeParametersOf, bytesOf, dataEndOf, parametersOf, quantizationOf } from './tensors';

export interface Header {
  /** `general.type`: `model` where none is stated; else `adapter`, `mmproj`, `imatrix` … */
  readonly type: string;
  /** `general.architecture`; empty where none is stated. */
  readonly architecture: string;
  /** As the file calls it; often empty or meaningless. */
  readonly name: string;
  readonly tags: readonly string[];
  /** Null where none is stated. */
  readonly licence: string | null;
  readonly parameters: number;
  /** Parameters that take part in each token, where they are not all. */
  readonly activeParameters?: number;
  /** As in file names; empty where nothing tells it. */
  readonly quantization: string;
  /** Tokens that it was trained on, as the file says; 0 where it does not. */
  readonly context: number;
  readonly layers: number;
  readonly kvBytesPerToken: number;
  readonly reuse: Reuse;
  /** Null when it cannot fill in. */
  readonly fim: FimTokens | null;
  readonly chatTemplate: { readonly family: ChatTemplate; readonly text: string } | null;
  /** `tokenizer.ggml.model`; null where there is none. */
  readonly tokenizer: string | null;
  /** Number of tokens. */
  readonly vocabulary: number;
  /** How a vector is made of a text, `llama_pooling_type` of llama.cpp: 0 not at all, 4 ranks; null where it is not stated. */
  readonly pooling: number | null;
  /** Of how many files this is one. */
  readonly parts: number;
  /** `adapter.type`; null for what is none. */
  readonly adapter: string | null;
  readonly tensors: readonly Tensor[];
  /** True where the engine reads the types of all tensors. */
  readonly areTypesKnown: boolean;
  /** Where the last tensor ends, in bytes. */
  readonly dataEnd: number;
  /** Size of the file in bytes; null where the server did not tell. */
  readonly bytes: number | null;
}

/**
 * Why there is no header. `truncated`: the file ends before it. `tooLarge`: it is longer than any that is known. `missing`: no such file.
 */
export type HeaderRefusal = ParseRefusal | SourceRefusal | 'truncated' | 'tooLarge';

export interface Refused {
  readonly refusal: HeaderRefusal;
  /** For the log. */
  readonly detail: string;
}

/** The longest headers, with vocabularies of a quarter of a million tokens, have some twelve million bytes. */
const MAX_BYTES = 32 << 20;
/** Longest name that is kept, in characters. */
const MAX_LINE = 200;
/** What is looked at first; then twice as much each time. */
const FIRST_BYTES = 512 << 10;

/** @throws the reason of the signal when it is aborted */
export async function readHeader(file: string, signal: AbortSignal): Promise<Header | Refused> {
  return read(await openFile(file), signal);
}

/**
 * Reads no more of the file than its header, whether the server can send parts of files or not. Has no time limit of its own.
 *
 * @throws the reason of the signal when it is aborted
 */
export async function readRemoteHeader(
  url: string,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Header | Refused> {
  return read(await openUrl(url, MAX_BYTES, fetch, signal), signal);
}

async function read(source: Source | SourceRefused, signal: AbortSignal): Promise<Header | Refused> {
  if ('refusal' in source) return source;
  try {
    const parsed = await parse(source, signal);
    if (typeof parsed === 'string') return { refusal: parsed, detail: `of ${source.bytes ?? 'unknown'} bytes` };
    return headerOf(parsed, source.bytes);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ReadFailed) return { refusal: error.refusal, detail: error.message };
    throw error;
  } finally {
    await source.close();
  }
}

async function parse(source: Source, signal: AbortSignal): Promise<ParsedHeader | HeaderRefusal> {
  let bytes: Buffer = Buffer.alloc(0);
  for (let goal = FIRST_BYTES; ; goal = Math.min(goal * 2, MAX_BYTES)) {
    bytes = Buffer.concat([bytes, ...(await readPieces(source, goal - bytes.length, signal))]);
    const parsed = parseHeader(bytes, FIM_TEXTS);
    if (typeof parsed === 'string' || !isShort(parsed)) return parsed;
    if (bytes.length < goal || (source.bytes !== null && parsed.need > source.bytes)) return 'truncated';
    if (parsed.need > MAX_BYTES) return 'tooLarge';
  }
}

/** At least so many bytes where there are so many. */
async function readPieces(source: Source, least: number, signal: AbortSignal): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for (let left = least; left > 0; ) {
    signal.throwIfAborted();
    const piece = await source.read(left);
    if (piece.length === 0) break;
    pieces.push(piece);
    left -= piece.length;
  }
  return pieces;
}

function isShort(parsed: ParsedHeader | Short): parsed is Short {
  return 'need' in parsed;
}

function headerOf(parsed: ParsedHeader, bytes: number | null): Header {
  const { metadata, tensors, vocabulary } = parsed;
  const architecture = textOf(metadata, 'general.architecture') ?? '';
  const context = countOf(metadata, `${architecture}.context_length`) ?? 0;
  const activeParameters = activeParametersOf(parsed, architecture);
  const template = textOf(metadata, 'tokenizer.chat_template');
  return {
    type: textOf(metadata, 'general.type') ?? 'model',
    architecture,
    name: line(textOf(metadata, 'general.name') ?? ''),
    tags: textsOf(metadata, 'general.tags').map(line),
    licence: line(textOf(metadata, 'general.license') ?? '') || null,
    parameters: parametersOf(parsed),
    ...(activeParameters === undefined ? {} : { activeParameters }),
    quantization: quantizationOf(parsed),
    context,
    layers: layersOf(metadata, architecture),
    kvBytesPerToken: kvBytesPerTokenOf(metadata, architecture),
    reuse: reuseOf(metadata, architecture, context),
    fim: fimTokensOf(parsed),
    chatTemplate: template ? { family: familyOf(template), text: template } : null,
    tokenizer: textOf(metadata, 'tokenizer.ggml.model') ?? null,
    vocabulary,
    pooling: countOf(metadata, `${architecture}.pooling_type`) ?? null,
    parts: countOf(metadata, 'split.count') ?? 1,
    adapter: textOf(metadata, 'adapter.type') ?? null,
    tensors,
    areTypesKnown: tensors.every((tensor) => bytesOf(tensor) !== undefined),
    dataEnd: dataEndOf(parsed),
    bytes,
  };
}

/** One short line, whatever the file has: it is shown to people. */
function line(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, MAX_LINE);
}
