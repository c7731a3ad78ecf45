/** The lines that an edit will be about before it begins: what the person is in, or what a code action names. */
import * as vscode from 'vscode';
import type { LineRange } from '../../server/editProtocol';
import type { EditClient } from '../client/editClient';
import { closedSentence } from '../privacy/sentences';
import { mayGoOn } from '../trust';
import { whyNot } from './accepting';
import { rangeAround, rangeInEditor } from './aiming';
import { changesOf } from './edits';
import type { Slash } from './instructions';
import { Following } from './tracking';

export interface MeantParts {
  readonly client: EditClient;
  /** Of documents in which somebody writes. */
  readonly schemes: readonly string[];
  /** Whether a `.minnowignore` names a file. */
  readonly isClosed: (uri: vscode.Uri) => Promise<boolean>;
}

/** A part of a document, and what is wrong there. Plain data: it is an argument of a command. */
export interface GivenTarget {
  readonly uri: string;
  /** From 0, the end included. */
  readonly lines: readonly [first: number, last: number];
  /** In words; '' none. */
  readonly problems: string;
}

/** Lines of a document, followed where it changes. */
export class Meant implements vscode.Disposable {
  readonly #following: Following;
  readonly #subscription: vscode.Disposable;

  constructor(
    readonly document: vscode.TextDocument,
    range: LineRange,
  ) {
    this.#following = new Following(document.getText(), range);
    this.#subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document) this.#following.change(changesOf(event.contentChanges), document.getText());
    });
  }

  /** The lines as they are now; undefined where they cannot be told any more. */
  get range(): LineRange | undefined {
    return this.document.isClosed ? undefined : this.#following.range;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** Where nothing can be edited, says why. @param slash what will be done */
export async function meantIn(
  editor: vscode.TextEditor,
  { client, schemes, isClosed }: MeantParts,
  slash?: Slash,
): Promise<Meant | undefined> {
  const { document } = editor;
  return (await mayEdit(document, { schemes, isClosed }, slash))
    ? new Meant(document, await rangeInEditor(editor, client))
    : undefined;
}

export async function activeMeant(slash: Slash, parts: MeantParts): Promise<Meant | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor) return meantIn(editor, parts, slash);
  say(vscode.l10n.t('There is no code to edit. Open a file and select the code.'));
  return undefined;
}

export async function givenMeant(
  slash: Slash,
  { uri, lines }: GivenTarget,
  { client, schemes, isClosed }: MeantParts,
): Promise<Meant | undefined> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  if (!(await mayEdit(document, { schemes, isClosed }, slash))) return undefined;
  const range = { first: lines[0], count: lines[1] - lines[0] + 1 };
  return new Meant(document, slash === '/fix' ? await rangeAround(document, range, client) : range);
}

/** Tests are written into a file of their own, so what they are for need not be one that can be changed. */
async function mayEdit(
  document: vscode.TextDocument,
  { schemes, isClosed }: Omit<MeantParts, 'client'>,
  slash: Slash | undefined,
): Promise<boolean> {
  if (!mayGoOn()) return false;
  const { t } = vscode.l10n;
  const why = await whyNot(document, schemes);
  const name = vscode.workspace.asRelativePath(document.uri);
  if (await isClosed(document.uri)) {
    say(closedSentence(name));
    return false;
  }
  if (why === 'large') say(t('{0} is too large for an edit. Copy the part that matters into a file of its own.', name));
  if (why !== 'readOnly') return why === undefined;
  if (slash !== '/tests') say(t('{0} cannot be changed. Open a file that can.', name));
  return slash === '/tests';
}

/** Commands can be called by anybody with anything. */
export function isGivenTarget(value: unknown): value is GivenTarget {
  if (typeof value !== 'object' || value === null) return false;
  if (!('lines' in value && 'problems' in value && 'uri' in value)) return false;
  const { uri, lines, problems } = value;
  const isLines =
    Array.isArray(lines) && lines.length === 2 && lines.every((line) => Number.isInteger(line) && line >= 0);
  return typeof uri === 'string' && isLines && typeof problems === 'string';
}

export function say(sentence: string): void {
  void vscode.window.showInformationMessage(`Minnow: ${sentence}`);
}
