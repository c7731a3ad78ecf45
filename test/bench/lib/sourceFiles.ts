/** Source files of a folder, as the extension would send them to be measured. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { SourceFile } from '../../../server/measureProtocol';

/** VS Code's language identifiers by file ending. */
const LANGUAGES: Readonly<Record<string, string>> = {
  c: 'c',
  cc: 'cpp',
  cpp: 'cpp',
  cs: 'csharp',
  css: 'css',
  go: 'go',
  h: 'cpp',
  hpp: 'cpp',
  java: 'java',
  js: 'javascript',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  lua: 'lua',
  mjs: 'javascript',
  php: 'php',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'shellscript',
  sql: 'sql',
  swift: 'swift',
  ts: 'typescript',
  tsx: 'typescriptreact',
};
const LEFT_OUT = /(^|\/)(node_modules|dist|build|out|target|vendor|\.[^/]+)\//;
/** In bytes. */
const LARGEST = 100_000;

/** @param parts folders or files below the folder; all of it where none is given */
export function sourceFiles(folder: string, parts: readonly string[] = ['.']): SourceFile[] {
  const paths = parts.flatMap((part) => filesBelow(folder, part));
  return Array.from(new Set(paths))
    .toSorted()
    .flatMap((file) => {
      const languageId = languageOf(file);
      const whole = path.join(folder, file);
      if (languageId === undefined || LEFT_OUT.test(file) || statSync(whole).size > LARGEST) return [];
      return [{ path: file, languageId, text: readFileSync(whole, 'utf8') }];
    });
}

function filesBelow(folder: string, part: string): string[] {
  const start = path.join(folder, part);
  if (statSync(start).isFile()) return [slashes(part)];
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => slashes(path.relative(folder, path.join(entry.parentPath, entry.name))));
}

export function languageOf(file: string): string | undefined {
  return LANGUAGES[file.slice(file.lastIndexOf('.') + 1)];
}

function slashes(file: string): string {
  return file.split(path.sep).join('/');
}
