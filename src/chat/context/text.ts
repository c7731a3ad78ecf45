/** Text of files, whatever is in them. */

/** Characters of a file that are given at the most; the model's context is smaller by far. */
export const MOST_TEXT = 1_000_000;

/** No more than `most` UTF-16 code units, cut at the end of a line where that costs little, never within a character. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  const line = text.lastIndexOf('\n', most - 1) + 1;
  const end = line > most * 0.8 ? line : most;
  const last = text.charCodeAt(end - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end);
}

/** Lines from 0, the end included; with `\n` as models know it. */
export function linesOf(text: string, [first, last]: readonly [first: number, last: number]): string {
  return text
    .split(/\r\n|\r|\n/)
    .slice(first, last + 1)
    .join('\n');
}

export function withLf(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** A block of Markdown that the text cannot break out of. */
export function fenced(text: string, languageId = ''): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${languageId}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}\n`;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  c: 'c',
  cc: 'cpp',
  cpp: 'cpp',
  cs: 'csharp',
  css: 'css',
  go: 'go',
  h: 'cpp',
  hpp: 'cpp',
  html: 'html',
  java: 'java',
  js: 'javascript',
  json: 'json',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  md: 'markdown',
  mjs: 'javascript',
  php: 'php',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  scss: 'scss',
  sh: 'shellscript',
  sql: 'sql',
  swift: 'swift',
  toml: 'toml',
  ts: 'typescript',
  tsx: 'typescriptreact',
  vue: 'vue',
  xml: 'xml',
  yaml: 'yaml',
  yml: 'yaml',
};

/** The language of a file that is not open, by its ending; undefined when that does not tell. */
export function languageOf(path: string): string | undefined {
  return LANGUAGES[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
}
