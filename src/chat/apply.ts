/** "Apply to File": the block comes to the file that it belongs to, is shown before anything is changed, and is applied by the person. */
import * as vscode from 'vscode';
import type { CodeBlock } from './codeBlocks';
import { asksWithDiff } from './diff';
import { insertCode, say } from './insert';
import { type NamedFile, namedFile } from './namedFile';
import { filesAt, filesBelow } from './workspaceFiles';

interface Target {
  readonly uri: vscode.Uri;
  readonly isNew: boolean;
}

/**
 * Proposes a block in a file that is there, and says what came of it.
 *
 * @param codes the block, and what else may be meant by it
 */
export type ApplyTo = (
  document: vscode.TextDocument,
  codes: readonly string[],
) => Promise<'proposed' | 'same' | 'readOnly' | 'unclear' | 'kept'>;

/** @param files URIs of what the question was about */
export async function applyCode(
  applyTo: ApplyTo,
  code: string,
  block: CodeBlock | undefined,
  files: readonly string[],
): Promise<void> {
  const named = namedFile(block ?? { info: '', before: '', code });
  const target = await targetOf(named, files);
  if (target === undefined) return offerInsert(code, vscode.l10n.t('It is not clear which file this code belongs to.'));
  const { uri, isNew } = target;
  const path = vscode.workspace.asRelativePath(uri);
  const readOnly = vscode.l10n.t('{0} cannot be changed. Copy the code instead.', path);
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return say(readOnly);
  if (isNew) return makeFile(uri, path, wholeFile(code, named));
  const document = await opened(uri);
  const bare = withoutName(code, named);
  const applied = document ? await applyTo(document, bare === code ? [code] : [code, bare]) : 'unclear';
  if (applied === 'readOnly') return say(readOnly);
  if (applied === 'same') return say(vscode.l10n.t('{0} has this code already.', path));
  if (applied === 'unclear')
    return offerInsert(code, vscode.l10n.t('It is not clear where in {0} this code belongs.', path), uri);
}

function wholeFile(code: string, named: NamedFile | undefined): string {
  const text = withoutName(code, named);
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** A new file has to be made: so it is shown and asked for before. */
async function makeFile(uri: vscode.Uri, path: string, text: string): Promise<void> {
  const title = vscode.l10n.t('New file {0}', path);
  if (!(await asksWithDiff({ uri: undefined, path: uri.path, after: text, title }))) return;
  const all = new vscode.WorkspaceEdit();
  all.createFile(uri, { contents: new TextEncoder().encode(text), overwrite: false });
  if (await vscode.workspace.applyEdit(all)) await vscode.window.showTextDocument(uri);
  else await say(vscode.l10n.t('{0} could not be changed. Copy the code instead.', path));
}

/** undefined for a file that is no text, or went meanwhile. */
async function opened(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
}

function withoutName(code: string, named: NamedFile | undefined): string {
  return named?.isFirstLine ? code.replace(/^[^\r\n]*(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))*/, '') : code;
}

/** The file that the block names, else the one that the question was about, else the one that is being edited. */
async function targetOf(named: NamedFile | undefined, files: readonly string[]): Promise<Target | undefined> {
  if (named) return namedTarget(named.path, files);
  const [file] = files;
  if (file !== undefined && files.length === 1) return { uri: vscode.Uri.parse(file), isNew: false };
  const active = vscode.window.activeTextEditor?.document.uri;
  const isAsked = files.length === 0 || files.includes(active?.toString() ?? '');
  return active && isAsked ? { uri: active, isNew: false } : undefined;
}

/** One that is there under this path, or is the only one that ends with it; else a new one, where that can be in one folder only. */
async function namedTarget(path: string, files: readonly string[]): Promise<Target | undefined> {
  const there = await filesAt(path);
  const [first] = there;
  if (first) return there.length === 1 ? { uri: first, isNew: false } : undefined;
  const meant = files.filter((file) => vscode.Uri.parse(file).path.endsWith(`/${path}`));
  const found = await filesBelow(path, 2);
  const candidates = meant.length > 0 ? meant.map((file) => vscode.Uri.parse(file)) : found;
  const [only] = candidates;
  if (only) return candidates.length === 1 ? { uri: only, isNew: false } : undefined;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [folder] = folders;
  return folder && folders.length === 1 ? { uri: vscode.Uri.joinPath(folder.uri, path), isNew: true } : undefined;
}

/** @param file where the person may look for the place */
async function offerInsert(code: string, sentence: string, file?: vscode.Uri): Promise<void> {
  const insert = vscode.l10n.t('Insert at Cursor');
  const open = vscode.l10n.t('Open the File');
  const choices = file === undefined ? [insert] : [insert, open];
  const more = vscode.l10n.t('Put the cursor where it should go.');
  const chosen = await vscode.window.showInformationMessage(`Minnow: ${sentence} ${more}`, ...choices);
  if (chosen === insert) await insertCode(code);
  if (chosen === open && file) await vscode.window.showTextDocument(file);
}
