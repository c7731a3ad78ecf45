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
  #known: ReadonlyMap<number, { start: number; end: number }> | undefined;
  #rows: readonly Row[] | undefined;

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
    this.#known = undefined;
    this.#rows = undefined;
  }

  /** What is put between two units goes behind the ends of lines and before their starts; an empty line is passed only by what begins with a line end. */
  #staysLeft({ line, edge }: Mark, text: string): boolean {
    const { start, end } = this.#layout.get(line) ?? { start: 0, end: 0 };
    return start === end ? /^[\r\n]/.test(text) : edge === 'end';
  }

  /** How many units stand before the marks of each line. */
  get #layout(): ReadonlyMap<number, { start: number; end: number }> {
    if (this.#known !== undefined) return this.#known;
    const layout = new Map(this.#lines.map((_, line) => [line, { start: 0, end: 0 }]));
    let units = 0;
    for (const item of this.#items) {
      if (isUnit(item)) units++;
      else (layout.get(item.line) ?? { start: 0, end: 0 })[item.edge] = units;
    }
    this.#known = layout;
    return layout;
  }

  /** The row that a line of the first text is now; -1 when it does not stand there any more. */
  #rowOf(line: number, rows: readonly Row[]): number {
    if (this.#gone.has(line) || line >= this.#lines.length) return -1;
    const layout = this.#layout;
    const place = layout.get(line);
    const row = rows.findIndex(({ start }) => start === place?.start);
    const text = this.#lines[line] ?? '';
    if (place === undefined || rows[row]?.text !== text || place.end !== place.start + text.length) return -1;
    const [before, after] = [line - 1, line + 1].map((other) =>
      this.#gone.has(other) ? undefined : layout.get(other),
    );
    return text === '' && (before?.end === place.start || after?.start === place.end) ? -1 : row;
  }

  /** The rows that a hunk stands at: those that it replaces, or the one beside which it adds; undefined when it is lost. */
  rowsOf({ oldStart, removed }: Hunk): number[] | undefined {
    this.#rows ??= rowsOf(this.text);
    const rows = this.#rows;
    const lines = removed.length > 0 ? removed.map((_, index) => oldStart + index) : [Math.max(0, oldStart - 1)];
    const found = lines.map((line) => this.#rowOf(line, rows));
    return found.every((row, index) => row >= 0 && (index === 0 || row === (found[index - 1] ?? 0) + 1))
      ? found
      : undefined;
  }

  /** The text with these hunks taken, made of rows. */
  taken(hunks: readonly Hunk[], lineEnd: string): string {
    const gone = new Set<number>();
    const rows: (Row & { before: string[]; after: string[] })[] = rowsOf(this.text).map((row) => ({
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
        for (const each of at) gone.add(each);
        row.after.push(...hunk.added);
      }
    }
    const parts: { text: string; lineEnd: string }[] = [];
    for (const [index, row] of rows.entries()) {
      const own = [...(gone.has(index) ? [] : [row.text]), ...row.after];
      for (const text of row.before) parts.push({ text, lineEnd });
      for (const [each, text] of own.entries())
        parts.push({ text, lineEnd: each === own.length - 1 ? row.lineEnd : lineEnd });
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
