/** The file that a block of code says it belongs to. */
import type { CodeBlock } from './codeBlocks';

export interface NamedFile {
  /** Relative, with `/`. */
  readonly path: string;
  /** The block's first line names it, and is not part of the file where the file has no such line. */
  readonly isFirstLine: boolean;
}

/** A path within a folder whose last part has an ending, or is a name that files without one have. */
const PATH =
  /^(?:[\w@+-][\w@+. -]*\/|\.[\w-]+\/)*(?:[\w@+-][\w@+.-]*\.\w{1,10}|\.\w[\w.-]*|Makefile|Dockerfile|LICENSE)$/;
const COMMENT = /^\s*(?:\/\/+|#+|--|;+|%+|\/\*+|<!--|"""|')\s*(?:file(?:name)?:\s*)?(.+?)\s*(?:\*\/|-->|""")?\s*$/i;

/** Longer lines name no file, in characters. */
const LONGEST_LINE = 600;

/** By its info string, its first line, or the line before it, in this order; undefined where none of them names exactly one. */
export function namedFile({ info, before, code }: Pick<CodeBlock, 'info' | 'before' | 'code'>): NamedFile | undefined {
  const inInfo = only(pathsInInfo(bounded(info)));
  if (inInfo !== undefined) return { path: inInfo, isFirstLine: false };
  const [first = ''] = code.split(/\r\n|\r|\n/);
  const inFirst = pathOf(COMMENT.exec(bounded(first))?.[1] ?? '');
  if (inFirst !== undefined) return { path: inFirst, isFirstLine: true };
  const path = pathBefore(bounded(before));
  return path === undefined ? undefined : { path, isFirstLine: false };
}

/** `ts src/a.ts`, `ts:src/a.ts`, `ts title="src/a.ts"`; the first word alone is a language, unless it has a slash. */
function pathsInInfo(info: string): readonly string[] {
  const words = info.split(/[\s"'`=:{}(),]+/).filter((word) => word !== '');
  return words.flatMap((word, index) => (index === 0 && !word.includes('/') ? [] : (pathOf(word) ?? [])));
}

/** The whole line, as a heading; or the one path in backticks. */
function pathBefore(line: string): string | undefined {
  const whole = pathOf(line.replace(/^[#>*_`\s]+|[*_`:\s]+$/g, ''));
  if (whole !== undefined) return whole;
  return only(Array.from(line.matchAll(/`([^`]+)`/g), ([, text = '']) => pathOf(text)).flatMap((path) => path ?? []));
}

function pathOf(text: string): string | undefined {
  const path = text.trim().replaceAll('\\', '/').replace(/^\.\//, '');
  return PATH.test(path) && !path.split('/').includes('..') ? path : undefined;
}

function bounded(line: string): string {
  return line.length > LONGEST_LINE ? '' : line;
}

function only(paths: readonly string[]): string | undefined {
  return new Set(paths).size === 1 ? paths[0] : undefined;
}
