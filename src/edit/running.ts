/** Edits from their beginning to their end as a person sees it: begun, told of, taken, left, asked again. */
import * as vscode from 'vscode';
import { failureSentence } from '../errors';
import { accept } from './accepting';
import type { EditAsk, Edits, OpenEdit } from './edits';
import type { Preview } from './preview';
import { brokenSentence, failureWords, noteSentence } from './words';

export class Running implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;

  constructor(
    private readonly edits: Edits,
    private readonly preview: Preview,
    private readonly log: Pick<vscode.LogOutputChannel, 'info'>,
  ) {
    const warned = new Set<OpenEdit>();
    this.#subscription = vscode.Disposable.from(
      edits.onDidLose((edit) => void this.#closed(edit)),
      edits.onDidChange((edit) => {
        if (!edits.isOpen(edit) || !edit.session.isBroken) warned.delete(edit);
        else if (!warned.has(edit)) {
          warned.add(edit);
          void this.#warn(edit, brokenSentence(vscode.l10n.t));
        }
      }),
    );
  }

  /**
   * What is proposed and neither taken nor rejected is the person's: nothing takes its place unasked. The lines that another edit is about are
   * to be told after this, for it may take long.
   *
   * @returns whether another edit may begin in a document; one that was open is over then
   */
  async makeRoom(document: vscode.TextDocument): Promise<boolean> {
    const edit = this.edits.of(document.uri);
    if (edit === undefined || !edit.session.isAtStake) return true;
    const { t } = vscode.l10n;
    const question = t(
      '{0} has an edit that is neither accepted nor rejected. Replace it by another one?',
      nameOf(document),
    );
    const [show, replace] = [t('Show the Open Edit'), t('Replace')];
    const chosen = await vscode.window.showWarningMessage(`Minnow: ${question}`, { modal: true }, show, replace);
    // Meanwhile it may have ended by itself, and another one have begun.
    if (chosen === show && this.edits.isOpen(edit)) await this.preview.show(edit);
    if (chosen !== replace) return false;
    if (this.edits.isOpen(edit)) await this.reject(edit, 'all');
    return this.makeRoom(document);
  }

  async begin(ask: EditAsk): Promise<void> {
    await this.#told(await this.edits.begin(ask));
  }

  /** @param ids hunks; all that are open */
  async accept(edit: OpenEdit, ids: readonly number[] | 'all'): Promise<void> {
    const { t } = vscode.l10n;
    const open = edit.session.proposal?.hunks.filter(({ state }) => state === 'open' || state === 'lost') ?? [];
    const began = performance.now();
    const { outcome, refused, writtenIn = 0 } = await accept(edit, ids);
    const took = performance.now() - began;
    this.log.info(
      `Accepted changes: ${outcome}, in ${took.toFixed(1)} ms, ${writtenIn.toFixed(1)} ms of them the editor's`,
    );
    if (edit.session.phase === 'settled') return this.finish(edit);
    const text = open.flatMap(({ added }) => added).join('\n');
    if (outcome === 'readOnly') return this.#offerCopy(t('This file cannot be changed.'), text);
    if (outcome === 'changed')
      return this.#refuse(edit, t('The file has just changed, so nothing was done. Try again.'), text);
    const lost = refused.filter(({ why }) => why === 'lost').map(({ id }) => id);
    if (lost.length === 0) return;
    const lines = open.filter(({ id }) => lost.includes(id)).flatMap(({ added }) => added);
    await this.#refuse(
      edit,
      t('Changes that were not applied, because their lines were edited meanwhile: {0}.', lost.length),
      lines.join('\n'),
    );
  }

  async reject(edit: OpenEdit, ids: readonly number[] | 'all'): Promise<void> {
    const { session } = edit;
    if (ids === 'all' && session.isRunning) session.dispose();
    session.reject(ids);
    if (ids === 'all' || session.phase === 'settled') await this.finish(edit);
  }

  /** Closes what shows the edit, and goes back to where it was begun. */
  async finish(edit: OpenEdit): Promise<void> {
    const { document, viewColumn } = edit;
    const wasHere = await this.preview.hide(edit);
    this.edits.close(edit);
    if (wasHere && document.uri.scheme !== 'vscode-notebook-cell' && !document.isClosed)
      await vscode.window.showTextDocument(document, { viewColumn: viewColumn ?? vscode.ViewColumn.Active });
    selectAgain(edit);
  }

  async retry(edit: OpenEdit): Promise<void> {
    if (this.edits.isOpen(edit)) await this.#again(edit, edit.session.retry());
  }

  async followUp(edit: OpenEdit, instruction: string): Promise<void> {
    // It may have ended while the instruction was typed.
    if (this.edits.isOpen(edit)) await this.#again(edit, edit.session.followUp(instruction));
    else this.#lost();
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #again(edit: OpenEdit, running: Promise<void> | undefined): Promise<void> {
    if (running === undefined && edit.session.isRunning) return;
    if (running === undefined) return this.#lost();
    await running;
    await this.#told(edit);
  }

  /** Says how it went, where it did not just go well. */
  async #told(edit: OpenEdit): Promise<void> {
    if (!this.edits.isOpen(edit) || edit.session.isRunning) return;
    const { t } = vscode.l10n;
    const { session } = edit;
    const { failure, notes } = session;
    const isEmpty = session.phase === 'settled' || session.proposal === undefined;
    if (isEmpty) await this.finish(edit);
    if (failure) return this.#failed(failureWords(failure, failureSentence, t), failure.code);
    const [first] = notes.filter((note) => note !== 'cut' || !isEmpty);
    if (first !== undefined) await this.#warn(edit, noteSentence(first, t));
  }

  async #failed(sentence: string, code: string): Promise<void> {
    const choose = vscode.l10n.t('Choose a Model');
    const log = vscode.l10n.t('Show Log');
    const chosen = await vscode.window.showErrorMessage(
      `Minnow: ${sentence}`,
      ...(code === 'none' || code === 'noChat' ? [choose] : code === 'tooLong' || code === 'restricted' ? [] : [log]),
    );
    if (chosen === choose) await vscode.commands.executeCommand('minnow.model.chooseChat');
    if (chosen === log) await vscode.commands.executeCommand('minnow.showLog');
  }

  async #warn(edit: OpenEdit, sentence: string): Promise<void> {
    const again = vscode.l10n.t('Try Again');
    const chosen = await vscode.window.showWarningMessage(`Minnow: ${sentence}`, again);
    if (chosen !== again) return;
    if (this.edits.isOpen(edit)) return this.retry(edit);
    if (!(await this.makeRoom(edit.document))) return;
    // It proposed nothing, and so was closed.
    if (edit.document.getText() !== edit.session.proposal?.text) return this.#lost();
    await this.begin({ ...edit.ask, tries: (edit.ask.tries ?? 0) + 1 });
  }

  async #refuse(edit: OpenEdit, sentence: string, text: string): Promise<void> {
    const again = vscode.l10n.t('Try Again');
    const copy = vscode.l10n.t('Copy the New Text');
    const chosen = await vscode.window.showWarningMessage(`Minnow: ${sentence}`, again, copy);
    if (chosen === again) await this.retry(edit);
    if (chosen === copy) await vscode.env.clipboard.writeText(text);
  }

  /** What was proposed is not lost with the file's tab. */
  async #closed({ document, session }: OpenEdit): Promise<void> {
    const { proposal } = session;
    if (proposal?.hunks.every(({ state }) => state !== 'open') !== false) return;
    const sentence = vscode.l10n.t('{0} was closed, and its edit with it.', nameOf(document));
    await this.#offerCopy(sentence, proposal.result?.join('\n') ?? '');
  }

  async #offerCopy(sentence: string, text: string): Promise<void> {
    const copy = vscode.l10n.t('Copy the New Text');
    const chosen = await vscode.window.showWarningMessage(`Minnow: ${sentence}`, copy);
    if (chosen === copy) await vscode.env.clipboard.writeText(text);
  }

  #lost(): void {
    const sentence = vscode.l10n.t('It is not clear any more where this edit belongs. Select the lines and ask again.');
    void vscode.window.showInformationMessage(`Minnow: ${sentence}`);
  }
}

/** What was selected is so again where nothing was changed, and the cursor was not moved. */
function selectAgain({ document, selected }: OpenEdit): void {
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document && each.viewColumn);
  if (editor === undefined || selected === undefined || document.version !== selected.version) return;
  const { selection } = editor;
  if (selection.isEmpty && selection.active.isEqual(selected.selection.start)) editor.selection = selected.selection;
}

function nameOf({ uri }: vscode.TextDocument): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
