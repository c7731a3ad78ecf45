/** A folder as context: its tree, and how its files begin. */
import * as vscode from 'vscode';
import { leftOutSentences } from '../../privacy/sentences';
import { orAborted } from './aborting';
import type { FileList, ListedFile } from './fileList';
import { type Found, itemOf, missing } from './kinds';
import { outlineOf } from './outline';
import { nameOf } from './places';
import { readText } from './readText';
import { linesOf } from './text';

/** Lines of the tree at the most. */
const MOST_LINES = 200;
const MOST_BEGINNINGS = 20;
const LINES_OF_A_BEGINNING = 25;
/** Characters of all beginnings. */
const MOST_TEXT = 12_000;

/** Never shows secret or ignored files. */
export async function readFolder(uri: vscode.Uri, files: FileList, signal: AbortSignal): Promise<Found> {
  const name = nameOf(uri);
  const start = `${uri.path.replace(/\/$/, '')}/`;
  const isInside = ({ uri: file }: { readonly uri: vscode.Uri }): boolean =>
    file.authority === uri.authority && file.path.startsWith(start);
  const all = await orAborted(files.all(), signal);
  const inside = all.filter(isInside);
  const left = files.withheld.filter(isInside).map((file) => ({ name: nameOf(file.uri), reason: file.reason }));
  if (inside.length === 0)
    return missing(
      vscode.l10n.t('The folder {0} has no files that can be shown: it is empty, or they are ignored.', name),
    );
  const paths = inside.map((file) => file.uri.path.slice(start.length));
  const beginnings = await beginningsOf(inside, signal);
  const text = [outlineOf(paths, MOST_LINES), ...beginnings].join('\n\n');
  return { items: [itemOf('folder', { name, text })], missing: leftOutSentences(left) };
}

async function beginningsOf(files: readonly ListedFile[], signal: AbortSignal): Promise<string[]> {
  const beginnings: string[] = [];
  let room = MOST_TEXT;
  for (const { uri, name } of files.slice(0, MOST_BEGINNINGS)) {
    signal.throwIfAborted();
    const read = await readText(uri);
    if (typeof read === 'string') continue;
    const text = `${name}:\n${linesOf(read.text.slice(0, room), [0, LINES_OF_A_BEGINNING - 1]).trimEnd()}`;
    if (text.length > room) break;
    room -= text.length;
    beginnings.push(text);
  }
  return beginnings;
}
