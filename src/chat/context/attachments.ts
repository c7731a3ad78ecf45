/** Files and folders that were dropped or chosen, and how subjects are shown. */
import * as vscode from 'vscode';
import { showPage } from '../../page';
import type { Attachment, Subject } from '../question';
import { KINDS } from './kinds';
import { baseName } from './paths';
import { nameOf, typeOf } from './places';
import { fenced } from './text';

/** What is neither a file nor a folder is left out. */
export async function attachmentsOf(written: readonly string[]): Promise<readonly Attachment[]> {
  const uris = new Map(written.flatMap((each) => uriOf(each.trim()) ?? []).map((uri) => [uri.toString(), uri]));
  const found = await Promise.all(
    Array.from(uris.values(), async (uri): Promise<Attachment[]> => {
      const kind = await typeOf(uri);
      return kind === undefined ? [] : [attachmentOf(uri, kind)];
    }),
  );
  return found.flat();
}

function attachmentOf(uri: vscode.Uri, kind: 'file' | 'folder'): Attachment {
  const name = nameOf(uri);
  const key = uri.toString();
  const subject: Subject = { kind, uri: key };
  return { id: `${kind}:${key}`, label: baseName(name), detail: name, icon: KINDS[kind].icon, subject };
}

/** A URI, or a path of this machine. A drive's letter is no scheme. */
function uriOf(written: string): vscode.Uri | undefined {
  try {
    if (/^[a-z]:[\\/]/i.test(written) || written.startsWith('/') || written.startsWith('\\\\'))
      return vscode.Uri.file(written);
    return /^[a-z][a-z0-9+.-]+:/i.test(written) ? vscode.Uri.parse(written, true) : undefined;
  } catch (error) {
    // It looked like one and is none.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

export async function openSubject(subject: Subject): Promise<void> {
  if (subject.kind === 'text') {
    // The title becomes a path of its own: what would divide it is taken out.
    const title = subject.title.replace(/[/\\?#:]+/g, ' ').trim() || 'Minnow';
    await showPage(title, `# ${title}\n\n${fenced(subject.text, subject.languageId)}`);
    return;
  }
  const uri = vscode.Uri.parse(subject.uri);
  // What no file system has is not opened: an address of the web is none of ours.
  if ((await typeOf(uri)) === undefined) {
    const sentence = vscode.l10n.t('{0} is not there any more. It was moved or deleted.', nameOf(uri));
    void vscode.window.showWarningMessage(`Minnow: ${sentence}`);
  } else if (subject.kind === 'folder') await vscode.commands.executeCommand('revealInExplorer', uri);
  else await vscode.commands.executeCommand('vscode.open', uri, showing(subject.lines));
}

function showing(lines: readonly [first: number, last: number] | undefined): vscode.TextDocumentShowOptions {
  return lines === undefined ? {} : { selection: new vscode.Range(lines[0], 0, lines[1] + 1, 0) };
}
