/** What a person attached to a question in the editor's own chat becomes what our question is about. */
import * as vscode from 'vscode';
import { notIgnored } from '../../ignored';
import { isSecretFile } from '../../secretFiles';
import type { ChatContext } from '../context';
import type { Attachment } from '../question';

export interface Attached {
  readonly attachments: readonly Attachment[];
  /** How many were of a kind that we cannot read: pictures, and what the future brings. */
  readonly unread: number;
}

/** What the editor adds by itself has such an identifier; all else a person has named. */
const IMPLICIT = 'vscode.implicit';

export async function attached(
  references: readonly vscode.ChatPromptReference[],
  context: Pick<ChatContext, 'fromUris'>,
): Promise<Attached> {
  const found = await Promise.all(
    references.map(async (reference, at) =>
      (await isWithheld(reference)) ? [] : attachmentsOf(reference, `reference-${at}`, context),
    ),
  );
  return {
    attachments: found.flatMap((each) => each ?? []),
    unread: found.filter((each) => each === undefined).length,
  };
}

/** Secret and ignored files are shown to the model only where a person has named them. */
async function isWithheld({ id, value }: vscode.ChatPromptReference): Promise<boolean> {
  const uri = uriOf(value);
  if (uri === undefined || !id.startsWith(IMPLICIT)) return false;
  return isSecretFile(uri.path) || (await notIgnored([{ uri }])).length === 0;
}

/** Undefined when it is of a kind that we do not know. */
async function attachmentsOf(
  { value, modelDescription }: vscode.ChatPromptReference,
  id: string,
  context: Pick<ChatContext, 'fromUris'>,
): Promise<readonly Attachment[] | undefined> {
  if (value instanceof vscode.Uri) return context.fromUris([value.toString()]);
  if (value instanceof vscode.Location) return [fileAttachment(value, id)];
  if (typeof value !== 'string') return undefined;
  const title = modelDescription ?? vscode.l10n.t('Attached text');
  return [{ id, label: title, detail: title, icon: 'note', subject: { kind: 'text', title, text: value } }];
}

function fileAttachment({ uri, range }: vscode.Location, id: string): Attachment {
  const lines = [range.start.line, range.end.line] as const;
  const path = vscode.workspace.asRelativePath(uri);
  return {
    id,
    label: `${path.slice(path.lastIndexOf('/') + 1)}:${lines[0] + 1}-${lines[1] + 1}`,
    detail: path,
    icon: 'file',
    subject: { kind: 'file', uri: uri.toString(), lines },
  };
}

function uriOf(value: unknown): vscode.Uri | undefined {
  if (value instanceof vscode.Location) return value.uri;
  return value instanceof vscode.Uri ? value : undefined;
}
