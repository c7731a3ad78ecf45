/** "Apply to File": the block comes to where it belongs without doubt, is shown before anything is changed, and is applied by the person. */
import * as vscode from 'vscode';
import type { CodeBlock } from './codeBlocks';
import { asksWithDiff } from './diff';
import { indentationOf, insertCode, joined, say } from './insert';
import { type NamedFile, namedFile } from './namedFile';
import { placeOf } from './place';
import { filesAt } from './workspaceFiles';

interface Target {
  readonly uri: vscode.Uri;
  readonly isNew: boolean;
}

const NOT_SEARCHED = '**/{node_modules,.git,dist,build,out,target,vendor,.venv}/**';

/** @param files URIs of what the question was about */
export async function applyCode(code: string, block: CodeBlock | undefined, files: readonly string[]): Promise<void> {
  const named = namedFile(block ?? { info: '', before: '', code });
  const target = await targetOf(named, files);
  if (target === undefined) return offerInsert(code, vscode.l10n.t('It is not clear which file this code belongs to.'));
  const { uri, isNew } = target;
  const path = vscode.workspace.asRelativePath(uri);
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false)
    return say(vscode.l10n.t('{0} cannot be changed. Copy the code instead.', path));
  const change = isNew ? { before: '', after: wholeFile(code, named) } : await replacement(uri, code, named);
  if (change === undefined)
    return offerInsert(code, vscode.l10n.t('It is not clear where in {0} this code belongs.', path), uri);
  if (change.before === change.after) return say(vscode.l10n.t('{0} has this code already.', path));
  if (await agreesTo(change, target)) await carryOut(change, target);
}

/** The text of the file as it is and as it would be. */
interface Change {
  readonly before: string;
  readonly after: string;
  /** What is replaced by what; absent for a new file. */
  readonly edit?: vscode.TextEdit;
}

function wholeFile(code: string, named: NamedFile | undefined): string {
  const text = withoutName(code, named);
  return text.endsWith('\n') ? text : `${text}\n`;
}

async function replacement(uri: vscode.Uri, code: string, named: NamedFile | undefined): Promise<Change | undefined> {
  const document = await opened(uri);
  if (document === undefined) return undefined;
  const lines = Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text);
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  const indentation = indentationOf(editor, lines);
  const place = placeOf(lines, code, indentation) ?? placeOf(lines, withoutName(code, named), indentation);
  if (place === undefined) return undefined;
  const range = new vscode.Range(place.start, 0, place.end, lines[place.end]?.length ?? 0);
  const edit = vscode.TextEdit.replace(range, joined(place.lines, document));
  const after = [...lines.slice(0, place.start), ...place.lines, ...lines.slice(place.end + 1)];
  return { before: document.getText(), after: joined(after, document), edit };
}

async function agreesTo({ after }: Change, { uri, isNew }: Target): Promise<boolean> {
  const path = vscode.workspace.asRelativePath(uri);
  return asksWithDiff({
    uri: isNew ? undefined : uri,
    path: uri.path,
    after,
    title: isNew ? vscode.l10n.t('New file {0}', path) : vscode.l10n.t('{0} with the code of the answer', path),
  });
}

/** Nothing is saved: the person does that, or takes it back. A new file has to be made. */
async function carryOut({ before, after, edit }: Change, { uri }: Target): Promise<void> {
  const path = vscode.workspace.asRelativePath(uri);
  const all = new vscode.WorkspaceEdit();
  if (edit === undefined) all.createFile(uri, { contents: new TextEncoder().encode(after), overwrite: false });
  else if ((await opened(uri))?.getText() !== before)
    return say(vscode.l10n.t('{0} has changed meanwhile. Try again.', path));
  else all.set(uri, [edit]);
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
  const found = await vscode.workspace.findFiles(`**/${path}`, NOT_SEARCHED, 2);
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
  const more = vscode.l10n.t('Put the cursor where it shall go.');
  const chosen = await vscode.window.showInformationMessage(`Minnow: ${sentence} ${more}`, ...choices);
  if (chosen === insert) await insertCode(code);
  if (chosen === open && file) await vscode.window.showTextDocument(file);
}
