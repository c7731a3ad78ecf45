/** Asks for an instruction about some lines, while the model reads what the prompt will begin with. */
import * as vscode from 'vscode';
import type { LineRange } from '../../server/editProtocol';
import { ChatError } from '../client/chatClient';
import type { EditClient } from '../client/editClient';
import { instructionsItem, targetOf } from './aiming';
import type { InputParts, InstructionInput } from './input';
import { linesOf } from './lines';
import type { Meant } from './meant';
import { commentAbove, isGenerating } from './target';

export interface AskingParts {
  readonly client: EditClient;
  readonly input: InstructionInput;
  /** What the project wants of all that is written for a document; '' nothing. */
  readonly instructions: (document: vscode.TextDocument) => Promise<string>;
}

/** Wait so long before the model is warmed up: one who hits the key by mistake leaves at once. In milliseconds. */
const WARM_AFTER_MS = 150;

/**
 * The line to type in is there at once: who types on would else write into the document, over what is selected.
 *
 * @param meaning what the instruction will be about, found out meanwhile; undefined where nothing can be edited
 * @param signal ends the warming up
 */
export async function askFor(
  editor: vscode.TextEditor,
  meaning: Promise<Meant | undefined>,
  parts: AskingParts,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const asked = new AbortController();
  const known = meaning.then((meant) => {
    const range = meant?.range;
    if (meant === undefined || range === undefined || asked.signal.aborted) return undefined;
    const mark = marked(editor, range);
    const warming = setTimeout(() => void warm(meant, parts, signal), WARM_AFTER_MS);
    asked.signal.addEventListener('abort', () => {
      clearTimeout(warming);
      mark.dispose();
    });
    return inputFor(meant.document, range);
  });
  try {
    return await parts.input.ask({ title: t('Edit'), placeholder: t('What should change?'), hasCode: false }, known);
  } finally {
    asked.abort();
  }
}

async function warm(meant: Meant, { client, instructions }: AskingParts, signal: AbortSignal): Promise<void> {
  const context = instructionsItem(await instructions(meant.document));
  const { document, range } = meant;
  if (range === undefined) return;
  try {
    await client.warm(targetOf(document, range, context), signal);
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
  const parts = { title: t('Write at {0}', where), placeholder: t('What should be written here?'), hasCode: false };
  return suggested === undefined ? parts : { ...parts, suggested };
}

/** Marks the lines that an instruction will be about, while it is typed. */
function marked(editor: vscode.TextEditor, { first, count }: LineRange): vscode.Disposable {
  const style = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    borderColor: new vscode.ThemeColor('focusBorder'),
    borderStyle: 'solid',
    borderWidth: '0 0 0 2px',
  });
  const last = Math.min(first + Math.max(1, count), editor.document.lineCount) - 1;
  editor.setDecorations(style, [new vscode.Range(Math.min(first, last), 0, last, 0)]);
  return style;
}
