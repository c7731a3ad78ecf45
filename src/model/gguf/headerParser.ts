/**
 * What a GGUF file says of itself before its tensors' data: a table of metadata and a list of tensors. The format is told in
 * docs/gguf.md of github.com/ggml-org/ggml. The bytes may come from anyone: nothing is allocated by a count that the file claims, and what
 * is read costs no more than what is there.
 */

/** A list of more values than are kept is only counted. */
export type Value = string | number | boolean | readonly (string | number | boolean)[];

export interface Tensor {
  readonly name: string;
  /** The fastest first. */
  readonly shape: readonly number[];
  /** Number of the type in ggml. */
  readonly type: number;
  /** From the start of the data, in bytes. */
  readonly offset: number;
}

export interface ParsedHeader {
  readonly metadata: ReadonlyMap<string, Value>;
  readonly tensors: readonly Tensor[];
  /** Number of tokens. */
  readonly vocabulary: number;
  /** Which token has which text, of the texts that were asked for. */
  readonly tokens: ReadonlyMap<string, number>;
  /** Where the tensors' data start, in bytes. */
  readonly dataStart: number;
}

export type ParseRefusal = 'notGguf' | 'tooOld' | 'tooNew' | 'bigEndian' | 'damaged';

/** The bytes end before the header does: at least so many are needed. */
export interface Short {
  readonly need: number;
}

const TOKENS = 'tokenizer.ggml.tokens';
const MAX_KEYS = 2000;
const MAX_TENSORS = 100_000;
const MAX_DIMENSIONS = 4;
/** Longer lists are token lists: counted, not kept. */
const MAX_KEPT = 1024;
const MAX_NAME = 4096;
/** In characters; chat templates have some ten thousand. */
const MAX_TEXT = 1 << 20;
const DEFAULT_ALIGNMENT = 32;
const MAX_ALIGNMENT = 1 << 20;

/** Width in bytes of each type of value by its number; the string's and the list's are told by their lengths. */
const WIDTHS = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8] as const;
const STRING = 8;
const ARRAY = 9;

/** @param wantedTokens texts of tokens whose numbers are of interest */
export function parseHeader(bytes: Buffer, wantedTokens: ReadonlySet<string>): ParsedHeader | Short | ParseRefusal {
  const refusal = refusalOfStart(bytes);
  if (refusal !== undefined) return refusal;
  try {
    return new Parser(bytes, wantedTokens).header();
  } catch (error) {
    if (error instanceof Damaged) return 'damaged';
    if (error instanceof OutOfBytes) return { need: error.need };
    throw error;
  }
}

/** Looks at the magic and the version. Version 1 and the formats before it are no longer read by engines. */
function refusalOfStart(bytes: Buffer): ParseRefusal | undefined {
  const magic = bytes.toString('latin1', 0, 4);
  if (['lmgg', 'fmgg', 'tjgg', 'algg'].includes(magic)) return 'tooOld';
  if (!'GGUF'.startsWith(magic)) return 'notGguf';
  if (bytes.length < 8) return undefined;
  const version = bytes.readUInt32LE(4);
  if (version !== 0 && version % 0x10000 === 0) return 'bigEndian';
  if (version > 3) return 'tooNew';
  return version < 2 ? 'tooOld' : undefined;
}

class OutOfBytes extends Error {
  constructor(readonly need: number) {
    super(`${need} bytes are needed`);
  }
}

class Damaged extends Error {}

class Parser {
  #at = 8;
  readonly #metadata = new Map<string, Value>();
  readonly #tokens = new Map<string, number>();
  #vocabulary = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly wantedTokens: ReadonlySet<string>,
  ) {}

  header(): ParsedHeader {
    const tensorCount = this.#size(MAX_TENSORS);
    const keyCount = this.#size(MAX_KEYS);
    for (let index = 0; index < keyCount; index++) {
      const key = this.#text(MAX_NAME);
      if (this.#metadata.has(key)) throw new Damaged();
      this.#metadata.set(key, this.#value(this.#number(4), key));
    }
    const tensors: Tensor[] = [];
    for (let index = 0; index < tensorCount; index++) tensors.push(this.#tensor());
    const alignment = this.#metadata.get('general.alignment') ?? DEFAULT_ALIGNMENT;
    if (typeof alignment !== 'number' || !Number.isInteger(Math.log2(alignment)) || alignment > MAX_ALIGNMENT)
      throw new Damaged();
    return {
      metadata: this.#metadata,
      tensors,
      vocabulary: this.#vocabulary,
      tokens: this.#tokens,
      dataStart: Math.ceil(this.#at / alignment) * alignment,
    };
  }

  #tensor(): Tensor {
    const name = this.#text(MAX_NAME);
    const dimensions = this.#number(4);
    if (dimensions > MAX_DIMENSIONS) throw new Damaged();
    const shape = Array.from({ length: dimensions }, () => this.#size(2 ** 40));
    return { name, shape, type: this.#number(4), offset: this.#size(Number.MAX_SAFE_INTEGER) };
  }

  #value(type: number, key: string): Value {
    if (type === STRING) return this.#text(MAX_TEXT);
    if (type === ARRAY) return this.#list(this.#number(4), this.#size(Number.MAX_SAFE_INTEGER), key);
    return this.#scalar(type);
  }

  #list(type: number, count: number, key: string): Value {
    if (key === TOKENS) this.#vocabulary = count;
    if (type === STRING) return this.#texts(count, key === TOKENS);
    const width = WIDTHS[type];
    if (width === undefined) throw new Damaged();
    if (count > MAX_KEPT) {
      this.#skip(count * width);
      return [];
    }
    return Array.from({ length: count }, () => this.#scalar(type));
  }

  /** Long lists are gone through without making strings of them: a vocabulary has a quarter of a million. */
  #texts(count: number, areTokens: boolean): Value {
    if (count <= MAX_KEPT && !areTokens) return Array.from({ length: count }, () => this.#text(MAX_TEXT));
    for (let index = 0; index < count; index++) {
      const length = this.#size(MAX_TEXT);
      const start = this.#skip(length);
      // Every special token begins with < or, in one family, with a character whose first byte is E2.
      const first = this.bytes[start];
      if (!areTokens || length > 64 || (first !== 0x3c && first !== 0xe2)) continue;
      const text = this.bytes.toString('utf8', start, this.#at);
      if (this.wantedTokens.has(text)) this.#tokens.set(text, index);
    }
    return [];
  }

  #scalar(type: number): number | boolean {
    const width = WIDTHS[type];
    if (width === undefined) throw new Damaged();
    const at = this.#skip(width);
    switch (type) {
      case 1:
        return this.bytes.readInt8(at);
      case 3:
        return this.bytes.readInt16LE(at);
      case 5:
        return this.bytes.readInt32LE(at);
      case 6:
        return this.bytes.readFloatLE(at);
      case 7:
        return this.bytes.readUInt8(at) !== 0;
      case 10:
        return Number(this.bytes.readBigUInt64LE(at));
      case 11:
        return Number(this.bytes.readBigInt64LE(at));
      case 12:
        return this.bytes.readDoubleLE(at);
      default:
        return this.bytes.readUIntLE(at, width);
    }
  }

  #text(max: number): string {
    const start = this.#skip(this.#size(max));
    return this.bytes.toString('utf8', start, this.#at);
  }

  /** A count or a length, of 64 bits. */
  #size(max: number): number {
    const at = this.#skip(8);
    const size = this.bytes.readUInt32LE(at) + this.bytes.readUInt32LE(at + 4) * 2 ** 32;
    if (size > max) throw new Damaged();
    return size;
  }

  #number(width: number): number {
    return this.bytes.readUIntLE(this.#skip(width), width);
  }

  /** @returns where what is skipped starts */
  #skip(length: number): number {
    const start = this.#at;
    if (start + length > this.bytes.length) throw new OutOfBytes(start + length);
    this.#at = start + length;
    return start;
  }
}
