/** What is taken is written into the document here, and nowhere else. */
import * as vscode from 'vscode';
import type { Change } from './changes';
import type { OpenEdit } from './edits';
import type { Refused } from './proposal';

/** `changed`: the document is not as the edit knows it. `readOnly`: the editor did not take it. */
export type Outcome = 'done' | 'changed' | 'readOnly';

export interface Accepted {
  readonly outcome: Outcome;
  readonly refused: readonly Refused[];
  /** How long the editor took to write and to tell of it, in milliseconds; absent where it was not asked to. */
  readonly writtenIn?: number;
}

/** The editor takes nothing that was computed before a key that it has already written: so often it is asked, with the edit as it is then. */
const MOST_TRIES = 3;

/** Takes hunks as one step to undo. Those whose place is lost are left, and told. */
export async function accept(edit: OpenEdit, ids: readonly number[] | 'all'): Promise<Accepted> {
  for (let tried = 1; ; tried++) {
    const accepted = await acceptNow(edit, ids);
    if (accepted.outcome !== 'changed' || accepted.writtenIn === undefined || tried === MOST_TRIES) return accepted;
  }
}

async function acceptNow({ document, session }: OpenEdit, ids: readonly number[] | 'all'): Promise<Accepted> {
  const { proposal } = session;
  const taking = proposal?.take(ids);
  if (taking === undefined || proposal?.text !== document.getText()) return { outcome: 'changed', refused: [] };
  if (isReadOnlyBySettings(document)) return { outcome: 'readOnly', refused: [] };
  const { edits, refused } = taking;
  if (edits.length === 0) return { outcome: 'done', refused };
  const { version } = document;
  const began = performance.now();
  const isWritten = await write(document, edits);
  const writtenIn = performance.now() - began;
  // An editor that may not be written says that it was: `MainThreadTextEditor.applyEdits`.
  if (document.version === version) return { outcome: 'readOnly', refused };
  return { outcome: isWritten ? 'done' : 'changed', refused, writtenIn };
}

/**
 * By an editor where the document has one, for that knows whether it may be written; else by the workspace, which takes several
 * times as long where the document is in front: it compares old and new text first. One large replacement is faster than many small ones.
 */
function write(document: vscode.TextDocument, edits: readonly Change[]): Thenable<boolean> {
  const replacements = edits.map(({ offset, length, text }) => {
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
    return { range, text };
  });
  // The left side of a comparison has no column of its own, and is never written.
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document && each.viewColumn);
  if (editor)
    return editor.edit((builder) => {
      for (const { range, text } of replacements) builder.replace(range, text);
    });
  const all = new vscode.WorkspaceEdit();
  all.set(
    document.uri,
    replacements.map(({ range, text }) => vscode.TextEdit.replace(range, text)),
  );
  return vscode.workspace.applyEdit(all);
}

/** Why a document cannot be edited; undefined where it can. */
export async function whyNot(
  document: vscode.TextDocument,
  schemes: readonly string[],
): Promise<'readOnly' | 'large' | undefined> {
  const { uri } = document;
  const end = document.lineAt(document.lineCount - 1).range.end;
  if (document.offsetAt(end) > LARGEST) return 'large';
  const isWritable = vscode.workspace.fs.isWritableFileSystem(uri.scheme);
  if (isWritable === false || (isWritable === undefined && !schemes.includes(uri.scheme))) return 'readOnly';
  if (isReadOnlyBySettings(document)) return 'readOnly';
  if (isWritable === undefined) return undefined;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) !== 0 ? 'readOnly' : undefined;
  } catch (error) {
    // Deleted meanwhile: the editor's text is still there, and can be edited and saved.
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}

/** Editors keep to these settings by themselves; what is written without an editor would not. */
function isReadOnlyBySettings(document: vscode.TextDocument): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  const settings = vscode.workspace.getConfiguration('files', document.uri);
  const matches = (name: 'readonlyInclude' | 'readonlyExclude'): boolean =>
    Object.entries(settings.get<Readonly<Record<string, unknown>>>(name, {})).some(
      ([glob, isOn]) =>
        isOn === true &&
        (vscode.languages.match({ pattern: glob }, document) > 0 ||
          (folder !== undefined &&
            vscode.languages.match({ pattern: new vscode.RelativePattern(folder, glob) }, document) > 0)),
    );
  return matches('readonlyInclude') && !matches('readonlyExclude');
}

/** Larger documents are not edited, in UTF-16 code units. */
const LARGEST = 2_000_000;
