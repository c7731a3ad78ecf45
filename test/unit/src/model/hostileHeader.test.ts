/** Headers that someone made to do harm, and headers that chance has broken: each gets an answer, soon. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkAdapter } from '../../../../src/model/gguf/adapter';
import { kindOf } from '../../../../src/model/gguf/architectures';
import { refusalOf } from '../../../../src/model/gguf/fitness';
import { modelOf } from '../../../../src/model/sources/added';
import { ggufFile } from '../../../support/ggufFile';
import { fimTokens, modelSpec, readBytes } from '../../../support/modelFiles';
import { root } from '../../../support/server';

/** xorshift: the same sequence each time. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Takes the answer through all that looks at a header; what throws fails the test. */
async function answerTo(bytes: Buffer): Promise<string> {
  const started = performance.now();
  const read = await readBytes(bytes);
  if (typeof read === 'object') {
    refusalOf(read);
    checkAdapter(read, read);
    const model = modelOf(read, { file: '/a.gguf', bytes: bytes.length, source: null, sha256: null });
    assert.ok(Number.isSafeInteger(model.kvBytesPerToken), 'kvBytesPerToken');
  }
  const ms = performance.now() - started;
  // Far less where nothing else runs; a reader without bounds takes minutes, or all memory.
  assert.ok(ms < 10_000, `${ms} ms`);
  return typeof read === 'string' ? read : 'header';
}

describe('a hostile header', () => {
  it('of lists that claim more than is there is refused at once', async () => {
    const one = ggufFile({ metadata: { k: ['x'] } });
    const count = one.indexOf('k') + 1 + 4 + 4;
    for (const claimed of [2n, 1_000_000n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 60n, 2n ** 64n - 1n]) {
      one.writeBigUInt64LE(claimed, count);
      assert.match(await answerTo(one), /truncated|damaged/, String(claimed));
    }
  });

  it('of lists within lists is refused', async () => {
    assert.equal(await answerTo(ggufFile({ metadata: { k: [[[['x']]]] } })), 'damaged');
  });

  it('with many values takes neither long nor much', async function () {
    this.timeout(20_000);
    const fill = (bytes: number, key: string, one: string | number) => {
      const empty = ggufFile({ metadata: { [key]: [one] } });
      const start = empty.indexOf(key) + key.length;
      const list = empty.subarray(start, start + 16 + (typeof one === 'string' ? 8 + one.length : 4));
      const count = Math.floor(bytes / (list.length - 16));
      list.writeBigUInt64LE(BigInt(count), 8);
      const head = [empty.subarray(0, start), list.subarray(0, 16)];
      return Buffer.concat([...head, Buffer.alloc(count * (list.length - 16), list.subarray(16))]);
    };
    const answers = [];
    for (const bytes of [
      fill(60 << 20, 'tokenizer.ggml.tokens', ''),
      fill(60 << 20, 'tokenizer.ggml.tokens', '<|fim_prefix|>'),
      fill(31 << 20, 'k', ''),
      fill(60 << 20, 'k', 7),
      Buffer.concat([ggufFile({ tensorCount: 100_000n }).subarray(0, 24), Buffer.alloc(16 << 20)]),
      Buffer.concat([ggufFile({ keyCount: 2000n }).subarray(0, 24), Buffer.alloc(16 << 20)]),
    ])
      answers.push(await answerTo(bytes));
    assert.deepEqual(answers, ['tooLarge', 'tooLarge', 'header', 'tooLarge', 'header', 'damaged']);
  });

  it('with numbers that no model has still has an answer', async () => {
    for (const value of [
      0,
      2 ** 32 - 1,
      { type: 'uint64', value: 2n ** 64n - 1n },
      { type: 'float64', value: Number.NaN },
      'x',
      ['x'],
      [],
    ] as const)
      for (const key of [
        'block_count',
        'context_length',
        'embedding_length',
        'attention.head_count',
        'attention.head_count_kv',
      ])
        assert.equal(await answerTo(ggufFile(modelSpec({ [`llama.${key}`]: value }))), 'header', key);
    const tensors = { huge: { shape: [2 ** 40, 2 ** 40, 2 ** 40, 2 ** 40], bytes: 4 } };
    assert.equal(await answerTo(ggufFile({ ...modelSpec(), tensors })), 'header');
  });

  it('broken by chance, 2,000 times, is a header or is refused', async function () {
    this.timeout(60_000);
    const good = ggufFile(
      modelSpec({ ...fimTokens, 'general.tags': ['code'], 'tokenizer.chat_template': '<|im_start|>' }),
    );
    const values = Object.values(modelSpec().tensors ?? {}).map(({ shape }) => shape.reduce((a, b) => a * b));
    const head = good.length - 4 * values.reduce((a, b) => a + b);
    const next = random(20_260_114);
    const answers = new Map<string, number>();
    for (let round = 0; round < 2000; round++) {
      const bytes = Buffer.from(good);
      for (let change = next(4); change >= 0; change--) {
        const at = next(head);
        if (next(2) === 0) bytes[at] = next(256);
        else bytes.writeBigUInt64LE([0n, 2n ** 60n, 2n ** 64n - 1n, 0xffffffffn, 1000n][next(5)] ?? 0n, at);
      }
      const answer = await answerTo(next(3) === 0 ? bytes.subarray(0, next(head)) : bytes);
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
    assert.ok(
      (answers.get('header') ?? 0) > 100 && (answers.get('truncated') ?? 0) > 100,
      JSON.stringify([...answers]),
    );
  });
});

describe('list of architectures', () => {
  it('has all that the engine names', () => {
    const types = readFileSync(
      path.join(root, 'node_modules/node-llama-cpp/dist/gguf/types/GgufMetadataTypes.js'),
      'utf8',
    );
    const names = Array.from(types.matchAll(/GgufArchitectureType\["\w+"\] = "([^"(]+)"/g), ([, name = '']) => name);
    assert.ok(names.length > 100);
    assert.deepEqual(
      names.filter((name) => kindOf(name) === undefined),
      [],
    );
  });
});
