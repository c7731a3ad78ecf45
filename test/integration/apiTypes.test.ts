/** The types for other extensions stand alone, and what the docs show of them is true. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../support/server';

const types = path.join(root, 'src/api/minnow.d.ts');
const tsc = path.join(root, 'node_modules/typescript/bin/tsc');

describe('the types for other extensions', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'minnow-types-'));
    copyFileSync(types, path.join(folder, 'minnow.d.ts'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** @returns what the compiler says against a program beside a copy of the types, where nothing but the editor's types is installed */
  function against(program: string): string {
    writeFileSync(path.join(folder, 'program.ts'), program);
    const vscode = path.join(root, 'node_modules/@types/vscode/index.d.ts');
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: 'preserve',
      target: 'es2022',
      types: [],
      paths: { vscode: [vscode] },
    };
    const config = path.join(folder, 'tsconfig.json');
    writeFileSync(config, JSON.stringify({ compilerOptions, files: ['minnow.d.ts', 'program.ts'] }));
    return spawnSync(process.execPath, [tsc, '-p', config], { encoding: 'utf8' }).stdout;
  }

  it('need nothing but those of the editor, and allow what the docs show', () => {
    const [, shown = ''] = /```ts\n(.*?)```/s.exec(readFileSync(path.join(root, 'docs/api.md'), 'utf8')) ?? [];
    assert.match(shown, /\.complete\(.*\.chat\(/s);
    const around =
      "import * as vscode from 'vscode';\ndeclare const show: (piece: string) => void;\ndeclare const token: vscode.CancellationToken;\ndeclare const console: { log(...all: unknown[]): void };\n";
    assert.equal(against(`${around}${shown}`), '');
  });

  it('tell a program what is wrong with it', () => {
    const wrong =
      "import type { MinnowExtension } from './minnow';\ndeclare const minnow: MinnowExtension;\nminnow.getAPI(2);\nminnow.getAPI(1).complete({ before: '' });\n";
    assert.equal(against(wrong).match(/error TS/g)?.length, 2);
  });
});
