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

/** Why typing is not answered in a document. */
export type Standing = 'disabled' | 'paused' | 'minnowIgnored' | 'language' | 'secretFile';
/** Why it is not at this moment. */
export type Passing = 'severalCursors' | 'undo';
export type Off = Standing | Passing;
/** Why it does not even come to a request: the editor asks for nothing, or the document is not one to write code in. */
export type Unasked = 'editor' | 'notCode';

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
): Standing | undefined {
  if (!settings.enabled) return 'disabled';
  if (isClosed) return 'minnowIgnored';
  if (isPaused) return 'paused';
  if (!isLanguageOn(languageId, settings.languages)) return 'language';
  if (isSecretFile(path) && !settings.secretFiles) return 'secretFile';
  return undefined;
}

export function whyNotNow({ cursors, undone }: Moment): Passing | undefined {
  if (cursors > 1) return 'severalCursors';
  return undone ? 'undo' : undefined;
}

export function isLanguageOn(languageId: string, languages: Readonly<Record<string, boolean>>): boolean {
  return languages[languageId] ?? languages['*'] ?? true;
}

/** A request for ghost text, let through or not. */
export interface LastRequest {
  /** By key: that goes through where typing is not answered. */
  readonly asked: boolean;
  readonly off: Off | undefined;
}

/**
 * What tells best why there is no suggestion now: a reason, or how the last request ended, or that there was none.
 *
 * @param standing what holds in the document now
 * @param last the last request, where it was for this document
 */
export function explained(
  standing: Standing | Unasked | undefined,
  last: LastRequest | undefined,
): Off | Unasked | 'outcome' | 'nothing' {
  if (last?.asked && last.off === undefined) return 'outcome';
  if (standing !== undefined) return standing;
  if (last === undefined) return 'nothing';
  if (last.off === undefined) return 'outcome';
  // What stood in the way then, and does no more, explains nothing.
  return last.off === 'severalCursors' || last.off === 'undo' ? last.off : 'nothing';
}
