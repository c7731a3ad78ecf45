/** What an edit that is to begin is about: the lines and the context, told from the editor. */
import * as vscode from 'vscode';
import type { ContextItem } from '../../server/chatProtocol';
import type { EditTarget, LineRange, NamedRange } from '../../server/editProtocol';
import { ChatError } from '../client/chatClient';
import type { EditClient } from '../client/editClient';
import { linesOf } from './lines';
import { linesOfSelection, rangeAtCursor, rangeOfProblem } from './target';

/** How long the input waits to know the definition around the cursor, in milliseconds. */
const PATIENCE_MS = 300;

export async function rangeInEditor(
  editor: vscode.TextEditor,
  client: Pick<EditClient, 'outline'>,
): Promise<LineRange> {
  const names = editor.selection.isEmpty ? await namesIn(editor.document, client) : [];
  // Nothing is awaited any more: the selection is one in the text as it is.
  const { document, selection } = editor;
  if (!selection.isEmpty) return linesOfSelection(selection.start, selection.end);
  return rangeAtCursor(linesOf(document.getText()), selection.active.line, names);
}

/** The definition around a problem, or the lines around it. */
export async function rangeAround(
  document: vscode.TextDocument,
  range: LineRange,
  client: Pick<EditClient, 'outline'>,
): Promise<LineRange> {
  return rangeOfProblem(linesOf(document.getText()), range, await namesIn(document, client));
}

/** None where no grammar knows the language, nobody answers in time, or the document changes meanwhile. */
export async function namesIn(
  document: vscode.TextDocument,
  client: Pick<EditClient, 'outline'>,
): Promise<readonly NamedRange[]> {
  const { version } = document;
  const names = await namesOf(document.languageId, document.getText(), client);
  return document.version === version ? names : [];
}

export async function namesOf(
  languageId: string,
  text: string,
  client: Pick<EditClient, 'outline'>,
): Promise<readonly NamedRange[]> {
  try {
    return (await client.outline(languageId, withLf(text), AbortSignal.timeout(PATIENCE_MS))).names;
  } catch (error) {
    if (error instanceof ChatError) return [];
    throw error;
  }
}

export function targetOf(document: vscode.TextDocument, range: LineRange, context: readonly ContextItem[]): EditTarget {
  const path = vscode.workspace.asRelativePath(document.uri, false);
  return { path, languageId: document.languageId, text: withLf(document.getText()), range, context };
}

/** What is wrong in the lines, as the language's extensions tell it; it is data, and nothing that is asked. */
export function problemsIn(document: vscode.TextDocument, range: LineRange | undefined): ContextItem[] {
  if (range === undefined) return [];
  const { first, count } = range;
  const problems = vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ severity }) => severity !== vscode.DiagnosticSeverity.Hint)
    .filter(({ range: { start, end } }) => start.line < first + count && end.line >= first)
    .slice(0, MOST_PROBLEMS)
    .map(
      ({ range: { start }, message }) => `Line ${start.line + 1}: ${message.slice(0, LONGEST_MESSAGE).toWellFormed()}`,
    );
  return problems.length === 0 ? [] : [problemsItem(problems.join('\n'))];
}

export function problemsItem(text: string): ContextItem {
  return { id: 'problems', title: 'Problems', text, priority: 1 };
}

/** Of less weight than what else is given with an instruction, and always before it: the model has read it by then. */
export function instructionsItem(text: string): ContextItem[] {
  const title = "The project's own instructions, to be followed";
  return text === '' ? [] : [{ id: 'instructions', title, text, priority: 0 }];
}

const MOST_PROBLEMS = 20;
const LONGEST_MESSAGE = 1_000;

function withLf(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
