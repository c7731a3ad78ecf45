/**
 * Writes GGUF files as tests need them, version 3, little-endian: small ones by hand, and broken ones by overwriting what is written here.
 * The layout is told in docs/gguf.md of github.com/ggml-org/ggml.
 */

/** A value with its type, where the type that is guessed from the value is not the one wanted. */
export interface Typed {
  readonly type: keyof typeof TYPES;
  readonly value: Plain;
}
type Plain = string | number | bigint | boolean | readonly Plain[];
export type MetadataValue = Plain | Typed;

export interface TensorSpec {
  /** The fastest dimension first. */
  readonly shape: readonly number[];
  /** Number of the type in ggml; 0 (32-bit float) where it is not said. */
  readonly type?: number;
  /** Size in bytes; where it is not said, as 32-bit floats need it. */
  readonly bytes?: number;
  /** Values of 32-bit floats; zeros where they are not said. */
  readonly values?: readonly number[];
}

export interface GgufSpec {
  readonly metadata?: Readonly<Record<string, MetadataValue>>;
  readonly tensors?: Readonly<Record<string, TensorSpec>>;
  readonly version?: number;
  /** What the counts claim, where they are to lie. */
  readonly tensorCount?: bigint;
  readonly keyCount?: bigint;
}

const TYPES = {
  uint8: 0,
  int8: 1,
  uint16: 2,
  int16: 3,
  uint32: 4,
  int32: 5,
  float32: 6,
  bool: 7,
  string: 8,
  array: 9,
  uint64: 10,
  int64: 11,
  float64: 12,
} as const;

/** Without a type of its own a whole number is written as uint32 (negative: int32), any other as float32, a bigint as uint64. */
export function ggufFile(spec: GgufSpec = {}): Buffer {
  const metadata = Object.entries(spec.metadata ?? {});
  const tensors = Object.entries(spec.tensors ?? {});
  const alignment = spec.metadata?.['general.alignment'] ?? 32;
  if (typeof alignment !== 'number') throw new Error('the alignment is a plain number');
  const data: Buffer[] = [];
  let dataBytes = 0;
  const infos = tensors.map(([name, tensor]) => {
    const info = [text(name), uint32(tensor.shape.length), ...tensor.shape.map(uint64), uint32(tensor.type ?? 0)];
    const written = padded(dataOf(tensor), alignment);
    const offset = dataBytes;
    dataBytes += written.length;
    data.push(written);
    return Buffer.concat([...info, uint64(offset)]);
  });
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(spec.version ?? 3),
    uint64(spec.tensorCount ?? tensors.length),
    uint64(spec.keyCount ?? metadata.length),
    ...metadata.map(([key, value]) => Buffer.concat([text(key), typed(value)])),
    ...infos,
  ]);
  return Buffer.concat([padded(head, alignment), ...data]);
}

function dataOf({ shape, bytes, values }: TensorSpec): Buffer {
  const written = Buffer.alloc(bytes ?? shape.reduce((product, each) => product * each, 4));
  values?.forEach((value, index) => {
    written.writeFloatLE(value, index * 4);
  });
  return written;
}

function typed(value: MetadataValue): Buffer {
  if (isTyped(value)) return Buffer.concat([uint32(TYPES[value.type]), plain(value.type, value.value)]);
  const type = guess(value);
  return Buffer.concat([uint32(TYPES[type]), plain(type, value)]);
}

function isTyped(value: MetadataValue): value is Typed {
  return typeof value === 'object' && 'type' in value;
}

function guess(value: Plain): Typed['type'] {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'uint64';
  if (typeof value === 'object') return 'array';
  if (!Number.isInteger(value)) return 'float32';
  return value < 0 ? 'int32' : 'uint32';
}

/** A list takes the type of the value that needs most of it; an empty one is of strings. */
function plain(type: Typed['type'], value: Plain): Buffer {
  if (typeof value === 'object') {
    const types = new Set(value.map(guess));
    const of =
      (['string', 'float32', 'int32', 'uint32', 'bool', 'uint64', 'array'] as const).find((each) => types.has(each)) ??
      'string';
    return Buffer.concat([uint32(TYPES[of]), uint64(value.length), ...value.map((each) => plain(of, each))]);
  }
  if (type === 'string') return text(String(value));
  const bytes = Buffer.alloc(8);
  const number = Number(value);
  switch (type) {
    case 'uint64':
      return uint64(BigInt(value));
    case 'int64':
      bytes.writeBigInt64LE(BigInt(value));
      return bytes;
    case 'float64':
      bytes.writeDoubleLE(number);
      return bytes;
    case 'float32':
      bytes.writeFloatLE(number);
      return bytes.subarray(0, 4);
    case 'int8':
    case 'int16':
    case 'int32': {
      const width = Number(type.slice(3)) / 8;
      bytes.writeIntLE(number, 0, width);
      return bytes.subarray(0, width);
    }
    default: {
      const width = type === 'bool' ? 1 : Number(type.slice(4)) / 8;
      bytes.writeUIntLE(number, 0, width);
      return bytes.subarray(0, width);
    }
  }
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function padded(bytes: Buffer, alignment: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((alignment - (bytes.length % alignment)) % alignment)]);
}
