/** Small GGUF files that look like models, and where tests put them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Header, readHeader } from '../../src/model/gguf/header';
import { type GgufSpec, ggufFile, type MetadataValue, type TensorSpec } from './ggufFile';

type Metadata = Readonly<Record<string, MetadataValue>>;

/** Never aborted. */
export const { signal: patient } = new AbortController();

const TENSORS: Readonly<Record<string, TensorSpec>> = {
  'token_embd.weight': { shape: [64, 8] },
  'blk.0.attn_q.weight': { shape: [64, 64] },
  'blk.1.attn_q.weight': { shape: [64, 64] },
};

/** A Llama of two layers; each key of `changes` replaces one of its metadata, `null` takes it away. */
export function modelSpec(changes: Readonly<Record<string, MetadataValue | null>> = {}): GgufSpec {
  const metadata: Metadata = {
    'general.architecture': 'llama',
    'general.name': 'Two Layers',
    'llama.block_count': 2,
    'llama.context_length': 4096,
    'llama.embedding_length': 64,
    'llama.attention.head_count': 4,
    'llama.attention.head_count_kv': 2,
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.tokens': ['a', 'b', '<|im_start|>', '<|im_end|>', '<s>', '</s>', 'c', 'd'],
  };
  const kept = Object.entries({ ...metadata, ...changes }).flatMap(([key, value]) =>
    value === null ? [] : [[key, value] as const],
  );
  return { metadata: Object.fromEntries(kept), tensors: TENSORS };
}

export const fimTokens: Metadata = {
  'tokenizer.ggml.fim_pre_token_id': 2,
  'tokenizer.ggml.fim_suf_token_id': 3,
  'tokenizer.ggml.fim_mid_token_id': 4,
};

/** The same model under the name of another architecture. */
export function asArchitecture(architecture: string, changes: Metadata = {}): GgufSpec {
  const { metadata = {}, ...rest } = modelSpec();
  const renamed = Object.entries(metadata).map(([key, value]) => [key.replace(/^llama\./, `${architecture}.`), value]);
  return { ...rest, metadata: { ...Object.fromEntries(renamed), 'general.architecture': architecture, ...changes } };
}

/**
 * The same model with a chat template, which a model that only completes does not have: one key more at the start of its metadata, of a length
 * that leaves the weights aligned.
 */
export function withChatTemplate(model: Buffer, template = CHAT_TEMPLATE): Buffer {
  const key = 'tokenizer.chat_template';
  const fixed = 8 + key.length + 4 + 8;
  const text = template.padEnd(Math.ceil((fixed + template.length) / 32) * 32 - fixed);
  const entry = Buffer.alloc(fixed + text.length);
  let at = entry.writeBigUInt64LE(BigInt(key.length));
  at += entry.write(key, at);
  at = entry.writeUInt32LE(STRING, at);
  at = entry.writeBigUInt64LE(BigInt(text.length), at);
  entry.write(text, at);
  const head = Buffer.from(model.subarray(0, HEAD_BYTES));
  head.writeBigUInt64LE(head.readBigUInt64LE(HEAD_BYTES - 8) + 1n, HEAD_BYTES - 8);
  return Buffer.concat([head, entry, model.subarray(HEAD_BYTES)]);
}

const CHAT_TEMPLATE =
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + message['content'] + '<|im_end|>' }}{% endfor %}";

/** Magic, version, and the numbers of tensors and of keys. */
const HEAD_BYTES = 24;
/** The type of a value. */
const STRING = 8;

/** Runs with a new folder, and takes it away afterwards. */
export async function inFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'minnow-'));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What `readHeader` says of these bytes: the header, or the code of the refusal. */
export function readBytes(bytes: Uint8Array): Promise<Header | string> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'model.gguf');
    await writeFile(file, bytes);
    const read = await readHeader(file, patient);
    return 'refusal' in read ? read.refusal : read;
  });
}

/** @throws Error when it is refused */
export async function headerOf(spec: GgufSpec): Promise<Header> {
  const read = await readBytes(ggufFile(spec));
  if (typeof read === 'string') throw new Error(read);
  return read;
}
