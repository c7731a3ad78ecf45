/** How edits begin: by an instruction that is typed, or by one that is ready. */
import * as vscode from 'vscode';
import type { ContextItem } from '../../server/chatProtocol';
import type { LineRange } from '../../server/editProtocol';
import { ChatError } from '../client/chatClient';
import type { EditClient } from '../client/editClient';
import { whyNot } from './accepting';
import { problemsIn, problemsItem, rangeAround, rangeInEditor, targetOf } from './aiming';
import type { OpenEdit } from './edits';
import type { InputParts, InstructionInput } from './input';
import { expanded, READY, type Slash } from './instructions';
import { linesOf } from './lines';
import type { Running } from './running';
import { commentAbove, isGenerating } from './target';

export interface StartingParts {
  readonly client: EditClient;
  readonly running: Running;
  readonly input: InstructionInput;
  /** Of documents in which somebody writes. */
  readonly schemes: readonly string[];
}

/** A part of a document, and what is wrong there. Plain data: it is an argument of a command. */
export interface GivenTarget {
  readonly uri: string;
  /** From 0, the end included. */
  readonly lines: readonly [first: number, last: number];
  /** In words; '' none. */
  readonly problems: string;
}

/** Wait so long before the model is warmed up: one who hits the key by mistake leaves at once. In milliseconds. */
const WARM_AFTER_MS = 150;

/** Asks for an instruction about the selection, or what the cursor is in, and begins. */
export async function start(parts: StartingParts): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !(await mayEdit(editor.document, parts))) return;
  const { document } = editor;
  const range = await rangeInEditor(editor, parts.client);
  const instruction = await askAt(editor, range, parts);
  if (instruction === undefined) return;
  const context = instruction.startsWith('/fix') ? problemsIn(document, range) : [];
  if (instruction.startsWith('/tests')) return tests(document, range, expanded(instruction), parts);
  await parts.running.begin({ document, range, instruction: expanded(instruction), context });
}

/** Begins with a ready instruction. @param given by a code action; menus give something else, which is ignored */
export async function startReady(slash: Slash, given: unknown, parts: StartingParts): Promise<void> {
  const aim = isGivenTarget(given) ? await givenRange(slash, given, parts) : await activeRange(parts);
  if (aim === undefined || !(await mayEdit(aim.document, parts))) return;
  const { document, range } = aim;
  if (slash === '/tests') return tests(document, range, READY[slash], parts);
  const problems = isGivenTarget(given) && given.problems !== '' ? [problemsItem(given.problems)] : undefined;
  const context = slash === '/fix' ? (problems ?? problemsIn(document, range)) : [];
  await parts.running.begin({ document, range, instruction: READY[slash], context });
}

/** Asks what should change further in what is proposed. */
export async function startFollowUp(edit: OpenEdit, parts: StartingParts): Promise<void> {
  const { t } = vscode.l10n;
  const instruction = await parts.input.ask({
    title: t('Change It Further'),
    placeholder: t('What should be different in what is proposed?'),
    hasCode: false,
  });
  if (instruction !== undefined) await parts.running.followUp(edit, expanded(instruction));
}

/** Tests come to a file of their own, which the person keeps where tests are kept. */
async function tests(
  code: vscode.TextDocument,
  { first, count }: LineRange,
  instruction: string,
  { running }: StartingParts,
): Promise<void> {
  const { languageId } = code;
  const title = vscode.workspace.asRelativePath(code.uri, false);
  const last = Math.min(first + count, code.lineCount) - 1;
  const text = code.getText(new vscode.Range(first, 0, last, Number.MAX_SAFE_INTEGER));
  const context: ContextItem[] = [{ id: 'code', title, text, languageId, priority: 1 }];
  const document = await vscode.workspace.openTextDocument({ language: languageId, content: '' });
  await vscode.window.showTextDocument(document);
  const range = { first: 0, count: 1 };
  await running.begin({ document, range, instruction: `${instruction} It is in ${title}.`, context });
}

async function askAt(editor: vscode.TextEditor, range: LineRange, parts: StartingParts): Promise<string | undefined> {
  const { document } = editor;
  const meant = markMeant(editor, range);
  const reading = new AbortController();
  const warming = setTimeout(() => void warm(parts.client, document, range, reading.signal), WARM_AFTER_MS);
  const instruction = await parts.input.ask(inputFor(document, range));
  clearTimeout(warming);
  // What was read for an edit that comes is not in vain.
  if (instruction === undefined) reading.abort();
  meant.dispose();
  return instruction;
}

async function warm(
  client: EditClient,
  document: vscode.TextDocument,
  range: LineRange,
  signal: AbortSignal,
): Promise<void> {
  try {
    await client.warm(targetOf(document, range, []), signal);
  } catch (error) {
    // The edit itself will meet the same, and tell.
    if (!(error instanceof ChatError)) throw error;
  }
}

function inputFor(document: vscode.TextDocument, range: LineRange): InputParts {
  const { t } = vscode.l10n;
  const lines = linesOf(document.getText());
  const { first, count } = range;
  const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
  const where = count > 1 ? `${name}:${first + 1}-${first + count}` : `${name}:${first + 1}`;
  if (!isGenerating(lines, range))
    return { title: t('Edit {0}', where), placeholder: t('What should change?'), hasCode: true };
  const comment = commentAbove(lines, first);
  const suggested =
    comment === undefined ? undefined : { label: comment, description: t('the comment above'), instruction: comment };
  const parts = { title: t('Write at {0}', where), placeholder: t('What shall be written here?'), hasCode: false };
  return suggested === undefined ? parts : { ...parts, suggested };
}

/** Marks the lines that the instruction will be about. */
function markMeant(editor: vscode.TextEditor, { first, count }: LineRange): vscode.Disposable {
  const style = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    borderColor: new vscode.ThemeColor('focusBorder'),
    borderStyle: 'solid',
    borderWidth: '0 0 0 2px',
  });
  const { document } = editor;
  const last = Math.min(first + Math.max(1, count), document.lineCount) - 1;
  editor.setDecorations(style, [new vscode.Range(Math.min(first, last), 0, last, 0)]);
  return style;
}

async function mayEdit(document: vscode.TextDocument, { schemes }: StartingParts): Promise<boolean> {
  const { t } = vscode.l10n;
  const why = await whyNot(document, schemes);
  const name = vscode.workspace.asRelativePath(document.uri);
  if (why === 'readOnly') say(t('{0} cannot be changed. Open a file that can.', name));
  if (why === 'large') say(t('{0} is too large for an edit. Copy the part that matters into a file of its own.', name));
  return why === undefined;
}

interface Aimed {
  readonly document: vscode.TextDocument;
  readonly range: LineRange;
}

async function activeRange({ client }: StartingParts): Promise<Aimed | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor) return { document: editor.document, range: await rangeInEditor(editor, client) };
  say(vscode.l10n.t('There is no code to edit. Open a file and select the code.'));
  return undefined;
}

async function givenRange(slash: Slash, { uri, lines }: GivenTarget, { client }: StartingParts): Promise<Aimed> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const range = { first: lines[0], count: lines[1] - lines[0] + 1 };
  return { document, range: slash === '/fix' ? await rangeAround(document, range, client) : range };
}

/** Commands can be called by anybody with anything. */
function isGivenTarget(value: unknown): value is GivenTarget {
  if (typeof value !== 'object' || value === null) return false;
  if (!('lines' in value && 'problems' in value && 'uri' in value)) return false;
  const { uri, lines, problems } = value;
  const isLines = Array.isArray(lines) && lines.length === 2 && lines.every((line) => Number.isInteger(line));
  return typeof uri === 'string' && isLines && typeof problems === 'string';
}

function say(sentence: string): void {
  void vscode.window.showInformationMessage(`Minnow: ${sentence}`);
}
