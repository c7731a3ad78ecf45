import assert from 'node:assert/strict';
import { closeSync, openSync, readSync } from 'node:fs';
import { machineOf } from '../../../.ci/machine.mjs';

/** The first bytes of a program; what is not told is zero. */
function head(write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(256);
  write(bytes);
  return bytes;
}

function elf(machine: number): Buffer {
  return head((bytes) => {
    bytes.write('\x7fELF', 'latin1');
    bytes.writeUInt16LE(machine, 18);
  });
}

function macho(cpu: number): Buffer {
  return head((bytes) => {
    bytes.writeUInt32LE(0xfeedfacf);
    bytes.writeUInt32LE(cpu, 4);
  });
}

function pe(machine: number): Buffer {
  return head((bytes) => {
    bytes.write('MZ');
    bytes.writeUInt32LE(128, 0x3c);
    bytes.write('PE\0\0', 128);
    bytes.writeUInt16LE(machine, 132);
  });
}

describe('the machine that a program is for', () => {
  const cases = [
    ['linux-x64', elf(62)],
    ['linux-arm64', elf(183)],
    ['linux-unknown', elf(40)],
    ['darwin-x64', macho(0x0100_0007)],
    ['darwin-arm64', macho(0x0100_000c)],
    ['darwin-unknown', head((bytes) => bytes.writeUInt32BE(0xcafebabe))],
    ['win32-x64', pe(0x8664)],
    ['win32-arm64', pe(0xaa64)],
    ['win32-unknown', pe(0x014c)],
  ] as const;
  for (const [target, bytes] of cases) it(`is ${target}`, () => assert.equal(machineOf(bytes), target));

  it('is none where it is no program', () => {
    for (const text of ['', 'MZ', `MZ${'x'.repeat(200)}`, '#!/usr/bin/env bash\n'.repeat(9)])
      assert.equal(machineOf(Buffer.from(text)), undefined);
  });

  it('is this one for the program that runs this test', () => {
    const file = openSync(process.execPath, 'r');
    const bytes = Buffer.alloc(4096);
    readSync(file, bytes);
    closeSync(file);
    assert.equal(machineOf(bytes), `${process.platform}-${process.arch}`);
  });
});
