/** What a person attached to a question in the editor's own chat becomes what our question is about. */
import * as vscode from 'vscode';
import type { Readable } from '../../privacy/readable';
import { linesOf } from '../actions/places';
import { codeAttachment } from '../actions/target';
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
  readable: Readable,
): Promise<Attached> {
  const found = await Promise.all(
    references.map(async (reference, at) =>
      (await isWithheld(reference, readable)) ? [] : attachmentsOf(reference, `reference-${at}`, context),
    ),
  );
  return {
    attachments: found.flatMap((each) => each ?? []),
    unread: found.filter((each) => each === undefined).length,
  };
}

/** Secret and ignored files are shown to the model only where a person has named them. */
async function isWithheld({ id, value }: vscode.ChatPromptReference, readable: Readable): Promise<boolean> {
  const uri = uriOf(value);
  if (uri === undefined || !id.startsWith(IMPLICIT)) return false;
  return !(await readable.hasShown(uri));
}

/** Undefined when it is of a kind that we do not know. */
async function attachmentsOf(
  { value, modelDescription }: vscode.ChatPromptReference,
  id: string,
  context: Pick<ChatContext, 'fromUris'>,
): Promise<readonly Attachment[] | undefined> {
  if (value instanceof vscode.Uri) return context.fromUris([value.toString()]);
  if (value instanceof vscode.Location) return locationAttachment(value);
  if (typeof value !== 'string') return undefined;
  const title = modelDescription ?? vscode.l10n.t('Attached text');
  return [{ id, label: title, detail: title, icon: 'note', subject: { kind: 'text', title, text: value } }];
}

async function locationAttachment({ uri, range }: vscode.Location): Promise<readonly Attachment[] | undefined> {
  try {
    return [await codeAttachment(uri, linesOf(range))];
  } catch (error) {
    // The document without a file was closed meanwhile, or is no text: the editor rejects with its own sentence.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function uriOf(value: unknown): vscode.Uri | undefined {
  if (value instanceof vscode.Location) return value.uri;
  return value instanceof vscode.Uri ? value : undefined;
}
