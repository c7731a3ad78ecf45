/** Writes small LoRA adapters as GGUF files, version 3 (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). */
import { writeFile } from 'node:fs/promises';

export interface Lora {
  /** `general.architecture`. */
  readonly architecture: string;
  /** `general.type`. */
  readonly type?: string;
  /** Blocks whose query weights are changed. */
  readonly blocks: number;
  /** Width of the model. */
  readonly width: number;
  readonly rank: number;
  /** The value at a place of a matrix. */
  readonly valueAt: (index: number) => number;
}

const VERSION = 3;
const ALIGNMENT = 32;
const STRING = 8;
const FLOAT = 6;
const F32 = 0;

export async function writeLora(file: string, lora: Lora): Promise<void> {
  const { architecture, type = 'adapter', blocks, width, rank, valueAt } = lora;
  const values = [
    [string('general.type'), uint32(STRING), string(type)],
    [string('general.architecture'), uint32(STRING), string(architecture)],
    [string('adapter.type'), uint32(STRING), string('lora')],
    [string('adapter.lora.alpha'), uint32(FLOAT), float(rank)],
  ];
  const tensors = Array.from({ length: blocks }, (_, block) => [
    { name: `blk.${block}.attn_q.weight.lora_a`, shape: [width, rank] },
    { name: `blk.${block}.attn_q.weight.lora_b`, shape: [rank, width] },
  ]).flat();
  // All matrices have the same number of values, and the same ones.
  const data = padded(Buffer.concat(Array.from({ length: width * rank }, (_, index) => float(valueAt(index)))));
  const infos = tensors.map(({ name, shape }, index) => [
    string(name),
    uint32(shape.length),
    ...shape.map(uint64),
    uint32(F32),
    uint64(index * data.length),
  ]);
  const counts = [uint32(VERSION), uint64(tensors.length), uint64(values.length)];
  const head = Buffer.concat([Buffer.from('GGUF'), ...counts, ...values.flat(), ...infos.flat()]);
  await writeFile(file, Buffer.concat([padded(head), ...tensors.map(() => data)]));
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((ALIGNMENT - (bytes.length % ALIGNMENT)) % ALIGNMENT)]);
}

function string(text: string): Buffer {
  return Buffer.concat([uint64(Buffer.byteLength(text)), Buffer.from(text)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}
