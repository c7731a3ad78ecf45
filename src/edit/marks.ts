/** What an edit would change, marked in the editor itself: what goes in the colours of comparisons, what comes behind it in a few words. */
import * as vscode from 'vscode';
import type { Edits, OpenEdit } from './edits';
import { previewOf, type ShownHunk } from './previewText';
import { pairsOf, wordDiff } from './wordDiff';

/** Of a new line shown behind an old one, in UTF-16 code units. */
const LONGEST = 120;
/** So many lines of a hunk are told in the editor, word by word and with a hover; a hundred fill any screen, and each costs the window a rule of style. */
const MOST_TOLD = 100;
/** Of all hovers of a hunk together, in UTF-16 code units. */
const MOST_HOVER = 100_000;
const NO_BREAK_SPACE = '\u00a0';

interface Styles {
  readonly range: vscode.TextEditorDecorationType;
  readonly removed: vscode.TextEditorDecorationType;
  readonly words: vscode.TextEditorDecorationType;
  readonly added: vscode.TextEditorDecorationType;
}

export class Marks implements vscode.Disposable {
  #styles = stylesFor(vscode.window.activeColorTheme.kind);
  readonly #subscriptions: vscode.Disposable;

  constructor(private readonly edits: Edits) {
    this.#subscriptions = vscode.Disposable.from(
      edits.onDidChange((edit) => this.#draw(edit)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#drawAll()),
      vscode.window.onDidChangeActiveColorTheme(({ kind }) => {
        disposeAll(this.#styles);
        this.#styles = stylesFor(kind);
        this.#drawAll();
      }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    disposeAll(this.#styles);
  }

  #drawAll(): void {
    for (const edit of this.edits.all) this.#draw(edit);
  }

  /** In the editors of the document; the sides of a comparison have colours of their own. */
  #draw(edit: OpenEdit): void {
    const editors = vscode.window.visibleTextEditors.filter((each) => each.document === edit.document);
    const { proposal, isRunning } = edit.session;
    const isOpen = this.edits.isOpen(edit) && proposal?.text === edit.document.getText();
    const hunks = isOpen && proposal ? previewOf(proposal).hunks : [];
    const range = isOpen && isRunning ? proposal?.rangeNow : undefined;
    for (const editor of editors) {
      const { document } = editor;
      const isPlain = editor.viewColumn !== undefined;
      const shown = isPlain ? hunks : [];
      editor.setDecorations(
        this.#styles.removed,
        shown.flatMap((each) => removedLines(document, each)),
      );
      editor.setDecorations(
        this.#styles.words,
        shown.flatMap((each) => removedWords(document, each)),
      );
      editor.setDecorations(
        this.#styles.added,
        shown.flatMap((each) => addedText(document, each)),
      );
      const lines = range && isPlain && range.count > 0 ? [rangeOf(document, range.first, range.count)] : [];
      editor.setDecorations(this.#styles.range, lines);
    }
  }
}

function removedLines(document: vscode.TextDocument, { old }: ShownHunk): vscode.Range[] {
  return old.count === 0 ? [] : [rangeOf(document, old.first, old.count)];
}

function removedWords(document: vscode.TextDocument, { old, hunk }: ShownHunk): vscode.Range[] {
  return toldPairs(hunk).flatMap(([from, to]) => {
    const line = Math.min(old.first + from, document.lineCount - 1);
    const { removed } = wordDiff(hunk.removed[from] ?? '', hunk.added[to] ?? '');
    return removed.map(({ start, end }) => new vscode.Range(line, start, line, end));
  });
}

/** Behind each removed line the one that takes its place, in full in the hover. What only comes is told by a lens (`codeLens.ts`), where it will come. */
function addedText(document: vscode.TextDocument, { old, hunk }: ShownHunk): vscode.DecorationOptions[] {
  const { added } = hunk;
  if (added.length === 0) return [];
  const pairs = toldPairs(hunk);
  const hoverText = added.slice(0, MOST_TOLD).join('\n');
  // All lines for each of many would be more than can be sent to the window.
  const hoverMessage =
    pairs.length * hoverText.length > MOST_HOVER
      ? []
      : new vscode.MarkdownString().appendCodeblock(hoverText, document.languageId);
  const behind = (line: number, text: string, more: number): vscode.DecorationOptions => {
    const { end } = document.lineAt(Math.max(0, Math.min(line, document.lineCount - 1))).range;
    const rest = more > 0 ? ` ${vscode.l10n.t('(+{0} lines)', more)}` : '';
    const contentText = `${NO_BREAK_SPACE}${shortened(text)}${rest}${NO_BREAK_SPACE}`.replaceAll(' ', NO_BREAK_SPACE);
    return { range: new vscode.Range(end, end), hoverMessage, renderOptions: { after: { contentText } } };
  };
  if (pairs.length === 0) {
    const first = added.findIndex((line) => line.trim() !== '');
    const text = `→ ${(added[Math.max(0, first)] ?? '').trim()}`;
    return hunk.removed.length === 0 ? [] : [behind(old.first + hunk.removed.length - 1, text, added.length - 1)];
  }
  return pairs.map(([from, to], index) => {
    const next = pairs[index + 1]?.[1] ?? added.length;
    return behind(old.first + from, `→ ${(added[to] ?? '').trim()}`, next - to - 1);
  });
}

function toldPairs({ removed, added }: ShownHunk['hunk']): [removed: number, added: number][] {
  return pairsOf(removed, added).slice(0, MOST_TOLD);
}

function shortened(text: string): string {
  const plain = text.replace(/\s+/g, ' ');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST).toWellFormed()}…` : plain;
}

function rangeOf(document: vscode.TextDocument, first: number, count: number): vscode.Range {
  return document.validateRange(new vscode.Range(first, 0, first + count - 1, Number.MAX_SAFE_INTEGER));
}

/** Themes of high contrast have borders instead of backgrounds; others have no such borders. */
function stylesFor(kind: vscode.ColorThemeKind): Styles {
  const isContrast = kind === vscode.ColorThemeKind.HighContrast || kind === vscode.ColorThemeKind.HighContrastLight;
  const color = (id: string): vscode.ThemeColor => new vscode.ThemeColor(id);
  const border = (id: string) => (isContrast ? { border: '1px dashed', borderColor: color(id) } : {});
  // Not the whole line: what comes is told behind it.
  const removed = vscode.window.createTextEditorDecorationType({
    backgroundColor: color('diffEditor.removedLineBackground'),
    overviewRulerColor: color('diffEditorOverview.removedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
    ...border('diffEditor.removedTextBorder'),
  });
  const words = vscode.window.createTextEditorDecorationType({
    backgroundColor: color('diffEditor.removedTextBackground'),
    ...border('diffEditor.removedTextBorder'),
  });
  const added = vscode.window.createTextEditorDecorationType({
    overviewRulerColor: color('diffEditorOverview.insertedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
    after: {
      margin: '0 0 0 2ch',
      color: color('editor.foreground'),
      backgroundColor: color('diffEditor.insertedTextBackground'),
      ...border('diffEditor.insertedTextBorder'),
    },
  });
  const range = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: color('editor.rangeHighlightBackground'),
    ...(isContrast ? { border: '1px dotted', borderColor: color('contrastActiveBorder') } : {}),
  });
  return { range, removed, words, added };
}

function disposeAll({ range, removed, words, added }: Styles): void {
  for (const each of [range, removed, words, added]) each.dispose();
}
