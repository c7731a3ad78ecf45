/**
 * What a document with a proposal must become, found by another method than the extension's: the document is a list of code units with marks
 * between them, two for each line that it had at first. Nothing is computed by offsets; lines are taken out and put in as lines.
 */
import type { Change } from '../../src/edit/changes';
import type { Hunk } from '../../src/edit/lineDiff';

interface Unit {
  readonly unit: string;
}

interface Mark {
  readonly line: number;
  readonly edge: 'start' | 'end';
}

type Item = Unit | Mark;

const isUnit = (item: Item | undefined): item is Unit => item !== undefined && 'unit' in item;

/** A line as it is now, with the line end that follows it. */
interface Row {
  readonly text: string;
  readonly lineEnd: string;
  readonly start: number;
}

export class EditOracle {
  #items: Item[] = [];
  readonly #gone = new Set<number>();
  readonly #lines: string[];

  constructor(text: string) {
    const rows = rowsOf(text);
    this.#lines = rows.map((row) => row.text);
    if (text.startsWith('\uFEFF')) this.#items.push({ unit: '\uFEFF' });
    for (const [line, row] of rows.entries()) {
      this.#items.push({ line, edge: 'start' }, ...unitsOf(row.text), { line, edge: 'end' }, ...unitsOf(row.lineEnd));
    }
  }

  get text(): string {
    return this.#items.map((item) => (isUnit(item) ? item.unit : '')).join('');
  }

  /** One change, of which nothing is the same before and after. */
  change({ offset, length, text }: Change): void {
    if (length === 0 && text === '') return;
    const left: Item[] = [];
    const right: Item[] = [];
    const inside: Mark[] = [];
    let at = 0;
    for (const item of this.#items) {
      if (isUnit(item)) {
        if (at < offset) left.push(item);
        else if (at >= offset + length) right.push(item);
        at++;
      } else if (at < offset || (at === offset && (length > 0 || this.#staysLeft(item, text)))) left.push(item);
      else if (at >= offset + length) right.push(item);
      else {
        this.#gone.add(item.line);
        inside.push(item);
      }
    }
    this.#items = [...left, ...unitsOf(text), ...inside, ...right];
  }

  /** What is put between two units goes behind the ends of lines and before their starts; an empty line is passed only by what begins with a line end. */
  #staysLeft({ line, edge }: Mark, text: string): boolean {
    const start = this.#indexOf(line, 'start');
    const isEmpty = !this.#items.slice(start, this.#indexOf(line, 'end')).some(isUnit);
    return isEmpty ? /^[\r\n]/.test(text) : edge === 'end';
  }

  #indexOf(line: number, edge: Mark['edge']): number {
    return this.#items.findIndex((item) => !isUnit(item) && item.line === line && item.edge === edge);
  }

  /** The row that a line of the first text is now; -1 when it does not stand there any more. */
  #rowOf(line: number, rows: readonly Row[]): number {
    if (this.#gone.has(line) || line >= this.#lines.length) return -1;
    const offsetOf = (of: number, edge: Mark['edge']): number =>
      this.#items.slice(0, this.#indexOf(of, edge)).filter(isUnit).length;
    const start = offsetOf(line, 'start');
    const row = rows.findIndex((each) => each.start === start);
    if (rows[row]?.text !== this.#lines[line] || offsetOf(line, 'end') !== start + (rows[row]?.text.length ?? 0))
      return -1;
    const touches = (other: number): boolean => {
      if (other < 0 || other >= this.#lines.length || this.#gone.has(other)) return false;
      const [from, to] =
        other < line
          ? [this.#indexOf(other, 'end'), this.#indexOf(line, 'start')]
          : [this.#indexOf(line, 'end'), this.#indexOf(other, 'start')];
      return !this.#items.slice(from, to).some(isUnit);
    };
    return touches(line - 1) || touches(line + 1) ? -1 : row;
  }

  /** The rows that a hunk stands at: those that it replaces, or the one beside which it adds; undefined when it is lost. */
  rowsOf({ oldStart, removed }: Hunk): number[] | undefined {
    const rows = rowsOf(this.text);
    const lines = removed.length > 0 ? removed.map((_, index) => oldStart + index) : [Math.max(0, oldStart - 1)];
    const found = lines.map((line) => this.#rowOf(line, rows));
    return found.every((row, index) => row >= 0 && (index === 0 || row === (found[index - 1] ?? 0) + 1))
      ? found
      : undefined;
  }

  /** The text with these hunks taken, made of rows. */
  taken(hunks: readonly Hunk[], lineEnd: string): string {
    const rows: (Row & { gone?: boolean; before: string[]; after: string[] })[] = rowsOf(this.text).map((row) => ({
      ...row,
      before: [],
      after: [],
    }));
    for (const hunk of hunks) {
      const at = this.rowsOf(hunk) ?? [];
      const row = rows[at.at(-1) ?? -1];
      if (row === undefined) throw new Error('A lost hunk cannot be taken.');
      if (hunk.removed.length === 0) (hunk.oldStart === 0 ? row.before : row.after).push(...hunk.added);
      else {
        for (const each of at) rows[each] = { ...row, ...rows[each], gone: true } as (typeof rows)[number];
        row.after.push(...hunk.added);
      }
    }
    const parts: { text: string; lineEnd: string }[] = [];
    for (const row of rows) {
      const own = [...(row.gone ? [] : [row.text]), ...row.after];
      for (const text of row.before) parts.push({ text, lineEnd });
      for (const [index, text] of own.entries())
        parts.push({ text, lineEnd: index === own.length - 1 ? row.lineEnd : lineEnd });
    }
    const last = parts.at(-1);
    const endsOpen = rows.at(-1)?.lineEnd === '';
    if (last && endsOpen) parts[parts.length - 1] = { ...last, lineEnd: '' };
    return (this.text.startsWith('\uFEFF') ? '\uFEFF' : '') + parts.map((part) => part.text + part.lineEnd).join('');
  }
}

function unitsOf(text: string): Unit[] {
  return text.split('').map((unit) => ({ unit }));
}

/** The lines of a text one by one, found by walking over it. */
export function rowsOf(text: string): Row[] {
  const rows: Row[] = [];
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let at = start; at <= text.length; at++) {
    const unit = text[at];
    if (unit !== undefined && unit !== '\n' && unit !== '\r') continue;
    const lineEnd = unit === '\r' && text[at + 1] === '\n' ? '\r\n' : (unit ?? '');
    if (unit !== undefined || start < at || rows.length === 0)
      rows.push({ text: text.slice(start, at), lineEnd, start });
    at += lineEnd.length === 2 ? 1 : 0;
    start = at + 1;
  }
  return rows;
}
