/** Small tarballs as the registry has them, good and bad. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import type { EnginePack, PackPart } from '../../src/hardware/enginePacks';

export interface Entry {
  readonly path: string;
  readonly text?: string;
  readonly type?: 'File' | 'SymbolicLink' | 'Link';
  readonly linkpath?: string;
}

/** Writes entries as they are: whatever a well-behaved program would refuse as well. */
export function tarball(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap(({ path, text = '', type = 'File', linkpath }) => {
    const body = Buffer.from(text);
    const header = new Header({
      path,
      type,
      mode: 0o644,
      size: body.length,
      ...(linkpath === undefined ? {} : { linkpath }),
    });
    header.encode();
    return [header.block ?? Buffer.alloc(0), body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** Writes the file, and tells what the table of packs would say of it. */
export function writePart(file: string, bytes: Buffer): PackPart {
  writeFileSync(file, bytes);
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  return { package: '@made/up', packedBytes: bytes.length, unpackedBytes: 1000, integrity };
}

export const packOf = (...parts: readonly PackPart[]): EnginePack => ({
  version: '1.2.3',
  platform: 'linux',
  arch: 'x64',
  backend: 'vulkan',
  folder: 'linux-x64-vulkan',
  parts,
});
