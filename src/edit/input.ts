/**
 * The line in which an instruction is typed, with ready ones and earlier ones below it.
 *
 * It is the editor's quick input, though a comment thread would stand at the selection itself: a thread opens the comments view (`comments.openView`),
 * marks the file as commented, and has no list of suggestions. What is meant is marked in the editor meanwhile.
 */
import * as vscode from 'vscode';
import { historyFrom, isLike, isSlash, READY, type Slash, slashWords, withInstruction } from './instructions';

export interface InputParts {
  readonly title: string;
  readonly placeholder: string;
  /** Offered first, and taken by Enter on an empty line. */
  readonly suggested?: { readonly label: string; readonly instruction: string };
  /** Whether there is code that ready instructions can be about. */
  readonly hasCode: boolean;
}

interface Item extends vscode.QuickPickItem {
  /** Absent: what is typed. Rows come later than keys, so that is asked of the line itself. */
  readonly instruction?: string;
}

const KEY = 'edit.instructions';
/** Of a row, in UTF-16 code units. */
const LONGEST_ROW = 100;
const LONGEST_COMPARED = 200;

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST_ROW ? `${line.slice(0, LONGEST_ROW).toWellFormed()}…` : line;
}

export class InstructionInput {
  /** What was typed and not sent. */
  #draft = '';

  /** @param keeps whether what is asked may be kept */
  constructor(
    private readonly memory: vscode.Memento,
    private readonly keeps: () => boolean,
  ) {}

  /**
   * @param first what is shown until more is known
   * @param known undefined closes the line
   * @returns undefined when the person does not go on
   */
  ask(first: InputParts, known: Promise<InputParts | undefined> = Promise.resolve(first)): Promise<string | undefined> {
    let parts = first;
    const picker = vscode.window.createQuickPick<Item>();
    picker.matchOnDescription = true;
    picker.value = this.#draft;
    const fill = (): void => {
      picker.title = parts.title;
      picker.placeholder = parts.placeholder;
      picker.items = this.#items(parts, picker.value);
      if (picker.value === '' && parts.suggested === undefined) picker.activeItems = [];
    };
    fill();
    return new Promise((resolve, reject) => {
      let isDone = false;
      const finish = (instruction: string | undefined): void => {
        if (isDone) return;
        isDone = true;
        this.#draft = instruction === undefined ? picker.value : '';
        resolve(instruction);
        picker.dispose();
      };
      picker.onDidChangeValue(fill);
      picker.onDidHide(() => finish(undefined));
      picker.onDidAccept(() => {
        const [row] = picker.activeItems;
        // Rows come later than keys: one that is not even like what is typed was there before it.
        const isMeant = row !== undefined && isLike(`${row.label} ${row.description ?? ''}`, picker.value);
        const chosen = (isMeant ? row.instruction : undefined) ?? picker.value.trim();
        if (chosen === '') return;
        if (this.keeps()) void this.memory.update(KEY, withInstruction(this.#history, chosen));
        finish(chosen);
      });
      picker.show();
      known.then((more) => {
        if (isDone) return;
        if (more === undefined) return picker.hide();
        parts = more;
        fill();
      }, reject);
    });
  }

  get #history(): string[] {
    return historyFrom(this.memory.get(KEY));
  }

  #items({ suggested, hasCode }: InputParts, value: string): Item[] {
    const { t } = vscode.l10n;
    const text = value.trim();
    const heading = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
    const slashes = (Object.keys(READY) as readonly Slash[]).map((slash) => ({
      label: slash,
      description: slashWords(slash, t),
      instruction: slash,
    }));
    // The editor compares what is typed with every row, which takes it very long where both are long.
    const history =
      text.length > LONGEST_COMPARED ? [] : this.#history.filter((each) => !isSlash(each) && each !== text);
    // A slash command that is being typed is none yet.
    const isTyped = text !== '' && (!text.startsWith('/') || text.includes(' '));
    return [
      ...(isTyped ? [{ label: shortened(text), iconPath: new vscode.ThemeIcon('sparkle'), alwaysShow: true }] : []),
      ...(suggested && text === '' ? [suggested] : []),
      ...(hasCode ? [heading(t('ready instructions')), ...slashes] : []),
      ...(history.length > 0 ? [heading(t('asked before'))] : []),
      ...history.map((each) => ({
        label: shortened(each),
        iconPath: new vscode.ThemeIcon('history'),
        instruction: each,
      })),
    ];
  }
}
