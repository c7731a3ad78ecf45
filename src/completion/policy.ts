/** Where ghost text appears while typing. Asking for it (Alt+\) works everywhere but where a `.minnowignore` says no: the person asked. */
import { isSecretFile } from '../privacy/secretFiles';
import type { Settings } from '../settings';

/** Documents of these schemes are code that somebody writes. Output panels and the old side of a diff have others, and are left alone. */
export const SCHEMES = [
  'file',
  'untitled',
  'vscode-remote',
  // The person's own disk, seen from a remote machine.
  'vscode-local',
  'vscode-vfs',
  'vscode-notebook-cell',
  'vscode-scm',
] as const;

/** Why typing is not answered in a document, or at this moment. */
export type Off = 'disabled' | 'paused' | 'minnowIgnored' | 'language' | 'secretFile' | 'severalCursors' | 'undo';

export interface DocumentFacts {
  readonly languageId: string;
  readonly path: string;
  /** Whether a `.minnowignore` names the file. */
  readonly isClosed: boolean;
  /** Whether the person has paused completions for a while. */
  readonly isPaused: boolean;
}

/** What is special about the moment. */
export interface Moment {
  readonly cursors: number;
  /** The last change of the document undid or redid another. */
  readonly undone: boolean;
}

export function whyOff(
  { languageId, path, isClosed, isPaused }: DocumentFacts,
  settings: Settings['completion'],
): Off | undefined {
  if (!settings.enabled) return 'disabled';
  if (isClosed) return 'minnowIgnored';
  if (isPaused) return 'paused';
  if (!isLanguageOn(languageId, settings.languages)) return 'language';
  if (isSecretFile(path) && !settings.secretFiles) return 'secretFile';
  return undefined;
}

export function whyNotNow({ cursors, undone }: Moment): Off | undefined {
  if (cursors > 1) return 'severalCursors';
  return undone ? 'undo' : undefined;
}

export function isLanguageOn(languageId: string, languages: Readonly<Record<string, boolean>>): boolean {
  return languages[languageId] ?? languages['*'] ?? true;
}
