/** Over the lines of an open edit: what it is doing and what can be done with it; over each hunk: take it or leave it. */
import * as vscode from 'vscode';
import type { Edits, OpenEdit } from './edits';
import { previewOf } from './previewText';
import { stateWords } from './words';

/** The argument of a command about one hunk; without a hunk, about its whole edit. Plain data. */
export interface Aim {
  readonly uri: string;
  readonly hunk?: number;
  /** Whose hunk: a lens stays in sight for a moment after there is another proposal. */
  readonly proposal?: number;
}

/** Commands can be called by anybody with anything. */
export function isAim(value: unknown): value is Aim {
  if (typeof value !== 'object' || value === null || !('uri' in value) || typeof value.uri !== 'string') return false;
  if ('proposal' in value && !Number.isInteger(value.proposal)) return false;
  return !('hunk' in value) || Number.isInteger(value.hunk);
}

export class EditLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;

  constructor(private readonly edits: Edits) {
    this.#subscriptions = vscode.Disposable.from(
      vscode.languages.registerCodeLensProvider({ scheme: '*' }, this),
      edits.onDidChange(() => this.#changed.fire()),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const edit = this.edits.of(document.uri);
    return edit?.document === document ? lensesOf(edit) : [];
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }
}

function lensesOf(edit: OpenEdit): vscode.CodeLens[] {
  const { proposal, isRunning } = edit.session;
  if (proposal === undefined || proposal.text !== edit.document.getText()) return [];
  const { t } = vscode.l10n;
  const { document } = edit;
  const uri = document.uri.toString();
  const lens = (line: number, title: string, command: string, hunk?: number): vscode.CodeLens => {
    const at = Math.max(0, Math.min(line, document.lineCount - 1));
    const aim: Aim = { uri, proposal: proposal.serial, ...(hunk === undefined ? {} : { hunk }) };
    return new vscode.CodeLens(new vscode.Range(at, 0, at, 0), { title, command, arguments: [aim] });
  };
  const { hunks } = previewOf(proposal);
  const top = proposal.rangeNow?.first ?? hunks[0]?.old.first ?? 0;
  const state = lens(top, stateWords(edit.session, t), 'minnow.edit.show');
  const acts = isRunning
    ? [lens(top, t('Stop'), 'minnow.edit.stop')]
    : [
        lens(top, t('Accept All'), 'minnow.edit.acceptAll'),
        lens(top, t('Reject All'), 'minnow.edit.rejectAll'),
        lens(top, t('Try Again'), 'minnow.edit.retry'),
        lens(top, t('Change It Further'), 'minnow.edit.followUp'),
      ];
  const each = hunks.flatMap(({ hunk, old }) => [
    ...(hunk.removed.length === 0 ? [lens(old.first, addedWords(hunk.added), 'minnow.edit.show')] : []),
    ...(hunks.length > 1 || isRunning
      ? [
          lens(old.first, `$(check) ${t('Accept')}`, 'minnow.edit.accept', hunk.id),
          lens(old.first, `$(close) ${t('Reject')}`, 'minnow.edit.reject', hunk.id),
        ]
      : []),
  ]);
  return [state, ...acts, ...each];
}

/** Of a new line, in UTF-16 code units. */
const LONGEST = 80;

/** What only comes is told where it will come. The signs that would be drawn as an icon are not. */
function addedWords(added: readonly string[]): string {
  const line = (added.find((each) => each.trim() !== '') ?? '').trim().replace(/\s+/g, ' ').replaceAll('$(', '$ (');
  const text = line.length > LONGEST ? `${line.slice(0, LONGEST).toWellFormed()}…` : line;
  const more = added.length - 1;
  return more === 0 ? `+ ${text}` : `+ ${text} ${vscode.l10n.t('(+{0} lines)', more)}`;
}
