/** A file, or lines of it, as context. */
import * as vscode from 'vscode';
import { type Found, found, itemOf, type Kind, missing } from './kinds';
import { withLines } from './paths';
import { nameOf } from './places';
import { noTextSentence, readText } from './readText';
import { linesOf, MOST_TEXT, withLf } from './text';

type Lines = readonly [first: number, last: number];

/** Whoever calls this has seen to it that the file may be shown: the person named it, or it is allowed. */
export async function readFile(uri: vscode.Uri, lines?: Lines, kind: Kind = 'file'): Promise<Found> {
  const name = nameOf(uri);
  const read = await readText(uri);
  if (typeof read === 'string') return missing(noTextSentence(name, read));
  const { languageId } = read;
  const text = lines === undefined ? withLf(read.text) : linesOf(read.text, lines);
  if (text.trim() === '') return missing(emptySentence(name, lines));
  const item = itemOf(kind, { name: withLines(name, lines), text, languageId });
  const isWhole = lines !== undefined || !read.isCut;
  const cut = vscode.l10n.t('{0} is large: only its first {1} characters were looked at.', name, MOST_TEXT);
  return isWhole ? found(item) : { items: [item], missing: [cut] };
}

function emptySentence(name: string, lines: Lines | undefined): string {
  return lines === undefined
    ? vscode.l10n.t('{0} is empty.', name)
    : vscode.l10n.t('{0} has nothing in these lines any more. Select the part again.', withLines(name, lines));
}
