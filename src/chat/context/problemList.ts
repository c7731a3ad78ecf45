/** Problems of the editor as text: where, how grave, what, and the line itself. */

export interface Problem {
  readonly path: string;
  /** Lines from 0. */
  readonly first: number;
  readonly last: number;
  /** 0 error, 1 warning, 2 information, 3 hint: as the editor counts. */
  readonly severity: number;
  readonly message: string;
  /** `ts 2322`; '' where it has none. */
  readonly code: string;
}

const MOST = 40;
const LONGEST_LINE = 300;
const SEVERITIES = ['error', 'warning', 'information', 'hint'];

/** The gravest, and no more than can be shown. */
export function gravest<T extends Problem>(problems: readonly T[]): readonly T[] {
  return problems.toSorted((a, b) => a.severity - b.severity).slice(0, MOST);
}

/** @param lineOf the line of a file, from 0; undefined where it cannot be read */
export function problemText(problem: Problem, lineOf: (line: number) => string | undefined): string {
  const { path, first, severity, message, code } = problem;
  const head = `${path}:${first + 1}: ${SEVERITIES[severity] ?? 'problem'}: ${message}${code === '' ? '' : ` [${code}]`}`;
  const around = [first - 1, first, first + 1].flatMap((line) => {
    const text = line < 0 ? undefined : lineOf(line);
    return text === undefined ? [] : [`${line === first ? '>' : ' '} ${line + 1} | ${text.slice(0, LONGEST_LINE)}`];
  });
  return [head, ...around].join('\n');
}

/** Whether a problem touches some lines, from 0, the end included. */
export function touches(problem: Problem, lines: readonly [number, number] | undefined): boolean {
  return lines === undefined || (problem.first <= lines[1] && problem.last >= lines[0]);
}
