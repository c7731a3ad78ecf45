import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { embeddedModel, find, type Model, models, ROLES } from '../../../models/catalog';
import { root } from '../../support/server';

const readme = readFileSync(path.join(root, 'models/README.md'), 'utf8');
/** Licences that allow any use, commercial too, and lay nothing on what the model writes. */
const LICENCES = ['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause'];
/** Recurrent and hybrid architectures: their state cannot be cut back to a common start. */
const APPEND_ONLY = ['qwen35', 'qwen35moe', 'granitehybrid', 'lfm2', 'mamba', 'mamba2', 'jamba', 'falcon-h1', 'rwkv7'];
/** Bits of a weight, with its share of the scales. */
const BITS: Readonly<Record<string, number>> = { Q8_0: 8.5, Q6_K: 6.56, Q5_K_M: 5.7, Q4_K_M: 4.85, Q4_0: 4.5 };

/** Rows of the README's table of shapes: layers with attention × KV heads × head width. */
const shapes = new Map(
  Array.from(readme.matchAll(/^\| `([^`]+)` \| (\d+) × (\d+) × (\d+)/gm), ([, id = '', ...numbers]) => [
    id,
    numbers.map(Number),
  ]),
);
const fetched = models.filter(({ source }) => source !== null);
const label = ({ id }: Model, text: unknown): string => `${id}: ${String(text)}`;

describe('catalog', () => {
  it('describes each model once, with all that is needed to trust it', () => {
    assert.equal(new Set(models.map(({ id }) => id)).size, models.length);
    assert.equal(new Set(models.map(({ file }) => file.toLowerCase())).size, models.length);
    for (const model of models) {
      assert.match(model.id, /^[a-z0-9][a-z0-9._-]*$/);
      assert.match(model.file, /^[\w.-]+\.gguf$/);
      if (model.sha256 === null) assert.ok(model.isRounded, label(model, 'neither hash nor exact size'));
      else assert.match(model.sha256, /^[0-9a-f]{64}$/, model.id);
      assert.ok(Number.isInteger(model.bytes) && model.bytes > 0 && model.name !== '', model.id);
      assert.ok(LICENCES.includes(model.licence), label(model, model.licence));
    }
  });

  it('has the embedded model, which completes, in the package', () => {
    assert.ok(embeddedModel.roles.includes('completion') && embeddedModel.fim !== null);
    assert.equal(statSync(path.join(root, 'models', embeddedModel.file)).size, embeddedModel.bytes);
    assert.ok(embeddedModel.sha256 && readme.includes(embeddedModel.sha256) && readme.includes(embeddedModel.licence));
    assert.deepEqual(
      models.filter(({ source }) => source === null),
      [embeddedModel],
    );
  });

  it('names files on the hub, each at a commit', () => {
    for (const model of fetched) {
      const parts = /^hf:([\w.-]+)\/([\w.-]+)@([0-9a-f]{40})\/([\w./-]+)$/.exec(model.source ?? '');
      assert.ok(parts, label(model, model.source));
      assert.equal(parts[4]?.split('/').at(-1), model.file, model.id);
    }
  });

  it('tells what can be kept of a prompt', () => {
    for (const model of models)
      assert.equal(
        model.reuse === 'append',
        APPEND_ONLY.includes(model.architecture),
        label(model, model.architecture),
      );
  });

  it('has sizes that its parameters and bits explain', () => {
    for (const model of models) {
      const bits = BITS[model.quantization];
      assert.ok(bits !== undefined, label(model, model.quantization));
      const ratio = model.bytes / ((model.parameters * bits) / 8);
      assert.ok(ratio > 0.65 && ratio < 1.35, label(model, ratio));
      assert.ok((model.activeParameters ?? 0) < model.parameters, model.id);
      assert.ok(model.file.toLowerCase().includes(model.quantization.toLowerCase()), label(model, model.file));
    }
    const sizes = fetched.map(({ bytes }) => bytes);
    assert.ok(Math.min(...sizes) >= 0.07e9 && Math.max(...sizes) <= 20e9);
  });

  it('has a KV cache that the shape explains', () => {
    for (const model of models) {
      const shape = shapes.get(model.id);
      assert.ok(shape, label(model, 'no shape in README.md'));
      assert.equal(model.kvBytesPerToken, 4 * shape.reduce((product, each) => product * each, 1), model.id);
    }
  });

  it('completes with models that fill in and keep any start, and chats with those that have a template', () => {
    for (const model of models) {
      if (model.roles.includes('completion')) assert.ok(model.fim !== null && model.reuse === 'any', model.id);
      const talks = model.roles.includes('chat') || model.roles.includes('edit');
      assert.equal(talks, model.chatTemplate !== null, model.id);
    }
  });

  it('gives each role a choice, and no more than a person can look through', () => {
    for (const role of ROLES) {
      const count = models.filter(({ roles }) => roles.includes(role)).length;
      assert.ok(count >= 2 && count <= 9, `${role}: ${count}`);
    }
    assert.ok(models.length <= 16);
  });

  it('says in README.md why each is there and where its numbers were seen', () => {
    for (const { id, sha256 } of models) {
      assert.equal(readme.split(`| \`${id}\` |`).length - 1, 2, `${id}: one row of reasons and one of shapes`);
      if (sha256) assert.ok(readme.includes(sha256.slice(0, 12)), id);
    }
  });

  it('says which model is not there', () => {
    assert.throws(() => find('gpt-9'), /gpt-9/);
  });
});
