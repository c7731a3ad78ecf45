import assert from 'node:assert/strict';
import { checkAdapter } from '../../../../src/model/gguf/adapter';
import type { GgufSpec, MetadataValue, TensorSpec } from '../../../support/ggufFile';
import { headerOf, modelSpec } from '../../../support/modelFiles';

const Q = 'blk.0.attn_q.weight';

function lora(
  tensors: Readonly<Record<string, TensorSpec>> = {
    [`${Q}.lora_a`]: { shape: [64, 4] },
    [`${Q}.lora_b`]: { shape: [4, 64] },
  },
  changes: Readonly<Record<string, MetadataValue>> = {},
): GgufSpec {
  const metadata = {
    'general.type': 'adapter',
    'general.architecture': 'llama',
    'adapter.type': 'lora',
    'adapter.lora.alpha': { type: 'float32', value: 16 },
    ...changes,
  } as const;
  return { metadata, tensors };
}

describe('an adapter', () => {
  const check = async (adapter: GgufSpec) => checkAdapter(await headerOf(adapter), await headerOf(modelSpec()));

  it('fits the model that it was made for', async () => {
    assert.equal(await check(lora()), undefined);
    const embedding = { 'token_embd.weight.lora_a': { shape: [4, 8] }, 'token_embd.weight.lora_b': { shape: [4, 64] } };
    assert.equal(await check(lora(embedding)), undefined);
    assert.equal(await check(lora({ ...lora().tensors, 'blk.0.attn_norm.weight': { shape: [64] } })), undefined);
  });

  it('is refused where it fits no model like this', async () => {
    const [a, b] = [{ shape: [64, 4] }, { shape: [4, 64] }];
    for (const [refusal, adapter] of [
      ['notAnAdapter', modelSpec()],
      ['otherKind', lora(undefined, { 'adapter.type': 'ia3' })],
      ['otherArchitecture', lora(undefined, { 'general.architecture': 'qwen2' })],
      ['incomplete', lora({})],
      ['incomplete', lora({ [`${Q}.lora_a`]: a })],
      ['otherTensors', lora({ [`${Q}.lora_a`]: a, [`${Q}.lora_b`]: b, [Q]: { shape: [64, 64] } })],
      ['otherTensors', lora({ 'blk.7.attn_q.weight.lora_a': a, 'blk.7.attn_q.weight.lora_b': b })],
      ['otherShape', lora({ [`${Q}.lora_a`]: { shape: [128, 4] }, [`${Q}.lora_b`]: b })],
      ['otherShape', lora({ [`${Q}.lora_a`]: a, [`${Q}.lora_b`]: { shape: [4, 128] } })],
      ['otherShape', lora({ [`${Q}.lora_a`]: a, [`${Q}.lora_b`]: { shape: [8, 64] } })],
    ] as const)
      assert.equal(await check(adapter), refusal, JSON.stringify(adapter.tensors));
  });
});
