/** What a measurement found, as a page for people. */
import type { MeasuredFigures, MeasureReport } from '../../server/measureProtocol';

const COLUMNS = [
  '',
  'places',
  'shown',
  'line right, of shown',
  'saved per character shown',
  'wrong characters',
  'quiet',
];

export function reportText({ total, byLanguage, byKind, ms }: MeasureReport, model: string, files: number): string {
  const rows = [...Object.entries(byLanguage), ...Object.entries(byKind), ['all', total] as const];
  return [
    `# ${model} on this workspace`,
    '',
    `${total.holes} places in ${files} files were emptied one after the other, and the model was asked for them as if you had typed there.`,
    `Half of the answers took less than ${ms.p50} ms, nine in ten less than ${ms.p90} ms, each from a cold start.`,
    '',
    ...table([COLUMNS, ...rows.map(([name, figures]) => [NAMES[name] ?? name, ...cells(figures)])]),
    '',
    '- *shown*: how often there was a suggestion at all.',
    '- *line right, of shown*: how often its first line was just what stood there.',
    '- *quiet*: how often Minnow kept silent where the suggestion would have been wrong.',
    '',
    'Nothing of this left your machine.',
    '',
  ].join('\n');
}

function cells({ holes, shown, exactLineOfShown, savedPerShown, wrongCharacters, quiet }: MeasuredFigures): string[] {
  return [
    String(holes),
    percent(shown),
    percent(exactLineOfShown),
    number(savedPerShown),
    number(wrongCharacters),
    percent(quiet),
  ];
}

/** A table that can be read as it stands. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = COLUMNS.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [head = [], ...others] = rows;
  return [line(head), rule, ...others.map(line)];
}

/** Kinds of places, for people. */
const NAMES: Readonly<Record<string, string>> = {
  restOfLine: 'rest of a line',
  statement: 'statement',
  block: 'block',
  insideLine: 'inside a line',
  all: 'all',
};
const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)}%`);
const number = (value: number | null): string => (value === null ? '–' : value.toFixed(2));
