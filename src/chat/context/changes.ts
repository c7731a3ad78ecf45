/** What has changed since the last commit, as context. */
import * as vscode from 'vscode';
import { type GitApi, type GitRepository, gitApi, noRepositorySentence } from '../../git';
import type { Readable } from '../../privacy/readable';
import { leftOutSentences } from '../../privacy/sentences';
import { orAborted } from './aborting';
import { filesOf } from './diff';
import { type Found, itemOf, missing, together } from './kinds';
import { baseName } from './paths';
import { nameOf } from './places';
import { cutTo, withLf } from './text';

const UNTRACKED = 7;
const MOST_TEXT = 200_000;
const MOST_NEW_FILES = 50;

/** @param onlyStaged where something is staged: what a commit would hold */
export async function readChanges(onlyStaged: boolean, readable: Readable, signal: AbortSignal): Promise<Found> {
  const git = await gitApi();
  if (git === undefined || git.repositories.length === 0)
    return missing(
      noRepositorySentence(vscode.l10n.t('No Git repository is open, so there are no changes to look at.')),
    );
  const all = await Promise.all(chosen(git).map((repository) => changesOf(repository, onlyStaged, readable, signal)));
  const read = together(all);
  return read.items.length > 0 || read.missing.length > 0
    ? read
    : missing(vscode.l10n.t('Nothing has changed since the last commit.'));
}

/** That of the active file, else those with changes. */
function chosen(git: GitApi): readonly GitRepository[] {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const active = uri === undefined ? null : git.getRepository(uri);
  if (active !== null && hasChanged(active)) return [active];
  return git.repositories.filter(hasChanged);
}

function hasChanged({ state }: GitRepository): boolean {
  return state.indexChanges.length + state.workingTreeChanges.length + (state.untrackedChanges?.length ?? 0) > 0;
}

async function changesOf(
  repository: GitRepository,
  onlyStaged: boolean,
  readable: Readable,
  signal: AbortSignal,
): Promise<Found> {
  const name = baseName(repository.rootUri.path);
  const staged = await diffOf(repository, true, signal);
  const isStagedEnough = onlyStaged && staged?.trim() !== '';
  const unstaged = isStagedEnough ? '' : await diffOf(repository, false, signal);
  if (staged === undefined || unstaged === undefined)
    return missing(vscode.l10n.t('Git could not tell the changes of {0}. Its output says why.', name));
  const files = filesOf(withLf(`${staged}\n${unstaged}`));
  const untracked = isStagedEnough ? [] : untrackedIn(repository);
  const uriOf = (path: string): vscode.Uri => vscode.Uri.joinPath(repository.rootUri, path);
  const places = [...files.flatMap(({ paths }) => paths.map(uriOf)), ...untracked];
  const withheld = await readable.withheldOfShown(places);
  const closed = new Map(withheld.map(({ uri, reason }) => [uri.toString(), reason]));
  const closedOf = (paths: readonly string[]): string[] => paths.filter((path) => closed.has(uriOf(path).toString()));
  const open = files.filter(({ paths }) => closedOf(paths).length === 0);
  const news = newFiles(untracked.filter((uri) => !closed.has(uri.toString())));
  const text = `${open.map((each) => each.text).join('')}${news}`;
  const items = text === '' ? [] : [itemOf('changes', { name, text: cutTo(text, MOST_TEXT), languageId: 'diff' })];
  // Of what may be a path in a head, the shortest is one.
  const hidden = files.flatMap(({ paths }) => closedOf(paths).toSorted((a, b) => a.length - b.length)[0] ?? []);
  const left = [...hidden.map(uriOf), ...untracked];
  const names = left.flatMap((uri) => {
    const reason = closed.get(uri.toString());
    return reason === undefined ? [] : [{ name: nameOf(uri), reason }];
  });
  return { items, missing: [...leftOutSentences(names), ...cutSentences(name, text.length)] };
}

/** Undefined where git fails: its extension has shown or logged why. @throws the signal's reason */
async function diffOf(repository: GitRepository, cached: boolean, signal: AbortSignal): Promise<string | undefined> {
  try {
    return await orAborted(repository.diff(cached), signal);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

function cutSentences(name: string, length: number): string[] {
  const cut = vscode.l10n.t(
    'The changes of {0} are large: only their first {1} characters were looked at.',
    name,
    MOST_TEXT,
  );
  return length > MOST_TEXT ? [cut] : [];
}

/** Git has no diff of files that it does not know yet: their names have to do. */
function newFiles(uris: readonly vscode.Uri[]): string {
  const shown = [...new Set(uris.map(nameOf))].slice(0, MOST_NEW_FILES);
  return shown.length === 0 ? '' : `New files that git does not know yet:\n${shown.join('\n')}\n`;
}

function untrackedIn({ state }: GitRepository): vscode.Uri[] {
  const changes = [...state.workingTreeChanges, ...(state.untrackedChanges ?? [])];
  return changes.filter(({ status }) => status === UNTRACKED).map(({ uri }) => uri);
}
