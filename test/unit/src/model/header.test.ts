import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gguf } from '@huggingface/gguf';
import { rolesOf } from '../../../../src/model/gguf/fitness';
import { readHeader } from '../../../../src/model/gguf/header';
import { parseHeader } from '../../../../src/model/gguf/headerParser';
import { ggufFile } from '../../../support/ggufFile';
import {
  asArchitecture,
  fimTokens,
  headerOf,
  inFolder,
  modelSpec,
  patient,
  readBytes,
} from '../../../support/modelFiles';
import { embedded } from '../../../support/server';

describe('header of the embedded model', () => {
  it('tells what the model is', async () => {
    const header = await readHeader(embedded.file, patient);
    assert.ok(!('refusal' in header), JSON.stringify(header));
    assert.equal(header.architecture, 'llama');
    assert.equal(header.quantization, 'Q4_K_M');
    assert.equal(header.licence, 'mit');
    assert.equal(header.layers, 20);
    assert.equal(header.kvBytesPerToken, embedded.model.kvBytesPerToken);
    assert.equal(header.reuse, 'any');
    // The file's own figure: twice what the catalog says that it was trained on.
    assert.equal(header.context, 4096);
    assert.ok(Math.abs(header.parameters - embedded.model.parameters) < 100_000, String(header.parameters));
    assert.deepEqual(header.fim, { prefix: 1, suffix: 2, middle: 3, separator: 6 });
    assert.deepEqual(rolesOf(header).roles, ['completion']);
    assert.equal(header.dataEnd, header.bytes);
  });

  it('is what another reader makes of it', async () => {
    const [ours, theirs] = await Promise.all([
      readHeader(embedded.file, patient),
      gguf(embedded.file, { allowLocalFile: true, computeParametersCount: true }),
    ]);
    assert.ok(!('refusal' in ours));
    assert.equal(ours.parameters, theirs.parameterCount);
    assert.deepEqual(
      ours.tensors,
      theirs.tensorInfos.map(({ name, shape, dtype, offset }) => ({
        name,
        shape: shape.map(Number),
        type: dtype,
        offset: Number(offset),
      })),
    );
  });
});

describe('header', () => {
  it('reads every type of value', () => {
    const metadata = {
      a: { type: 'uint8', value: 200 },
      b: { type: 'int8', value: -5 },
      c: { type: 'uint16', value: 40_000 },
      d: { type: 'int16', value: -40 },
      e: { type: 'uint64', value: 5_000_000_000n },
      f: { type: 'int64', value: -5_000_000_000n },
      g: { type: 'float64', value: 0.1 },
      h: 0.5,
      i: true,
      j: 'ä',
      k: [1, 2, 3],
      l: ['x', 'y'],
      m: [true, false],
      n: -7,
      o: [],
    } as const;
    const parsed = parseHeader(ggufFile({ metadata }), new Set());
    assert.ok(typeof parsed === 'object' && 'metadata' in parsed);
    assert.deepEqual(Object.fromEntries(parsed.metadata), {
      ...metadata,
      ...{ a: 200, b: -5, c: 40_000, d: -40, e: 5_000_000_000, f: -5_000_000_000, g: 0.1 },
    });
  });

  it('finds the tokens of fill-in-the-middle by key, by older key and by text', async () => {
    assert.equal((await headerOf(modelSpec())).fim, null);
    const found = { prefix: 2, suffix: 3, middle: 4, separator: null };
    assert.deepEqual((await headerOf(modelSpec(fimTokens))).fim, found);
    const older = Object.entries({ prefix: 2, suffix: 3, middle: 4 }).map(([key, id]) => [
      `tokenizer.ggml.${key}_token_id`,
      id,
    ]);
    assert.deepEqual((await headerOf(modelSpec(Object.fromEntries(older)))).fim, found);
    for (const tokens of [
      ['<fim_prefix>', '<fim_suffix>', '<fim_middle>'],
      ['<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>'],
      ['▁<PRE>', '▁<SUF>', '▁<MID>'],
    ]) {
      const header = await headerOf(modelSpec({ 'tokenizer.ggml.tokens': ['a', 'b', ...tokens] }));
      assert.deepEqual(header.fim, found);
    }
    // A token that the vocabulary does not have is none.
    assert.equal((await headerOf(modelSpec({ ...fimTokens, 'tokenizer.ggml.fim_mid_token_id': 8 }))).fim, null);
  });

  it('tells families of chat templates apart', async () => {
    for (const [family, template] of [
      ['chatml', '<|im_start|>user\n<|im_end|>'],
      ['granite', '<|start_of_role|>user<|end_of_role|>'],
      ['gemma', '<start_of_turn>user'],
      ['llama3', '<|start_header_id|>user<|end_header_id|>'],
      ['mistral', '[INST] [/INST]'],
      ['phi', '<|user|>\n<|end|>\n<|assistant|>'],
      ['phi', '<|im_start|>user<|im_sep|>'],
      ['harmony', '<|start|>assistant<|channel|>final'],
      ['other', '[INST] <<SYS>>'],
      ['other', 'USER: {{ prompt }}'],
    ] as const) {
      const header = await headerOf(modelSpec({ 'tokenizer.chat_template': template }));
      assert.equal(header.chatTemplate?.family, family, template);
    }
    assert.equal((await headerOf(modelSpec())).chatTemplate, null);
  });

  it('reads on where a header is longer than the first look', async () => {
    const tokens = Array.from({ length: 100_000 }, (_, index) => `token ${index}`);
    const header = await headerOf(
      modelSpec({ 'tokenizer.ggml.tokens': [...tokens, '<PRE>', '<SUF>', '<MID>'], 'general.license': 'MIT' }),
    );
    assert.deepEqual(header.fim, { prefix: 100_000, suffix: 100_001, middle: 100_002, separator: null });
    assert.equal(header.licence, 'MIT');
  });

  it('counts the parameters that are at work in mixtures of experts', async () => {
    const spec = asArchitecture('qwen3moe', { 'qwen3moe.expert_count': 8, 'qwen3moe.expert_used_count': 2 });
    const tensors = { 'token_embd.weight': { shape: [10, 10] }, 'blk.0.ffn_up_exps.weight': { shape: [10, 10, 8] } };
    const header = await headerOf({ ...spec, tensors });
    assert.equal(header.parameters, 900);
    assert.equal(header.activeParameters, 300);
    assert.equal('activeParameters' in (await headerOf(modelSpec())), false);
  });

  it('makes one short line of what is shown', async () => {
    const name = `two\nlines\u202e${'x'.repeat(500)}`;
    assert.match((await headerOf(modelSpec({ 'general.name': name }))).name, /^two lines x{190}$/);
  });

  it('says why a file has none', async () => {
    const good = ggufFile(modelSpec());
    for (const [refusal, bytes] of [
      ['notGguf', Buffer.from('<!doctype html><title>Sign in</title>')],
      ['truncated', Buffer.alloc(0)],
      ['truncated', Buffer.from('GG')],
      ['truncated', good.subarray(0, 100)],
      ['tooOld', Buffer.from('tjgg\0\0\0\0')],
      ['tooOld', ggufFile({ ...modelSpec(), version: 1 })],
      ['tooNew', ggufFile({ ...modelSpec(), version: 4 })],
      ['bigEndian', ggufFile({ ...modelSpec(), version: 3 << 24 })],
      ['damaged', ggufFile({ ...modelSpec(), keyCount: 2n ** 60n })],
      ['damaged', ggufFile({ ...modelSpec(), tensorCount: 2n ** 63n })],
      ['damaged', ggufFile(modelSpec({ 'general.alignment': 24 }))],
    ] as const)
      assert.equal(await readBytes(bytes), refusal, bytes.toString('latin1', 0, 8));
    await inFolder(async (folder) => {
      const refusalOf = async (file: string) => {
        const read = await readHeader(file, patient);
        return 'refusal' in read ? read.refusal : '';
      };
      assert.equal(await refusalOf(path.join(folder, 'none.gguf')), 'missing');
      assert.equal(await refusalOf(folder), 'unreadable');
    });
  });

  it('stops when it is cancelled', async () => {
    await inFolder(async (folder) => {
      const file = path.join(folder, 'model.gguf');
      await writeFile(file, ggufFile(modelSpec()));
      await assert.rejects(readHeader(file, AbortSignal.abort()), { name: 'AbortError' });
    });
  });
});
