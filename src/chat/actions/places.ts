/** Places in documents and problems at them, in words and numbers. Pure. */

/** Lines from 0, the end included. */
export type Lines = readonly [first: number, last: number];

export interface Place {
  readonly line: number;
  readonly character: number;
}

/** A selection that ends before the first character of a line does not reach into it. */
export function linesOf({ start, end }: { readonly start: Place; readonly end: Place }): Lines {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return [start.line, last];
}

/** Lines around a problem that the model is shown: a function of usual size. */
const AROUND = 15;

/** @param lineCount of the document */
export function linesAround([first, last]: Lines, lineCount: number): Lines {
  return [Math.max(0, first - AROUND), Math.min(lineCount - 1, last + AROUND)];
}

export function meets(a: Lines, b: Lines): boolean {
  return a[0] <= b[1] && b[0] <= a[1];
}

/** From the first line of all to the last. @param all at least one */
export function span(all: readonly Lines[]): Lines {
  return [Math.min(...all.map(([first]) => first)), Math.max(...all.map(([, last]) => last))];
}

/** `basket.ts:3-20`. @param path with `/` */
export function labelOf(path: string, [first, last]: Lines): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return first === last ? `${name}:${first + 1}` : `${name}:${first + 1}-${last + 1}`;
}

/** A diagnostic, as far as it is told. */
export interface Problem {
  readonly lines: Lines;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  /** Who found it, with its code: `ts 2345`. */
  readonly origin: string;
}

const MOST_PROBLEMS = 20;
/** Some compilers write pages, in UTF-16 code units. */
const LONGEST_MESSAGE = 1_000;

/** One line or more for each, for the model. */
export function problemsText(problems: readonly Problem[]): string {
  return problems
    .slice(0, MOST_PROBLEMS)
    .map(({ lines, severity, message, origin }) => {
      const text = message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE).toWellFormed()}…` : message;
      return `Line ${lines[0] + 1}, ${severity}${origin === '' ? '' : ` (${origin})`}: ${text}`;
    })
    .join('\n');
}
