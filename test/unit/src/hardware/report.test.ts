import assert from 'node:assert/strict';
import { packFor } from '../../../../src/hardware/enginePacks';
import type { Machine } from '../../../../src/hardware/machine';
import { type ReportFacts, report } from '../../../../src/hardware/report';
import type { ProbeLine } from '../../../../src/hardware/survey';

const GIB = 2 ** 30;
const machine: Machine = { platform: 'linux', arch: 'x64', cores: 8, cpu: 'A *CPU*', memoryBytes: 16 * GIB, gpus: [] };
const drivers: ProbeLine = {
  probed: 'drivers',
  outcome: { ok: true, report: { probe: 'drivers', backends: [], cards: [{ name: 'A Card', memoryBytes: 0 }] } },
};
const english = (message: string, ...args: (string | number)[]): string =>
  message.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)]));
const text = (facts: Partial<ReportFacts>): string =>
  report(
    {
      machine,
      lines: [drivers],
      choice: { backend: 'cpu', reason: 'noneAvailable', crashed: [] },
      offers: [],
      ...facts,
    },
    english,
  );

describe('the hardware report', () => {
  it('tells the machine, and that there is no GPU', () => {
    const whole = text({});
    assert.match(whole, /^# This Machine\n\n## Processor and Memory\n\n- The processor is A \\\*CPU\\\*\.\n/);
    assert.match(whole, /- Minnow may use 8 cores\.\n- Programs may use 16 GiB of memory\.\n/);
    assert.match(whole, /The system lists A Card\.\n- No graphics card was found/);
    assert.match(whole, /Models run on the processor: no graphics card can be used\./);
    assert.doesNotMatch(whole, /Can Be Downloaded/);
  });

  it('tells each GPU, what is used and why', () => {
    const gpus = [
      { name: 'A GPU', backend: 'cuda', memoryBytes: 8 * GIB, isUnified: false },
      { name: 'B GPU', backend: 'vulkan', memoryBytes: 4.5 * GIB, isUnified: true },
      { name: 'C GPU', backend: 'vulkan', memoryBytes: 0, isUnified: false },
    ] as const;
    const whole = text({
      machine: { ...machine, gpus },
      choice: { backend: 'vulkan', reason: 'best', missing: 'metal', crashed: ['cuda'] },
    });
    assert.match(whole, /A GPU can run models with CUDA and has 8\.0 GiB of memory of its own\./);
    assert.match(whole, /B GPU can run models with Vulkan and may take 4\.5 GiB of the memory of the machine\./);
    assert.match(whole, /C GPU can run models with Vulkan\. It does not tell/);
    assert.match(whole, /The settings ask for Metal, which cannot be used here\./);
    assert.match(whole, /CUDA is not used automatically, because it crashed before\./);
    assert.match(whole, /Models run on Vulkan, the best of what can be used here\./);
  });

  it('has a sentence for whatever a probe said', () => {
    const failed = (reason: 'crashed' | 'timedOut' | 'garbage' | 'failed', detail: string): ProbeLine => ({
      probed: 'vulkan',
      outcome: { ok: false, reason, detail },
    });
    const opened = (devices: string[]): ProbeLine => ({
      probed: 'vulkan',
      outcome: { ok: true, report: { probe: 'backend', backend: 'vulkan', devices, memoryBytes: 0, unifiedBytes: 0 } },
    });
    const sentences: readonly (readonly [ProbeLine, RegExp])[] = [
      [failed('crashed', 'SIGSEGV'), /- The driver for Vulkan crashed when it was tried: SIGSEGV\n/],
      [failed('timedOut', ''), /- The driver for Vulkan did not finish in time\.\n/],
      [failed('garbage', '<b>\n#'), /could not be understood: \\<b\\> \\#\n/],
      [failed('failed', 'libvulkan.so.1'), /- Vulkan could not be opened: libvulkan\.so\.1\n/],
      [opened([]), /- Vulkan found no graphics card\.\n/],
      [opened(['llvmpipe']), /- llvmpipe is not used: it only imitates/],
      [
        { probed: 'drivers', outcome: { ok: false, reason: 'failed', detail: '' } },
        /drivers could not be looked at\.\n/,
      ],
    ];
    for (const [line, wanted] of sentences) assert.match(text({ lines: [line] }), wanted);
  });

  it('tells what could be fetched and how large it is', () => {
    const pack = packFor('linux', 'x64', 'vulkan');
    assert.ok(pack);
    assert.match(text({ offers: [pack] }), /An engine for Vulkan can be downloaded: 27 MB, and 134 MB on disk\./);
  });

  it('puts all its words through the translation', () => {
    const facts: ReportFacts = {
      machine,
      lines: [drivers],
      choice: { backend: 'cpu', reason: 'wished', crashed: [] },
      offers: [],
    };
    const whole = report(facts, (message) => `«${message}»`);
    for (const line of whole.split('\n')) assert.match(line, /^((#+|-) «.+»)?$/);
  });
});
