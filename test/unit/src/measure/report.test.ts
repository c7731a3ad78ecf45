/** The page of "Measure on This Workspace", in both languages. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { MeasuredFigures, MeasureReport } from '../../../../server/measureProtocol';
import { reportText } from '../../../../src/measure/report';
import { root } from '../../../support/server';

const bundle: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(path.join(root, 'l10n/bundle.l10n.zh-cn.json'), 'utf8'),
);
const filled = (text: string, args: readonly (string | number)[]): string =>
  text.replace(/\{(\d+)\}/g, (_, at) => String(args[Number(at)]));
const english = (message: string, ...args: (string | number)[]): string => filled(message, args);
const chinese = (message: string, ...args: (string | number)[]): string => filled(bundle[message] ?? message, args);

const total: MeasuredFigures = {
  holes: 40,
  shown: 0.5,
  exactLine: 0.25,
  exactWhole: 0.2,
  exactLineOfShown: null,
  exactWholeOfShown: null,
  parsesOfShown: 1,
  editSimilarity: 0.7,
  savedPerShown: 0.25,
  wrongCharacters: 1.5,
  quiet: 0.75,
  rightKeptBack: 0.1,
};
const report: MeasureReport = {
  total,
  byLanguage: { typescript: total },
  byKind: { restOfLine: total, block: total },
  ms: { p50: 40, p90: 90 },
  tokens: { read: 1, reused: 2, written: 3 },
};
const rows = (page: string): readonly string[] => page.split('\n').filter((line) => line.startsWith('|'));

describe('the page of a measurement', () => {
  it('has a row for each language and kind, and one for all', () => {
    const [head = '', , ...others] = rows(reportText(report, 'Model', 3, english, 'en'));
    assert.match(head, /places \| shown/);
    assert.deepEqual(
      others.map((row) => row.split('|')[1]?.trim()),
      ['typescript', 'rest of a line', 'block', 'all'],
    );
    assert.match(others[0] ?? '', /\| +40 \| +50% \| +– \| +0\.25 \| +1\.50 \| +75% \|/);
  });

  it('writes numbers as the language does', () => {
    assert.match(reportText(report, 'Model', 3, english, 'de'), /0,25/);
  });

  it('is Chinese for Chinese, its columns below each other', () => {
    const page = reportText(report, 'Model', 3, chinese, 'zh-cn');
    assert.doesNotMatch(page.replaceAll(/typescript|Model|Minnow/g, ''), /[A-Za-z]/);
    const columns = (line: string): number =>
      Array.from(line, (each) => (each > '\u2fff' ? 2 : 1)).reduce((a, b) => a + b, 0);
    assert.equal(new Set(rows(page).map(columns)).size, 1);
  });
});
