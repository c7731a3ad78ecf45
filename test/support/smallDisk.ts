/** A small disk of the test's own that can be full, out of files or read-only: a tmpfs. Mounting takes Linux and the right to. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PIECE = Buffer.alloc(4_096, 'x');

export class SmallDisk {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'd-'));
  readonly #fill = path.join(this.folder, 'fill');

  /** @param options of the mount, as `size=1m,nr_inodes=20` */
  constructor(options: string) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'minnow', this.folder]);
  }

  static get isPossible(): boolean {
    return process.platform === 'linux' && process.getuid?.() === 0;
  }

  /** Takes all bytes. Empty files can be made still. */
  fill(): void {
    const file = openSync(this.#fill, 'a');
    try {
      for (;;) writeSync(file, PIECE);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    } finally {
      closeSync(file);
    }
  }

  empty(): void {
    rmSync(this.#fill, { force: true });
  }

  /** Takes all names but so many. */
  fillNames(left: number): void {
    const names: string[] = [];
    for (let n = 0; ; n++) {
      const name = path.join(this.folder, `name${n}`);
      try {
        writeFileSync(name, '');
        names.push(name);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
        break;
      }
    }
    for (const name of names.slice(0, left)) rmSync(name);
  }

  readOnly(): void {
    execFileSync('mount', ['-o', 'remount,ro', this.folder]);
  }

  unmount(): void {
    // What runs in there may take a moment to go.
    execFileSync('umount', ['--lazy', this.folder]);
    rmdirSync(this.folder);
  }
}
