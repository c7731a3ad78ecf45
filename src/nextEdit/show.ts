/** Draws the next place of an offer: behind the old name where it can be seen, else a hint behind the cursor's line. */
import * as vscode from 'vscode';

/** What is drawn. */
export interface Sight {
  readonly editor: vscode.TextEditor;
  /** The old name at the next place. */
  readonly range: vscode.Range;
  readonly old: string;
  /** What it becomes. */
  readonly text: string;
  /** How many places there are. */
  readonly count: number;
}

const faint = new vscode.ThemeColor('editorGhostText.foreground');

export class Show implements vscode.Disposable {
  readonly #place = vscode.window.createTextEditorDecorationType({
    border: '1px dotted',
    borderColor: faint,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #hint = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  });
  readonly #item = vscode.window.createStatusBarItem('minnow.nextEdit', vscode.StatusBarAlignment.Right, 99);
  #editor: vscode.TextEditor | undefined;

  constructor() {
    this.#item.name = vscode.l10n.t('Minnow: Next Edit');
    this.#item.command = 'minnow.nextEdit.accept';
  }

  show(sight: Sight): void {
    if (this.#editor !== sight.editor) this.hide();
    const { editor, range } = sight;
    this.#editor = editor;
    const isVisible = editor.visibleRanges.some((visible) => visible.contains(range));
    editor.setDecorations(this.#place, isVisible ? [behindName(sight)] : []);
    editor.setDecorations(this.#hint, isVisible ? [] : [behindLine(sight)]);
    this.#item.text = `$(arrow-right) ${sight.text}: ${sight.count}`;
    this.#item.tooltip = sentence(sight);
    this.#item.accessibilityInformation = { label: sentence(sight), role: 'button' };
    this.#item.show();
  }

  hide(): void {
    if (this.#editor === undefined) return;
    this.#editor.setDecorations(this.#place, []);
    this.#editor.setDecorations(this.#hint, []);
    this.#editor = undefined;
    this.#item.hide();
  }

  dispose(): void {
    this.#place.dispose();
    this.#hint.dispose();
    this.#item.dispose();
  }
}

function behindName(sight: Sight): vscode.DecorationOptions {
  return {
    range: sight.range,
    hoverMessage: new vscode.MarkdownString().appendText(sentence(sight)),
    renderOptions: { after: { contentText: ` → ${sight.text}`, color: faint, fontStyle: 'italic' } },
  };
}

function behindLine(sight: Sight): vscode.DecorationOptions {
  const { editor, range, old, text } = sight;
  const { line } = editor.selection.active;
  const { end } = editor.document.lineAt(line).range;
  const arrow = range.start.line > line ? '↓' : '↑';
  const contentText = `${arrow} ${old} → ${text} (Alt+Enter)`;
  return {
    range: new vscode.Range(end, end),
    renderOptions: { after: { contentText, color: faint, fontStyle: 'italic', margin: '0 0 0 3ch' } },
  };
}

function sentence({ old, text, count }: Sight): string {
  return count === 1
    ? vscode.l10n.t('Change {0} to {1} at one more place. Alt+Enter goes there, and once more changes it.', old, text)
    : vscode.l10n.t(
        'Change {0} to {1} at {2} more places. Alt+Enter goes to the next one, and once more changes it; Shift+Alt+Enter changes all.',
        old,
        text,
        count,
      );
}
