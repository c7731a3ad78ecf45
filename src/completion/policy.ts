/** Where ghost text appears while typing. Asking for it (Alt+\) works everywhere: the person asked. */
import { isSecretFile } from '../secretFiles';
import type { Settings } from '../settings';

/** Why typing is not answered in a document. */
export type Off = 'disabled' | 'language' | 'secretFile';

export interface DocumentFacts {
  readonly languageId: string;
  readonly path: string;
}

export function whyOff({ languageId, path }: DocumentFacts, settings: Settings['completion']): Off | undefined {
  if (!settings.enabled) return 'disabled';
  if (!isLanguageOn(languageId, settings.languages)) return 'language';
  if (isSecretFile(path) && !settings.secretFiles) return 'secretFile';
  return undefined;
}

export function isLanguageOn(languageId: string, languages: Readonly<Record<string, boolean>>): boolean {
  return languages[languageId] ?? languages['*'] ?? true;
}
