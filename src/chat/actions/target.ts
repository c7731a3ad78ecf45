/** What a code action or a command is about: a part of a document, and the problems in it. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Attachment } from '../question';
import { type Lines, labelOf, linesAround, linesOf, meets, type Problem, problemsText, span } from './places';

/** Plain data: it is an argument of a command. */
export interface Target {
  readonly uri: string;
  readonly lines: Lines;
  /** In words; '' none. */
  readonly problems: string;
}

/** Of a tooltip, in UTF-16 code units. */
export const LONGEST_DETAIL = 200;

export function selectionTarget(document: vscode.TextDocument, selection: vscode.Range): Target {
  const lines = linesOf(selection);
  return { uri: document.uri.toString(), lines, problems: problemsText(problemsAt(document, lines)) };
}

/** The problems with the code around them. @param diagnostics at least one */
export function problemTarget(document: vscode.TextDocument, diagnostics: readonly vscode.Diagnostic[]): Target {
  const problems = diagnostics.map(problemOf);
  const lines = linesAround(span(problems.map((problem) => problem.lines)), document.lineCount);
  return { uri: document.uri.toString(), lines, problems: problemsText(problems) };
}

function problemsAt({ uri }: vscode.TextDocument, lines: Lines): Problem[] {
  const problems = vscode.languages.getDiagnostics(uri).filter(isProblem).map(problemOf);
  return problems.filter((problem) => meets(problem.lines, lines));
}

/** Hints are the editor's way to grey something out. */
export function isProblem({ severity }: vscode.Diagnostic): boolean {
  return severity !== vscode.DiagnosticSeverity.Hint;
}

function problemOf({ range, severity, message, source, code }: vscode.Diagnostic): Problem {
  const value = typeof code === 'object' ? code.value : code;
  const names = {
    [vscode.DiagnosticSeverity.Error]: 'error',
    [vscode.DiagnosticSeverity.Warning]: 'warning',
    [vscode.DiagnosticSeverity.Information]: 'information',
    [vscode.DiagnosticSeverity.Hint]: 'information',
  } as const;
  const origin = [source, value].filter((each) => each !== undefined).join(' ');
  return { lines: linesOf(range), severity: names[severity], message, origin };
}

/** Commands can be called by anybody with anything. */
export function isTarget(value: unknown): value is Target {
  if (typeof value !== 'object' || value === null) return false;
  if (!('lines' in value && 'problems' in value && 'uri' in value)) return false;
  const { uri, lines, problems } = value;
  const isLines = Array.isArray(lines) && lines.length === 2 && lines.every((line) => Number.isInteger(line));
  return typeof uri === 'string' && isLines && typeof problems === 'string';
}

/** The part of the document, with the problems where they are wanted. Problems are data: nothing in them is taken for a mention. */
export async function attachmentsOf({ uri, lines, problems }: Target, withProblems: boolean): Promise<Attachment[]> {
  const code = await codeAttachment(vscode.Uri.parse(uri), lines);
  return withProblems && problems !== '' ? [code, problemsAttachment(problems)] : [code];
}

/** Lines of a document. Where it has no file they are read now. */
export async function codeAttachment(uri: vscode.Uri, lines: Lines): Promise<Attachment> {
  const path = vscode.workspace.asRelativePath(uri);
  const label = labelOf(path, lines);
  const shown = { id: `${uri.toString()}#${lines.join('-')}`, label, detail: path, icon: 'code' };
  if (hasFile(uri)) return { ...shown, subject: { kind: 'file', uri: uri.toString(), lines } };
  const document = await vscode.workspace.openTextDocument(uri);
  const text = document.getText(document.validateRange(new vscode.Range(lines[0], 0, lines[1], Number.MAX_VALUE)));
  return { ...shown, subject: { kind: 'text', title: label, text, languageId: document.languageId } };
}

/** New documents and cells of a notebook have none that could be read by lines. */
function hasFile({ scheme }: vscode.Uri): boolean {
  return scheme === 'file' || vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined;
}

function problemsAttachment(text: string): Attachment {
  const label = vscode.l10n.t('Problems');
  const detail = text.slice(0, LONGEST_DETAIL);
  return { id: randomUUID(), label, detail, icon: 'warning', subject: { kind: 'text', title: label, text } };
}
