import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DriversReport } from '../../../../server/probeProtocol';
import {
  diskBytes,
  ENGINE_VERSION,
  enginePacks,
  packedBytes,
  packFor,
  packsToOffer,
  packUrl,
} from '../../../../src/hardware/enginePacks';
import { root } from '../../../support/server';

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const drivers = (report: Partial<DriversReport>): DriversReport => ({
  probe: 'drivers',
  backends: [],
  cards: [],
  ...report,
});

describe('the engine packs', () => {
  it('are of the version that is in the package', () => {
    assert.equal(manifest.dependencies['node-llama-cpp'], ENGINE_VERSION);
  });

  it('name packages, sizes and hashes that can be', () => {
    const all = enginePacks.flatMap(({ parts }) => parts);
    assert.equal(new Set(all.map((part) => part.package)).size, all.length);
    for (const part of all) {
      assert.match(part.package, /^@node-llama-cpp\/(linux|win)-x64-(vulkan|cuda)(-ext)?$/);
      // Left out of the installation by an override, or it is not a package of the engine.
      assert.ok(part.package in manifest.overrides['node-llama-cpp'], part.package);
      assert.equal(Buffer.from(part.integrity.replace(/^sha512-/, ''), 'base64').length, 64);
      assert.ok(part.packedBytes > 10e6 && part.unpackedBytes > part.packedBytes);
    }
    for (const { folder, backend, parts } of enginePacks) {
      assert.ok(folder.endsWith(`-${backend}`));
      assert.equal(parts[0]?.package, `@node-llama-cpp/${folder}`);
    }
  });

  it('are found for a machine, with the parts that it needs', () => {
    assert.equal(packFor('linux', 'x64', 'vulkan')?.folder, 'linux-x64-vulkan');
    assert.equal(packFor('win32', 'x64', 'cuda', 13)?.parts.length, 1);
    assert.equal(packFor('win32', 'x64', 'cuda', 12)?.parts.length, 2);
    assert.equal(packFor('linux', 'x64', 'cuda')?.parts.length, 2);
    for (const [platform, arch] of [
      ['darwin', 'arm64'],
      ['linux', 'arm64'],
      ['win32', 'arm64'],
    ] as const)
      for (const backend of ['metal', 'cuda', 'vulkan'] as const)
        assert.equal(packFor(platform, arch, backend), undefined);
  });

  it('are offered where there is a driver and no engine', () => {
    const both = drivers({ backends: ['cuda', 'vulkan'], cudaRuntime: 12 });
    assert.deepEqual(
      packsToOffer('linux', 'x64', both, []).map(({ backend }) => backend),
      ['cuda', 'vulkan'],
    );
    assert.deepEqual(
      packsToOffer('linux', 'x64', both, ['cuda']).map(({ backend }) => backend),
      ['vulkan'],
    );
    assert.deepEqual(packsToOffer('linux', 'x64', drivers({}), []), []);
    assert.deepEqual(packsToOffer('linux', 'arm64', both, []), []);
  });

  it('have a size and an address', () => {
    const pack = packFor('linux', 'x64', 'cuda', 12);
    assert.ok(pack?.parts[1]);
    assert.equal(packedBytes(pack), 142_850_036 + 176_679_086);
    assert.ok(diskBytes(pack) > 188_693_843 + 374_197_990);
    const address = 'https://mirror.example/npm/@node-llama-cpp/linux-x64-cuda-ext/-/linux-x64-cuda-ext-3.21.1.tgz';
    assert.equal(packUrl(pack.parts[1], 'https://mirror.example/npm/'), address);
    assert.equal(packUrl(pack.parts[1], 'https://mirror.example/npm'), address);
  });
});
