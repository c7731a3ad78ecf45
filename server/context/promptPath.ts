/** The path that the model sees before a file's text: it tells the language, and where in the project the file lies. */
import { URI } from 'vscode-uri';

/** Endings by language, for documents whose name does not tell: untitled ones and notebook cells. */
const ENDINGS: Readonly<Record<string, string>> = {
  c: 'c',
  cpp: 'cpp',
  csharp: 'cs',
  css: 'css',
  go: 'go',
  html: 'html',
  java: 'java',
  javascript: 'js',
  javascriptreact: 'jsx',
  json: 'json',
  kotlin: 'kt',
  lua: 'lua',
  php: 'php',
  python: 'py',
  ruby: 'rb',
  rust: 'rs',
  scala: 'scala',
  shellscript: 'sh',
  sql: 'sql',
  swift: 'swift',
  typescript: 'ts',
  typescriptreact: 'tsx',
  yaml: 'yaml',
};

/**
 * @param folders URIs of the workspace folders
 * @returns the path relative to its folder, or the bare name of a file that is in none
 */
export function promptPath(uri: string, languageId: string, folders: readonly string[]): string {
  const { scheme, path } = URI.parse(uri);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (scheme === 'untitled' || scheme === 'vscode-notebook-cell') {
    const ending = ENDINGS[languageId];
    return ending === undefined ? name : `${name.replace(/\.\w+$/, '')}.${ending}`;
  }
  const folder = folders
    .map((each) => URI.parse(each).path.replace(/\/$/, ''))
    .find((each) => path.startsWith(`${each}/`));
  return folder === undefined ? name : path.slice(folder.length + 1);
}
