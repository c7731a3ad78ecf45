/** The commands of edits, and all that stands behind them. */
import * as vscode from 'vscode';
import type { EditClient } from '../client/editClient';
import type { SettingsSource } from '../settings';
import { type Apply, applierOf } from './applyBlock';
import { EditLenses, isAim } from './codeLens';
import { Edits, type OpenEdit } from './edits';
import { InstructionInput } from './input';
import type { Slash } from './instructions';
import { Marks } from './marks';
import { Preview, SCHEME } from './preview';
import { hunkAt, nextHunk, previewOf } from './previewText';
import { Running } from './running';
import { Shown } from './shown';
import { type StartingParts, start, startFollowUp, startReady } from './starting';

export interface EditParts {
  readonly client: EditClient;
  readonly settings: SettingsSource;
  readonly memory: vscode.Memento;
  /** Of documents in which somebody writes. */
  readonly schemes: readonly string[];
  /** Whether a `.minnowignore` names a file. */
  readonly isClosed: (uri: vscode.Uri) => Promise<boolean>;
  /** What the project wants of all that is written for a document; '' nothing. */
  readonly instructions: (document: vscode.TextDocument) => Promise<string>;
  readonly log: Pick<vscode.LogOutputChannel, 'info'>;
}

export interface RegisteredEdits extends vscode.Disposable {
  /** Puts a block of code where it belongs in a file, as an edit that is proposed. */
  readonly apply: Apply;
}

export function registerEdits({
  client,
  settings,
  memory,
  schemes,
  isClosed,
  instructions,
  log,
}: EditParts): RegisteredEdits {
  const edits = new Edits({ client, settings });
  const preview = new Preview(edits, () => settings.current.edit.comparison);
  const running = new Running(edits, preview, log);
  const starting = {
    client,
    running,
    input: new InstructionInput(memory, () => settings.current.chat.history),
    schemes,
    isClosed,
    instructions,
  };
  const subscriptions = vscode.Disposable.from(
    edits,
    preview,
    running,
    new Marks(edits),
    new EditLenses(edits),
    new Shown(edits, preview),
    registerBeginnings(starting, preview),
    registerActs(edits, preview, running, starting),
  );
  return { apply: applierOf({ client, running, schemes, isClosed }), dispose: () => subscriptions.dispose() };
}

function registerBeginnings(parts: StartingParts, preview: Preview): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  const begin = () => {
    const edit = preview.editOf(vscode.window.activeTextEditor?.document.uri);
    if (edit === undefined) return start(parts);
    return edit.session.isRunning ? preview.show(edit) : startFollowUp(edit, parts);
  };
  const ready = (slash: Slash) => (given: unknown) => startReady(slash, given, parts);
  return vscode.Disposable.from(
    registerCommand('minnow.edit.start', begin),
    registerCommand('minnow.edit.fix', ready('/fix')),
    registerCommand('minnow.edit.document', ready('/doc')),
    registerCommand('minnow.edit.types', ready('/types')),
    registerCommand('minnow.edit.tests', ready('/tests')),
  );
}

function registerActs(edits: Edits, preview: Preview, running: Running, starting: StartingParts): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  const on = (act: (edit: OpenEdit, given: unknown) => unknown) => (given: unknown) => {
    const edit = aimedAt(given, edits, preview);
    return edit && act(edit, given);
  };
  const each = (settle: (edit: OpenEdit, ids: readonly number[]) => Promise<void>) =>
    on((edit, given) => settleOne(edit, given, (ids) => settle(edit, ids)));
  const all = (settle: (edit: OpenEdit, ids: 'all') => Promise<void>) => on((edit) => settle(edit, 'all'));
  const accept = running.accept.bind(running);
  const reject = running.reject.bind(running);
  const followUp = on((edit) => startFollowUp(edit, starting));
  const stop = on(({ session }) => session.stop());
  const goBy = (step: 1 | -1) => on((edit) => go(edit, step));
  return vscode.Disposable.from(
    registerCommand('minnow.edit.show', on(preview.show.bind(preview))),
    registerCommand('minnow.edit.accept', each(accept)),
    registerCommand('minnow.edit.reject', each(reject)),
    registerCommand('minnow.edit.acceptAll', all(accept)),
    registerCommand('minnow.edit.rejectAll', all(reject)),
    registerCommand('minnow.edit.retry', on(running.retry.bind(running))),
    registerCommand('minnow.edit.followUp', followUp),
    registerCommand('minnow.edit.stop', stop),
    registerCommand('minnow.edit.next', goBy(1)),
    registerCommand('minnow.edit.previous', goBy(-1)),
  );
}

/** The edit of a lens, of an editor's title, of the editor that the person is in; else the only one. */
function aimedAt(given: unknown, edits: Edits, preview: Preview): OpenEdit | undefined {
  if (isAim(given)) {
    const edit = edits.of(vscode.Uri.parse(given.uri));
    return given.proposal === undefined || edit?.session.proposal?.serial === given.proposal ? edit : undefined;
  }
  const here = preview.editOf(given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri);
  return here ?? (edits.all.length === 1 ? edits.all[0] : undefined);
}

/** The hunk of a lens, else the one at the cursor; the cursor goes on to the next one. */
async function settleOne(
  edit: OpenEdit,
  given: unknown,
  settle: (ids: readonly number[]) => Promise<void>,
): Promise<void> {
  const id = isAim(given) ? given.hunk : hunkHere(edit)?.hunk.id;
  if (id === undefined) return;
  await settle([id]);
  if (edit.session.phase !== 'settled') go(edit, 0);
}

function hunkHere(edit: OpenEdit) {
  const { hunks, line, side } = here(edit);
  return hunkAt(hunks, line, side);
}

/** @param step 0: to the one at the cursor */
function go(edit: OpenEdit, step: 1 | 0 | -1): void {
  const { editor, hunks, line, side } = here(edit);
  const to = step === 0 ? hunkAt(hunks, line, side) : nextHunk(hunks, line, side, step);
  if (editor === undefined || to === undefined) return;
  const at = editor.document.validatePosition(new vscode.Position(to[side].first, 0));
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Where the person is in the edit: in the document, or in what it becomes. */
function here({ document, session }: OpenEdit) {
  const active = vscode.window.activeTextEditor;
  const side: 'old' | 'new' = active?.document.uri.scheme === SCHEME ? 'new' : 'old';
  const editor = side === 'new' || active?.document === document ? active : undefined;
  const hunks = session.proposal === undefined ? [] : previewOf(session.proposal).hunks;
  return { editor, hunks, line: editor?.selection.active.line ?? 0, side };
}
