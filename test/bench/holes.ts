/**
 * `node dist/test/bench/holes.cjs [FOLDER] [--holes=200] [--seed=1] [--language=go,rust] [--without=rule,rule] [--ablate=rule,rule]
 * [--speed=1000] [--details=FILE] [--json]`: cuts holes into source files and asks the real server for them, by the same request as "Minnow:
 * Measure on This Workspace". Without a folder: our own sources and the sample project. `--without` switches rules off; `--ablate` measures
 * once with all rules and once without each of those named. The prompts are those of a machine that reads `--speed` tokens in a second, so
 * that figures compare; 0 takes this machine's own speed. `--details` writes each hole as a line of JSON.
 */
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  DidMeasureHole,
  type MeasuredFigures,
  MeasureHolesRequest,
  type MeasureParams,
  type MeasureReport,
} from '../../server/measureProtocol';
import { RULES, type Rule } from '../../server/protocol';
import { root, startServer } from '../support/server';
import { machine, printedMachine } from './lib/machine';
import { sourceFiles } from './lib/sourceFiles';
import { decimal, percent, table } from './lib/table';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    holes: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    language: { type: 'string' },
    without: { type: 'string' },
    ablate: { type: 'string' },
    speed: { type: 'string', default: '1000' },
    details: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

/** What every clone has, and the model was not trained on. */
const OWN = ['src', 'server', 'models', 'test/e2e/sample'];

async function main(): Promise<void> {
  const [folder] = positionals;
  const languages = list(values.language);
  const found = folder === undefined ? sourceFiles(root, OWN) : sourceFiles(folder);
  const files = found.filter(({ languageId }) => languages.length === 0 || languages.includes(languageId));
  const client = await startServer();
  const status = await client.settled();
  if (status.state !== 'ready') throw new Error(`the model is not ready: ${JSON.stringify(status)}`);
  const details = values.details === undefined ? undefined : createWriteStream(values.details);
  client.connection.onNotification(DidMeasureHole, ({ done, of, ...hole }) => {
    details?.write(`${JSON.stringify(hole)}\n`);
    if (process.stderr.isTTY) process.stderr.write(done < of ? `\r${done} of ${of} ` : '\r');
  });
  const here = machine();
  const reports: [without: readonly Rule[], MeasureReport][] = [];
  for (const off of [[], ...rulesIn(values.ablate).map((rule) => [rule])]) {
    const without = [...rulesIn(values.without), ...off];
    const params: MeasureParams = { files, holes: Number(values.holes), seed: Number(values.seed), without };
    const speed = values.speed === '0' ? {} : { tokensPerSecond: Number(values.speed) };
    reports.push([without, await client.connection.sendRequest(MeasureHolesRequest, { ...params, ...speed })]);
  }
  details?.end();
  await client.stop();
  const told = reports.map(([without, report]) => ({
    ...here,
    files: files.length,
    seed: values.seed,
    without,
    ...report,
  }));
  if (values.json) return console.log(JSON.stringify(told.length === 1 ? told[0] : told));
  console.log(printedMachine(here));
  console.log(reports.length === 1 ? printed(reports[0]?.[1]) : ablation(reports));
}

/** One row for all rules, and one with each switched off. */
function ablation(reports: readonly (readonly [without: readonly Rule[], MeasureReport])[]): string {
  const head = ['without', 'shown', 'exact line', 'exact whole', 'line, of shown', 'saved per shown', 'wrong chars'];
  const rows = reports.map(([without, { total, ms }]) => [
    without.length === 0 ? 'nothing' : without.join(', '),
    percent(total.shown),
    percent(total.exactLine),
    percent(total.exactWhole),
    percent(total.exactLineOfShown),
    decimal(total.savedPerShown),
    decimal(total.wrongCharacters, 1),
    percent(total.quiet),
    percent(total.rightKeptBack),
    `${ms.p50} ms`,
  ]);
  return table([[...head, 'quiet', 'right kept back', 'p50'], ...rows]);
}

function printed(report: MeasureReport | undefined): string {
  if (report === undefined) return '';
  const { total, byLanguage, byKind, ms, tokens } = report;
  const head = ['', 'holes', 'shown', 'exact line', 'exact whole', 'line, of shown', 'whole, of shown'];
  const more = ['similarity', 'parses', 'saved per shown', 'wrong chars', 'quiet', 'right kept back'];
  const groups = [...Object.entries(byLanguage), ...Object.entries(byKind), ['all', total] as const];
  const per = (count: number): string => (count / Math.max(1, total.holes)).toFixed(1);
  return [
    table([[...head, ...more], ...groups.map(([name, figures]) => [name, ...cells(figures)])]),
    `answers: p50 ${ms.p50} ms, p90 ${ms.p90} ms`,
    `tokens a hole: ${per(tokens.read)} read, ${per(tokens.reused)} reused, ${per(tokens.written)} written`,
  ].join('\n');
}

function cells(figures: MeasuredFigures): string[] {
  return [
    String(figures.holes),
    percent(figures.shown),
    percent(figures.exactLine),
    percent(figures.exactWhole),
    percent(figures.exactLineOfShown),
    percent(figures.exactWholeOfShown),
    decimal(figures.editSimilarity),
    percent(figures.parsesOfShown),
    decimal(figures.savedPerShown),
    decimal(figures.wrongCharacters, 1),
    percent(figures.quiet),
    percent(figures.rightKeptBack),
  ];
}

/** @throws Error when there is no such rule */
function rulesIn(text: string | undefined): Rule[] {
  return list(text).map((name) => {
    const rule = RULES.find((each) => each === name);
    if (rule === undefined) throw new Error(`There is no rule ${name}. The rules: ${RULES.join(', ')}.`);
    return rule;
  });
}

function list(text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : text.split(',');
}

void main();
