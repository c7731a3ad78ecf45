/** What a measurement found, as a page for people. */
import type { MeasuredFigures, MeasureReport } from '../../server/measureProtocol';
import { numberText } from '../sizeText';

/** Puts arguments in the places {0}, {1} of a message, in the person's language: `vscode.l10n.t`. */
type Translate = (message: string, ...args: (string | number)[]) => string;

/** @param model its name @param files how many were measured on @param locale BCP 47 tag of the person's language */
export function reportText(report: MeasureReport, model: string, files: number, t: Translate, locale: string): string {
  const { total, byLanguage, byKind, ms } = report;
  const head = [
    '',
    t('places'),
    t('shown'),
    t('line right, of shown'),
    t('saved per character shown'),
    t('wrong characters'),
    t('quiet'),
  ];
  const rows = [...Object.entries(byLanguage), ...Object.entries(byKind), ['all', total] as const];
  return [
    `# ${t('{0} on this workspace', model)}`,
    '',
    t(
      'Places: {0}. Files: {1}. Each place was emptied, and the model was asked for it as if you had typed there.',
      total.holes,
      files,
    ),
    t(
      'Half of the answers took less than {0} ms, nine in ten less than {1} ms, each from a cold start.',
      ms.p50,
      ms.p90,
    ),
    '',
    ...table(
      head,
      rows.map(([name, figures]) => [nameOf(name, t), ...cells(figures, locale)]),
    ),
    '',
    `- ${t('*shown*: how often there was a suggestion at all.')}`,
    `- ${t('*line right, of shown*: how often its first line was just what stood there.')}`,
    `- ${t('*quiet*: how often Minnow kept silent where the suggestion would have been wrong.')}`,
    '',
    t('Nothing of this left your machine.'),
    '',
  ].join('\n');
}

function cells(figures: MeasuredFigures, locale: string): string[] {
  const { holes, shown, exactLineOfShown, savedPerShown, wrongCharacters, quiet } = figures;
  return [
    String(holes),
    percent(shown),
    percent(exactLineOfShown),
    number(savedPerShown, locale),
    number(wrongCharacters, locale),
    percent(quiet),
  ];
}

/** A table that can be read as it stands. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => widthOf(row[column] ?? ''))));
  const blanks = (text: string, column: number): string =>
    ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(text)));
  const line = (row: readonly string[]): string => {
    const padded = row.map((text, at) => (at === 0 ? `${text}${blanks(text, at)}` : `${blanks(text, at)}${text}`));
    return `| ${padded.join(' | ')} |`;
  };
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)];
}

/** In columns of an editor's font: Chinese letters and punctuation take two. */
function widthOf(text: string): number {
  return text.length + (text.match(/[\u3000-\u9fff\uff00-\uff60]/g) ?? []).length;
}

/** Kinds of places, for people; languages go by their own names. */
function nameOf(name: string, t: Translate): string {
  switch (name) {
    case 'restOfLine':
      return t('rest of a line');
    case 'statement':
      return t('statement');
    case 'block':
      return t('block');
    case 'insideLine':
      return t('inside a line');
    case 'all':
      return t('all');
    default:
      return name;
  }
}

const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)}%`);
const number = (value: number | null, locale: string): string => (value === null ? '–' : numberText(value, 2, locale));
