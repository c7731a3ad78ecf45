/** The sample project: a copy to work in, and the lines of it that wait for code. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { sample } from './places';
import type { Place } from './workbench';

/** A fresh copy of the sample project at `folder`. */
export function copySample(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  cpSync(sample, folder, { recursive: true });
}

/** The end of the first line that holds nothing but its indentation: so the sample marks what is not finished. */
export function unfinishedPlace(file: string): Place {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  const line = lines.findIndex((text) => /^[ \t]+$/.test(text));
  if (line < 0) throw new Error(`${file} has no unfinished line.`);
  return { line: line + 1, column: (lines[line] ?? '').length + 1 };
}
