import assert from 'node:assert/strict';
import { embeddedModel, find, type Model, models, ROLES, type Role } from '../../../../models/catalog';
import type { Machine } from '../../../../src/hardware/machine';
import { type Advice, adviseFor } from '../../../../src/model/advice/advice';
import type { Measured } from '../../../../src/model/advice/speed';
import { words } from '../../../../src/model/advice/words';
import { sizeText } from '../../../../src/sizeText';

const GB = 1024 ** 3;
const t = (message: string, ...args: (string | number)[]): string =>
  message.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)]));
const base = { platform: 'linux', arch: 'x64', cpu: 'test', gpus: [] } as const;
const small: Machine = { ...base, cores: 2, memoryBytes: 8 * GB };
const processor = (cores: number): Machine => ({ ...base, cores, memoryBytes: 16 * GB });
const laptop = (backend: 'cuda' | 'vulkan', isUnified = false): Machine => ({
  ...processor(8),
  gpus: [{ name: 'NVIDIA', backend, memoryBytes: 8 * GB, isUnified }],
});
const apple: Machine = {
  ...base,
  platform: 'darwin',
  arch: 'arm64',
  cores: 10,
  memoryBytes: 32 * GB,
  gpus: [{ name: 'Apple M', backend: 'metal', memoryBytes: 0, isUnified: true }],
};
const measured = (modelId: string, more: Partial<Measured> = {}): Measured => ({
  modelId,
  backend: 'cpu',
  readPerSecond: 500,
  writtenPerSecond: 100,
  lineMs: 105,
  when: 1,
  ...more,
});
const line = (advice: Advice): string =>
  `${advice.isBest ? '* ' : ''}${advice.model.id}: ${advice.code}, ${words(advice, t)}`;
const printed = (role: Role, machine: Machine, measurements: readonly Measured[] = []): string[] =>
  adviseFor(role, machine, measurements).map(line);
const best = (role: Role, machine: Machine, measurements: readonly Measured[] = []): string =>
  printed(role, machine, measurements).find((each) => each.startsWith('* ')) ?? 'none';

describe('adviseFor', () => {
  it('on two cores and 8 GB without a GPU', () => {
    assert.deepEqual(printed('completion', small), [
      '* minnow-fim-73m: good, 51 MB · fits',
      'qwen2.5-coder-0.5b-q8_0: slow, 531 MB · fits · slow on 2 processor cores',
      'qwen2.5-coder-1.5b-q4_k_m: slow, 986 MB · fits · slow on 2 processor cores',
      'qwen2.5-coder-1.5b-q8_0: slow, 1.6 GB · fits · slow on 2 processor cores',
      'qwen2.5-coder-7b-q4_k_m: slow, 4.7 GB · fits · slow on 2 processor cores',
      'qwen2.5-coder-7b-q8_0: tooBig, too big: needs 9.0 GB, this machine can spare 7.5 GB',
      'qwen3-coder-30b-a3b-instruct-q4_k_m: tooBig, too big: needs 20 GB, this machine can spare 7.5 GB',
    ]);
    assert.equal(best('chat', small), '* qwen3.5-0.8b-q8_0: good, 812 MB · fits');
    assert.equal(best('edit', small), '* qwen3.5-0.8b-q8_0: good, 812 MB · fits');
    assert.equal(best('embedding', small), '* nomic-embed-text-v1.5-q8_0: good, 146 MB · fits');
  });

  it('on a laptop with 8 cores, 16 GB and an NVIDIA card of 8 GB', () => {
    assert.deepEqual(printed('completion', laptop('cuda')), [
      '* qwen2.5-coder-1.5b-q8_0: good, 1.6 GB · fits · about 140 ms per line, not measured yet',
      'qwen2.5-coder-1.5b-q4_k_m: good, 986 MB · fits · about 89 ms per line, not measured yet',
      'qwen2.5-coder-0.5b-q8_0: good, 531 MB · fits · about 51 ms per line, not measured yet',
      'minnow-fim-73m: good, 51 MB · fits · about 10 ms per line, not measured yet',
      'qwen2.5-coder-7b-q4_k_m: slow, 4.7 GB · fits · slow, about 400 ms per line, not measured yet',
      'qwen2.5-coder-7b-q8_0: slow, 8.1 GB · fits, partly on the graphics card · slow for this job',
      'qwen3-coder-30b-a3b-instruct-q4_k_m: slow, 19 GB · fits, partly on the graphics card · slow for this job',
    ]);
    assert.equal(
      best('completion', laptop('vulkan')),
      '* qwen2.5-coder-1.5b-q8_0: good, 1.6 GB · fits · about 210 ms per line, not measured yet',
    );
    for (const role of ['chat', 'edit'] as const)
      assert.equal(
        best(role, laptop('cuda')),
        '* qwen2.5-coder-7b-instruct-q4_k_m: good, 4.7 GB · fits · about 25 tokens/s, not measured yet',
      );
    assert.equal(
      best('embedding', laptop('cuda')),
      '* qwen3-embedding-0.6b-q8_0: good, 639 MB · fits · about 5000 tokens/s, not measured yet',
    );
  });

  it('on Apple silicon with 10 cores and 32 GB', () => {
    assert.deepEqual(printed('completion', apple), [
      '* qwen2.5-coder-1.5b-q8_0: good, 1.6 GB · fits · about 210 ms per line, not measured yet',
      'qwen2.5-coder-1.5b-q4_k_m: good, 986 MB · fits · about 130 ms per line, not measured yet',
      'qwen2.5-coder-0.5b-q8_0: good, 531 MB · fits · about 73 ms per line, not measured yet',
      'minnow-fim-73m: good, 51 MB · fits · about 13 ms per line, not measured yet',
      'qwen2.5-coder-7b-q4_k_m: slow, 4.7 GB · fits · slow, about 600 ms per line, not measured yet',
      'qwen2.5-coder-7b-q8_0: slow, 8.1 GB · fits · slow, about 1 s per line, not measured yet',
      'qwen3-coder-30b-a3b-instruct-q4_k_m: slow, 19 GB · fits · slow, about 260 ms per line, not measured yet',
    ]);
    for (const role of ['chat', 'edit'] as const)
      assert.equal(
        best(role, apple),
        '* qwen3-coder-30b-a3b-instruct-q4_k_m: good, 19 GB · fits · about 39 tokens/s, not measured yet',
      );
    assert.match(best('embedding', apple), /^\* qwen3-embedding-0.6b-q8_0: good/);
  });

  it('goes by the number of cores where nothing was measured on a processor', () => {
    const byCores = [2, 3, 4, 7, 8, 32].map((cores) => adviseFor('completion', processor(cores), [])[0]?.model.id);
    const half = 'qwen2.5-coder-0.5b-q8_0';
    const large = 'qwen2.5-coder-1.5b-q4_k_m';
    assert.deepEqual(byCores, [embeddedModel.id, half, half, half, large, large]);
  });

  it('goes by what was measured, of the model itself or of another', () => {
    const slow = measured(embeddedModel.id, { readPerSecond: 700, writtenPerSecond: 90, lineMs: 115 });
    assert.equal(
      best('completion', processor(8), [slow]),
      '* minnow-fim-73m: good, 51 MB · fits · measured: 115 ms per line',
    );
    const quick = measured('qwen2.5-coder-0.5b-q8_0', { readPerSecond: 1200, writtenPerSecond: 110 });
    assert.match(
      best('completion', processor(2), [quick]),
      /^\* qwen2.5-coder-1.5b-q4_k_m: good, .* · about 170 ms per line here$/,
    );
    const reads = measured('qwen2.5-coder-0.5b-q8_0', { readPerSecond: 300, writtenPerSecond: 110 });
    assert.match(
      best('completion', processor(2), [reads]),
      /^\* qwen2.5-coder-0.5b-q8_0: good, .* · measured: 105 ms per line$/,
    );
    const list = printed('completion', processor(2), [quick]);
    assert.ok(
      list.some((each) => /^qwen2.5-coder-1.5b-q8_0: slow, .* slow, about 270 ms per line here$/.test(each)),
      list.join('\n'),
    );
    const card = measured('qwen2.5-coder-7b-q4_k_m', { backend: 'cuda', lineMs: 140 });
    assert.match(best('completion', laptop('cuda'), [card]), /^\* qwen2.5-coder-7b-q4_k_m: good, .* measured: 140 ms/);
  });

  it('takes no measurement of another backend, and of a split model only its own', () => {
    const onCpu = measured('qwen2.5-coder-7b-q4_k_m', { lineMs: 10, readPerSecond: 1e5, writtenPerSecond: 1e4 });
    assert.deepEqual(printed('completion', laptop('cuda'), [onCpu]), printed('completion', laptop('cuda')));
    const codeOf = (modelId: string): unknown =>
      adviseFor('completion', laptop('cuda'), [measured(modelId, { backend: 'cuda', lineMs: 100 })]).find(
        ({ model }) => model.id === 'qwen2.5-coder-7b-q8_0',
      )?.code;
    assert.equal(codeOf('qwen2.5-coder-0.5b-q8_0'), 'slow');
    assert.equal(codeOf('qwen2.5-coder-7b-q8_0'), 'good');
  });

  it('trusts graphics in the processor less than a card', () => {
    assert.match(best('completion', laptop('vulkan', true)), /^\* qwen2.5-coder-0.5b-q8_0/);
  });

  it('never offers for completion what cannot go back in a prompt or has no place for a suffix', () => {
    const like: Model = { ...find('qwen2.5-coder-0.5b-q8_0'), id: 'like' };
    for (const unfit of [{ reuse: 'append' }, { reuse: 'window' }, { fim: null }] as const)
      assert.deepEqual(adviseFor('completion', laptop('cuda'), [], [{ ...like, ...unfit }]), []);
    assert.equal(adviseFor('completion', laptop('cuda'), [], [like]).length, 1);
  });

  it('has something for every role on every machine, each model of the role once and one of them best', () => {
    for (const machine of [small, processor(4), processor(8), laptop('cuda'), laptop('vulkan', true), apple])
      for (const role of ROLES) {
        const advice = adviseFor(role, machine, []);
        assert.equal(advice.filter(({ isBest }) => isBest).length, 1);
        assert.equal(advice[0]?.isBest, true);
        assert.equal(advice[0]?.code, 'good');
        assert.equal(advice.length, models.filter(({ roles }) => roles.includes(role)).length);
      }
  });

  it('names the smallest when all are slow, and none when all are too big', () => {
    const two = [find('qwen2.5-coder-1.5b-q8_0'), find('qwen2.5-coder-0.5b-q8_0')];
    assert.match(
      line(adviseFor('completion', small, [], two)[0] ?? assert.fail()),
      /^\* qwen2.5-coder-0.5b-q8_0: slow/,
    );
    assert.ok(adviseFor('completion', { ...small, memoryBytes: GB }, [], two).every(({ isBest }) => !isBest));
  });
});

describe('words', () => {
  it('has sizes with as many figures as are of use', () => {
    assert.deepEqual(
      [51_369_632, 812e6, 986e6, 1.6466e9, 9.94e9, 18.557e9].map((bytes) => sizeText(bytes)),
      ['51 MB', '812 MB', '986 MB', '1.6 GB', '9.9 GB', '19 GB'],
    );
  });

  it('has numbers as the language has them', () => {
    assert.equal(sizeText(1.6466e9, 'zh-cn'), '1.6 GB');
    assert.equal(sizeText(1.6466e9, 'de'), '1,6 GB');
  });

  it('says when little memory is left', () => {
    const machine = { ...processor(8), memoryBytes: 3 * GB };
    assert.match(
      printed('completion', machine).join('\n'),
      /q4_k_m: tight, 986 MB · fits, with little memory to spare$/m,
    );
  });
});
