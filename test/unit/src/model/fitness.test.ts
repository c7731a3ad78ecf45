import assert from 'node:assert/strict';
import { refusalOf, rolesOf } from '../../../../src/model/gguf/fitness';
import { modelOf } from '../../../../src/model/sources/added';
import type { GgufSpec } from '../../../support/ggufFile';
import { ggufFile } from '../../../support/ggufFile';
import { asArchitecture, fimTokens, headerOf, modelSpec, readBytes } from '../../../support/modelFiles';

const template = { 'tokenizer.chat_template': '<|im_start|>user<|im_end|>' };
const rolesIn = async (spec: GgufSpec) => rolesOf(await headerOf(spec)).roles;
const refusalIn = async (spec: GgufSpec) => refusalOf(await headerOf(spec));

describe('roles of a model', () => {
  it('follow from its tokens and its template', async () => {
    assert.deepEqual(await rolesIn(modelSpec(fimTokens)), ['completion']);
    assert.deepEqual(await rolesIn(modelSpec(template)), ['chat', 'edit']);
    assert.deepEqual(await rolesIn(modelSpec({ ...fimTokens, ...template })), ['completion', 'chat', 'edit']);
    assert.deepEqual(rolesOf(await headerOf(modelSpec(template))).refusals, {
      completion: 'noFim',
      embedding: 'doesNotEmbed',
    });
  });

  it('are embedding alone for a model that embeds, whatever else is left of what it was made of', async () => {
    const both = { ...fimTokens, ...template };
    assert.deepEqual(await rolesIn(modelSpec({ ...both, 'llama.pooling_type': 3 })), ['embedding']);
    assert.deepEqual(await rolesIn(modelSpec({ ...both, 'general.name': 'Qwen3 Embedding 0.6B' })), ['embedding']);
    assert.deepEqual(await rolesIn(modelSpec({ ...both, 'general.tags': ['sentence-similarity'] })), ['embedding']);
    assert.deepEqual(await rolesIn(asArchitecture('nomic-bert')), ['embedding']);
    assert.deepEqual(await rolesIn(modelSpec({ ...both, 'llama.pooling_type': 0 })), ['completion', 'chat', 'edit']);
    assert.equal(rolesOf(await headerOf(asArchitecture('bert'))).refusals.chat, 'onlyEmbeds');
  });
});

describe('a file that cannot work', () => {
  it('is refused for what it is', async () => {
    for (const [refusal, spec] of [
      [undefined, modelSpec(fimTokens)],
      ['adapter', modelSpec({ 'general.type': 'adapter' })],
      ['projector', modelSpec({ 'general.type': 'mmproj' })],
      ['projector', asArchitecture('clip')],
      ['notAModel', modelSpec({ 'general.type': 'imatrix' })],
      ['notAModel', modelSpec({ 'general.architecture': null })],
      ['split', modelSpec({ ...fimTokens, 'split.count': { type: 'uint16', value: 3 } })],
      ['draft', asArchitecture('eagle3', fimTokens)],
      ['otherTask', asArchitecture('llada', fimTokens)],
      ['otherTask', asArchitecture('bert', { 'bert.pooling_type': 4 })],
      ['unknownArchitecture', asArchitecture('lhama', fimTokens)],
      ['incomplete', modelSpec({ ...fimTokens, 'llama.context_length': null })],
      ['incomplete', { ...modelSpec(fimTokens), tensors: {} }],
      ['unknownQuantization', { ...modelSpec(fimTokens), tensors: { a: { shape: [32], type: 31 } } }],
      ['noTokenizer', modelSpec({ ...fimTokens, 'tokenizer.ggml.model': null })],
      ['noTokenizer', modelSpec({ ...fimTokens, 'tokenizer.ggml.model': 'none' })],
      ['noRole', modelSpec()],
    ] as const)
      assert.equal(await refusalIn(spec), refusal, JSON.stringify(spec.metadata));
  });

  it('is refused when it ends before its last tensor', async () => {
    const bytes = ggufFile(modelSpec(fimTokens));
    const whole = await readBytes(bytes);
    assert.ok(typeof whole === 'object');
    assert.equal(whole.dataEnd, bytes.length);
    const cut = await readBytes(bytes.subarray(0, -1));
    assert.ok(typeof cut === 'object');
    assert.equal(refusalOf(cut), 'truncated');
  });
});

describe('what is kept of a prompt', () => {
  it('is told by architecture, by state and by window', async () => {
    for (const [reuse, spec] of [
      ['any', modelSpec()],
      ['append', asArchitecture('mamba')],
      ['append', asArchitecture('qwen35')],
      ['append', asArchitecture('granitehybrid')],
      ['append', asArchitecture('lfm2')],
      ['append', asArchitecture('newer', { 'newer.ssm.state_size': 128 })],
      ['append', asArchitecture('newer', { 'newer.full_attention_interval': 4 })],
      ['window', asArchitecture('gemma3', { 'gemma3.attention.sliding_window': 512 })],
      ['any', asArchitecture('phi3', { 'phi3.attention.sliding_window': 262_144 })],
      ['any', asArchitecture('qwen2', { 'qwen2.attention.sliding_window': 0 })],
      ['window', asArchitecture('llama4')],
    ] as const)
      assert.equal((await headerOf(spec)).reuse, reuse, JSON.stringify(spec.metadata));
  });

  it('is counted over the layers that have attention', async () => {
    const kvIn = async (
      architecture: string,
      changes: Readonly<Record<string, number | readonly (number | boolean)[]>>,
    ) => {
      const keys = Object.entries(changes).map(([key, value]) => [`${architecture}.${key}`, value]);
      return (await headerOf(asArchitecture(architecture, Object.fromEntries(keys)))).kvBytesPerToken;
    };
    // 2 layers · 2 heads · (16 + 16) values · 2 bytes
    assert.equal(await kvIn('llama', {}), 256);
    assert.equal(await kvIn('llama', { 'attention.key_length': 32, 'attention.value_length': 32 }), 512);
    assert.equal(await kvIn('mamba', {}), 0);
    assert.equal(await kvIn('lfm2', { block_count: 4, 'attention.head_count_kv': [0, 2, 0, 2] }), 256);
    assert.equal(await kvIn('qwen35', { block_count: 8, full_attention_interval: 4 }), 256);
    assert.equal(await kvIn('kimi-k3', { block_count: 3, 'attention.recurrent_layers': [true, false, true] }), 128);
    assert.equal(await kvIn('gemma3n', { block_count: 5, 'attention.shared_kv_layers': 3 }), 256);
    const windows = { 'attention.sliding_window_pattern': [true, false], 'attention.key_length_swa': 8 };
    assert.equal(await kvIn('gemma4', { ...windows, 'attention.value_length_swa': 8 }), 64 + 128);
  });
});

describe('the model of an added file', () => {
  it('is one like those of the catalog', async () => {
    const spec = modelSpec({ ...fimTokens, ...template, 'general.license': 'mit', 'general.file_type': 15 });
    const header = await headerOf(spec);
    const facts = { file: '/models/Two-Layers.Q4_K_M.gguf', bytes: 35_000, source: null, sha256: null };
    const model = modelOf(header, facts);
    assert.match(model.id, /^local-[0-9a-f]{12}$/);
    assert.deepEqual(
      { ...model, id: '' },
      {
        id: '',
        name: 'Two-Layers.Q4_K_M',
        roles: ['completion', 'chat', 'edit'],
        file: 'Two-Layers.Q4_K_M.gguf',
        source: null,
        bytes: 35_000,
        sha256: null,
        licence: 'mit',
        parameters: 8704,
        quantization: 'Q4_K_M',
        context: 4096,
        fim: 'psm',
        chatTemplate: 'chatml',
        architecture: 'llama',
        reuse: 'any',
        kvBytesPerToken: 256,
        vocabulary: 8,
      },
    );
    assert.equal(modelOf(header, facts).id, model.id);
    assert.notEqual(modelOf(header, { ...facts, file: '/b/Two-Layers.Q4_K_M.gguf' }).id, model.id);
    const hub = modelOf(header, { ...facts, source: 'hf:a/b@c/Two-Layers.Q4_K_M.gguf', name: 'Two' });
    assert.match(hub.id, /^hub-/);
    assert.equal(hub.name, 'Two');
  });

  it('has the suffix first where its makers have', async () => {
    const fimIn = async (changes: Readonly<Record<string, string>>, file = '/a.gguf') => {
      const header = await headerOf(modelSpec({ ...fimTokens, ...changes }));
      return modelOf(header, { file, bytes: 1, source: null, sha256: null }).fim;
    };
    assert.equal(await fimIn({}), 'psm');
    assert.equal(await fimIn({ 'general.name': 'Seed Coder 8B Base' }, '/x/Seed-Coder-8B-Base.gguf'), 'suffixFirst');
    assert.equal(await fimIn({ 'general.name': 'Mellum 4b Base' }), 'suffixFirst');
    const header = await headerOf(modelSpec(template));
    assert.equal(modelOf(header, { file: '/mellum.gguf', bytes: 1, source: null, sha256: null }).fim, null);
    assert.equal(modelOf(header, { file: '/a.gguf', bytes: 1, source: null, sha256: null }).licence, 'NOASSERTION');
  });
});
