/** "Choose the Model": what this machine can run, in words, before the choice; then fetched if need be, and in use without a reload. */
import * as vscode from 'vscode';
import type { Model } from '../../models/catalog';
import type { Hardware } from '../hardware/hardware';
import { type Advice, adviseFor } from './advice/advice';
import { words } from './advice/words';
import { JOBS, type Job, type Jobs } from './jobs';
import type { Known, Library } from './library';
import type { Measurements } from './measurements';

export interface ChooseParts {
  readonly jobs: Jobs;
  readonly library: Library;
  readonly hardware: Hardware;
  readonly measurements: Measurements;
  /** Fetches the model if it is not here, and gives it the job. Says how that went. */
  readonly use: (job: Job, known: Known) => Promise<void>;
  readonly remove: (known: Known) => Promise<void>;
  readonly log: vscode.LogOutputChannel;
}

interface Row extends vscode.QuickPickItem {
  readonly known?: Known;
  readonly command?: string;
}

const DELETE: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('trash'),
  tooltip: vscode.l10n.t('Remove this model from this machine'),
};

export async function choose(job: Job, parts: ChooseParts): Promise<void> {
  const { hardware, measurements, jobs, use, remove } = parts;
  const picker = vscode.window.createQuickPick<Row>();
  const { t } = vscode.l10n;
  picker.title = titleOf(job);
  picker.keepScrollPosition = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const closed = new vscode.CancellationTokenSource();
  const draw = async (): Promise<void> => {
    const known = await parts.library.all();
    const [active] = picker.activeItems;
    picker.items = rowsOf(job, known, adviceFor(job, known, parts), jobs);
    // What is new in the rows does not move what the next Enter chooses.
    const same = active && picker.items.find((row) => isSame(row, active));
    if (same) picker.activeItems = [same];
  };
  const improve = async (): Promise<void> => {
    picker.busy = true;
    picker.placeholder = t('Looking at this machine and measuring it for ten seconds…');
    await hardware.look();
    await draw();
    const process = jobs.processOf('completion');
    if (process && !measurements.of(process)) await measurements.take(process, closed.token);
    if (closed.token.isCancellationRequested) return;
    await draw();
    picker.busy = false;
    picker.placeholder = t('Size, fit and speed are for this machine.');
  };
  const chosen = new Promise<Row | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.selectedItems[0]));
    picker.onDidHide(() => resolve(undefined));
    picker.onDidTriggerItemButton(({ item }) => item.known && void remove(item.known).then(draw));
  });
  await draw();
  picker.show();
  improve().catch((error: unknown) => parts.log.error(String(error)));
  const row = await chosen;
  closed.cancel();
  picker.dispose();
  if (row?.known) await use(job, row.known);
  else if (row?.command) await vscode.commands.executeCommand(row.command);
}

function titleOf(job: Job): string {
  const { t } = vscode.l10n;
  switch (job) {
    case 'completion':
      return t('Choose the Completion Model');
    case 'chat':
      return t('Choose the Model for Chat and Edits');
    case 'embedding':
      return t('Choose the Model for Search');
  }
}

function isSame(one: Row, other: Row): boolean {
  return one.known?.model.id === other.known?.model.id && one.command === other.command && one.kind === other.kind;
}

function adviceFor(job: Job, known: readonly Known[], { hardware, measurements }: ChooseParts): readonly Advice[] {
  const candidates = known.filter(({ isHere, model }) => isHere || model.source !== null).map(({ model }) => model);
  return adviseFor(job, hardware.machine, measurements.all, candidates);
}

/** The advised one first, then what is here, what can be fetched, what is too big, and what else can be done. */
function rowsOf(job: Job, known: readonly Known[], advice: readonly Advice[], jobs: Jobs): Row[] {
  const { t } = vscode.l10n;
  const row = (each: Advice): Row[] => {
    const found = known.find(({ model }) => model.id === each.model.id);
    if (found === undefined) return [];
    const { id } = found.model;
    const canGo = found.isHere && found.origin !== 'packaged' && !JOBS.some((other) => jobs.holderOf(other) === id);
    return [{ ...rowOf(found, each, jobs.holderOf(job) === id), buttons: canGo ? [DELETE] : [] }];
  };
  const isHere = ({ model }: Advice): boolean => known.some((each) => each.model.id === model.id && each.isHere);
  const [best] = advice.filter(({ isBest }) => isBest);
  const others = advice.filter((each) => each !== best);
  const fitting = others.filter((each) => !isHere(each) && each.code !== 'tooBig');
  return [
    ...group(t('advised for this machine'), best ? row(best) : []),
    ...group(t('on this machine'), others.filter(isHere).flatMap(row)),
    ...group(t('can be downloaded'), fitting.flatMap(row)),
    ...group(
      t('too big for this machine'),
      others.filter((each) => !isHere(each) && each.code === 'tooBig').flatMap(row),
    ),
    ...group(t('more'), [
      { label: `$(add) ${t('Add a model: a file, or an address of a hub…')}`, command: 'minnow.model.add' },
      { label: `$(circuit-board) ${t('What this machine can run')}`, command: 'minnow.hardware.show' },
      ...(job === 'completion'
        ? [{ label: `$(dashboard) ${t('Measure the speed again')}`, command: 'minnow.model.measureSpeed' }]
        : []),
    ]),
  ];
}

function group(label: string, rows: readonly Row[]): Row[] {
  return rows.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...rows];
}

function rowOf(known: Known, advice: Advice, isInUse: boolean): Row {
  const { model, isHere } = known;
  const icon = isInUse ? 'check' : advice.isBest ? 'star-full' : isHere ? 'device-desktop' : 'cloud-download';
  return {
    label: `$(${icon}) ${model.name}`,
    description: words(advice, vscode.l10n.t, vscode.env.language),
    detail: detailOf(model, isInUse, isHere),
    known,
  };
}

function detailOf({ licence, quantization, reuse, source }: Model, isInUse: boolean, isHere: boolean): string {
  const { t } = vscode.l10n;
  const state = isInUse ? t('in use') : isHere ? t('on this machine') : t('from {0}', placeOf(source ?? ''));
  const notes = reuse === 'any' ? [] : [t('reads long conversations anew when an earlier turn is changed')];
  return [state, quantization, licence, ...notes].filter((part) => part !== '').join(' · ');
}

/** The repository of a hub's address. */
function placeOf(source: string): string {
  return source.replace(/^hf:/, '').replace(/(@[^/]*)?\/[^/]*$/, '');
}
