/** After a rename by typing, offers the same change at the other places of the name in the file. Local and without a model. */
import * as vscode from 'vscode';
import type { SettingsSource } from '../settings';
import { cursorOf, isThere, offerOf, rangeOf } from './document';
import { languageOf } from './languages';
import type { Offer } from './offer';
import type { Place } from './places';
import { Renames } from './renames';
import { Show } from './show';

/** How long typing must rest in a name for it to count as whole, in milliseconds. */
const PAUSE_MS = 1_000;
/** Longer lines are not followed, in UTF-16 code units: no one writes them by hand. */
const LONGEST_LINE = 10_000;

export class NextEdit implements vscode.Disposable {
  readonly #renames = new Renames();
  readonly #show = new Show();
  /** The editor whose typing is followed. */
  #editor: vscode.TextEditor | undefined;
  #offer: Offer | undefined;
  /** A name was changed, and nothing has been offered for it yet. */
  #isPending = false;
  #isAccepting = false;
  #pause: NodeJS.Timeout | undefined;
  readonly #subscription: vscode.Disposable;

  /** @param schemes of the documents in which somebody writes code */
  constructor(
    private readonly settings: SettingsSource,
    private readonly schemes: () => readonly string[],
  ) {
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument((event) => this.#change(event)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#move(textEditor)),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (this.#offer !== undefined && textEditor === this.#editor) this.#draw();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
      // A document whose language is changed is opened anew.
      vscode.workspace.onDidOpenTextDocument((document) => {
        const editor = vscode.window.activeTextEditor;
        if (editor?.document === document) this.#follow(editor);
      }),
      settings.onDidChange(() => this.#follow(vscode.window.activeTextEditor)),
    );
    this.#follow(vscode.window.activeTextEditor);
  }

  /** Goes to the next place; at a place changes it and goes on. */
  async accept(): Promise<void> {
    if (this.#isPending) this.#settle(false);
    const editor = this.#editor;
    if (this.#offer === undefined || editor === undefined) return;
    const here = this.#offer.placeAt(editor.document.offsetAt(editor.selection.active));
    if (here !== undefined) await this.#write(editor, [here]);
    const next = this.#next();
    if (next === undefined) {
      this.dismiss();
      return;
    }
    const at = editor.document.positionAt(next.offset);
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    this.#draw();
  }

  /** Changes all places, as one step to undo. */
  async acceptAll(): Promise<void> {
    if (this.#isPending) this.#settle(false);
    if (this.#offer === undefined || this.#editor === undefined) return;
    if (await this.#write(this.#editor, this.#offer.places)) this.dismiss();
  }

  dismiss(): void {
    clearTimeout(this.#pause);
    this.#isPending = false;
    this.#renames.forget();
    this.#end();
    if (this.#editor !== undefined) this.#renames.moveTo(cursorOf(this.#editor));
  }

  dispose(): void {
    clearTimeout(this.#pause);
    this.#end();
    this.#subscription.dispose();
    this.#show.dispose();
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    const isOn = editor !== undefined && this.settings.current.nextEdit.enabled && this.#isCode(editor.document);
    this.#editor = isOn ? editor : undefined;
    this.dismiss();
  }

  #isCode({ uri, languageId }: vscode.TextDocument): boolean {
    return this.schemes().includes(uri.scheme) && languageOf(languageId) !== undefined;
  }

  #change({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    if (document !== this.#editor?.document || contentChanges.length === 0) return;
    const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      offset: rangeOffset,
      removed: rangeLength,
      text,
    }));
    const belongs = changes.map((change) => this.#offer?.follow(change)).every((each) => each === true);
    if (this.#isAccepting) return;
    const [change, ...others] = contentChanges;
    if (change === undefined || others.length > 0 || reason !== undefined || !this.#isTyping(document, change))
      this.dismiss();
    else if (!belongs || this.#isSpoilt(change.rangeOffset)) this.#end();
    else if (this.#isPending) this.#show.hide();
    else this.#draw();
  }

  /** Whether what was typed there has made other code of the new name. */
  #isSpoilt(offset: number): boolean {
    return !this.#isPending && this.#offer?.isOrigin(offset) === true;
  }

  /** @returns whether the change is one within a line; if it is one to a name, waits for the name to be whole */
  #isTyping(document: vscode.TextDocument, { range, text }: vscode.TextDocumentContentChangeEvent): boolean {
    if (!range.isSingleLine || /[\r\n]/.test(text)) return false;
    const { line, character: start } = range.start;
    const after = document.lineAt(line).text;
    if (after.length > LONGEST_LINE) return false;
    this.#isPending = this.#renames.change({ line, start, end: range.end.character, text }, after);
    clearTimeout(this.#pause);
    if (this.#isPending) this.#pause = setTimeout(() => this.#settle(true), PAUSE_MS);
    return true;
  }

  #move(editor: vscode.TextEditor): void {
    if (editor !== this.#editor) return;
    const cursor = cursorOf(editor);
    if (editor.selections.length > 1 || cursor.text.length > LONGEST_LINE) {
      this.dismiss();
      return;
    }
    if (this.#isPending && this.#renames.isLeft(cursor)) this.#settle(false);
    this.#renames.moveTo(cursor);
    if (this.#offer !== undefined && !this.#isPending) this.#draw();
  }

  /** The name is whole, or seems so: offers the change where else the name stands. */
  #settle(isPause: boolean): void {
    clearTimeout(this.#pause);
    const rename = this.#renames.renamed(isPause);
    const document = this.#editor?.document;
    if (document === undefined || (isPause && rename === undefined)) return;
    this.#isPending = false;
    const at = rename && document.offsetAt(new vscode.Position(rename.line, rename.start));
    // The change may be one that is offered, made by hand: the rest stays offered.
    const isByHand = this.#offer !== undefined && (at === undefined || !this.#offer.isOrigin(at));
    const isSame = isByHand && (isPause || rename?.name === this.#offer?.renaming.name);
    const offer = rename && at !== undefined && !isSame ? offerOf(document, rename, at) : undefined;
    if (offer !== undefined) this.#begin(offer);
    else if (isByHand) this.#draw();
    else this.#end();
  }

  #begin(offer: Offer): void {
    if (this.#offer === undefined) void setAvailable(true);
    this.#offer = offer;
    this.#draw();
  }

  #end(): void {
    if (this.#offer === undefined) return;
    this.#offer = undefined;
    void setAvailable(false);
    this.#show.hide();
  }

  /** The first place that still holds the old name; others are dropped. */
  #next(): Place | undefined {
    const offer = this.#offer;
    const document = this.#editor?.document;
    if (offer === undefined || document === undefined) return undefined;
    for (const place of offer.places) {
      if (isThere(document, offer, place)) return place;
      offer.drop(place);
    }
    return undefined;
  }

  #draw(): void {
    const next = this.#next();
    if (next === undefined || this.#offer === undefined || this.#editor === undefined) {
      this.#end();
      return;
    }
    const { renaming, places } = this.#offer;
    const range = rangeOf(this.#editor.document, next, renaming.old);
    this.#show.show({ editor: this.#editor, range, old: renaming.old, text: next.text, count: places.length });
  }

  /** Writes the places that still hold the old name. @returns whether the editor took it */
  async #write(editor: vscode.TextEditor, places: readonly Place[]): Promise<boolean> {
    const offer = this.#offer;
    if (offer === undefined) return false;
    const still = places.filter((place) => isThere(editor.document, offer, place));
    this.#isAccepting = true;
    try {
      return await editor.edit((builder) => {
        for (const place of still) builder.replace(rangeOf(editor.document, place, offer.renaming.old), place.text);
      });
    } finally {
      this.#isAccepting = false;
      this.#renames.forget();
      this.#renames.moveTo(cursorOf(editor));
    }
  }
}

function setAvailable(isAvailable: boolean): Thenable<unknown> {
  return vscode.commands.executeCommand('setContext', 'minnow.nextEdit.available', isAvailable);
}
