/** Puts the folder of a test under git, with files that are nobody's context. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What must never reach a model unless the person has named the very file. */
export const SECRET = 'sk-example-0000000000000000';
export const IGNORED = 'IGNORED-BY-GIT-4711';

export function git(folder: string, ...args: readonly string[]): string {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' });
}

export function write(folder: string, file: string, text: string): void {
  const place = path.join(folder, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, text);
}

/** A repository with one commit; what is ignored lies in it. */
export function makeRepository(folder: string): void {
  git(folder, 'init', '--quiet', '--initial-branch=main');
  write(folder, '.gitignore', 'ignored/\nignored.md\n');
  write(folder, 'ignored.md', `The harbour middle of the map: ${IGNORED}\n`);
  write(folder, 'ignored/deep.ts', `export const middle = '${IGNORED}';\n`);
  git(folder, 'add', '--all', '--force', '.', ':!ignored.md', ':!ignored');
  git(folder, 'commit', '--quiet', '--message', 'Begin');
}
