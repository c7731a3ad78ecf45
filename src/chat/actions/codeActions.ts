/** Entries of the lightbulb: on selected code, and on problems. They bring a question to the panel, or propose an edit; nothing is changed by them. */
import * as vscode from 'vscode';
import { linesOf, span } from './places';
import { isProblem, problemTarget, selectionTarget, type Target } from './target';

/** Where code actions are offered: where completion works. */
export interface Where {
  /** Asked each time: a folder of another file system may be opened meanwhile. */
  readonly schemes: () => readonly string[];
  readonly isOn: (document: vscode.TextDocument) => boolean;
}

/** A kind of its own: none of them is a refactoring that the editor could do by itself, on saving say. */
const KIND = vscode.CodeActionKind.Empty.append('minnow');

export function registerCodeActions(where: Where): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { scheme: '*' },
    {
      provideCodeActions: (document, range, context) =>
        where.schemes().includes(document.uri.scheme) && where.isOn(document)
          ? [...onProblems(document, context), ...onSelection(document, range, context)]
          : [],
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, KIND] },
  );
}

function onProblems(document: vscode.TextDocument, context: vscode.CodeActionContext): vscode.CodeAction[] {
  const diagnostics = context.diagnostics.filter(isProblem);
  if (diagnostics.length === 0 || !isWanted(vscode.CodeActionKind.QuickFix, context)) return [];
  const target = problemTarget(document, diagnostics);
  // What is around the problems the edit finds itself: the definition that they are in.
  const problems = { ...target, lines: span(diagnostics.map(({ range }) => linesOf(range))) };
  const explain =
    diagnostics.length === 1
      ? vscode.l10n.t('Explain this problem with Minnow')
      : vscode.l10n.t('Explain these problems with Minnow');
  return [
    action(vscode.l10n.t('Fix with Minnow'), vscode.CodeActionKind.QuickFix, 'minnow.edit.fix', problems, diagnostics),
    action(explain, vscode.CodeActionKind.QuickFix, 'minnow.chat.explain', target, diagnostics),
  ];
}

/** Nothing without a selection: a lightbulb on every line tells nobody anything. */
function onSelection(
  document: vscode.TextDocument,
  range: vscode.Range,
  context: vscode.CodeActionContext,
): vscode.CodeAction[] {
  if (range.isEmpty || !isWanted(KIND, context)) return [];
  const target = { ...selectionTarget(document, range), problems: '' };
  return [
    action(vscode.l10n.t('Explain with Minnow'), KIND.append('explain'), 'minnow.chat.explain', target),
    action(vscode.l10n.t('Document with Minnow'), KIND.append('document'), 'minnow.edit.document', target),
    action(vscode.l10n.t('Write tests with Minnow'), KIND.append('tests'), 'minnow.edit.tests', target),
  ];
}

function isWanted(kind: vscode.CodeActionKind, { only }: vscode.CodeActionContext): boolean {
  return only === undefined || only.contains(kind) || kind.contains(only);
}

function action(
  title: string,
  kind: vscode.CodeActionKind,
  command: string,
  target: Target,
  diagnostics: vscode.Diagnostic[] = [],
): vscode.CodeAction {
  const made = new vscode.CodeAction(title, kind);
  made.command = { title, command, arguments: [target] };
  made.diagnostics = diagnostics;
  return made;
}
