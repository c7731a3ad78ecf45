/** The commands about models. Clicking speaks. */
import * as vscode from 'vscode';
import { type Model, models } from '../../models/catalog';
import { DownloadError } from '../download/faults';
import { type Paused, showDownloads } from '../download/showDownloads';
import { discard, unfinished } from '../download/unfinished';
import { downloadSentence } from '../errors';
import type { Hardware } from '../hardware/hardware';
import { addAdapter } from './addAdapter';
import { addModel } from './addModel';
import { choose } from './choose';
import { JOBS, type Job } from './jobs';
import type { Known } from './library';
import { fetchModel, type UseParts, use } from './use';

export interface ModelParts extends UseParts {
  readonly hardware: Hardware;
  /** Folder that downloads go to. */
  readonly folder: () => string;
  /** Folder that fetched engines are kept in. */
  readonly packs: string;
}

export function registerModels(parts: ModelParts): vscode.Disposable {
  const give = (job: Job, known: Known): Promise<void> => use(job, known, parts);
  const pick = (job: Job): Promise<void> =>
    choose(job, { ...parts, use: give, remove: (known) => remove(known, parts) });
  return vscode.Disposable.from(
    vscode.commands.registerCommand('minnow.model.choose', () => pick('completion')),
    vscode.commands.registerCommand('minnow.model.chooseChat', () => pick('chat')),
    vscode.commands.registerCommand('minnow.model.chooseEmbedding', () => pick('embedding')),
    vscode.commands.registerCommand('minnow.model.add', () => addModel({ ...parts, use: give })),
    vscode.commands.registerCommand('minnow.model.remove', () => pickAndRemove(parts)),
    vscode.commands.registerCommand('minnow.model.addAdapter', () => addAdapter(parts.jobs, parts.settings)),
    vscode.commands.registerCommand('minnow.model.showDownloads', () =>
      explained(async () =>
        showDownloads(parts.downloads, [...(await pausedModels(parts)), ...(await pausedEngines(parts))]),
      ),
    ),
    vscode.commands.registerCommand('minnow.model.measureSpeed', () => measureSpeed(parts)),
  );
}

async function measureSpeed({ jobs, measurements }: ModelParts): Promise<void> {
  const running = jobs.processOf('completion');
  const measured = running && (await measurements.takeVisibly(running));
  if (!running || !measured) {
    vscode.window.setStatusBarMessage(
      vscode.l10n.t('The speed was not measured. Try again when the model is loaded.'),
      6_000,
    );
    return;
  }
  const { lineMs, readPerSecond, writtenPerSecond } = measured;
  await vscode.window.showInformationMessage(
    vscode.l10n.t(
      '{0}: about {1} ms per line here. It reads {2} tokens in a second and writes {3}.',
      running.model.model.name,
      Math.round(lineMs),
      Math.round(readPerSecond),
      Math.round(writtenPerSecond),
    ),
  );
}

async function pickAndRemove(parts: ModelParts): Promise<void> {
  const { t } = vscode.l10n;
  const inUse = JOBS.map((job) => parts.jobs.holderOf(job));
  const rows = (await parts.library.all())
    .filter(({ isHere, origin, model }) => origin !== 'packaged' && (isHere || !isInCatalog(model)))
    .filter(({ model }) => !inUse.includes(model.id))
    .map((known) => ({ label: known.model.name, description: known.file, known }));
  if (rows.length === 0) {
    await vscode.window.showInformationMessage(
      t('There is no model that could be removed: the one in the package stays, and so do those in use.'),
    );
    return;
  }
  const chosen = await vscode.window.showQuickPick(rows, { title: t('Which model do you want to remove?') });
  if (chosen) await remove(chosen.known, parts);
}

const isInCatalog = ({ id }: Model): boolean => models.some((model) => model.id === id);

async function remove(known: Known, { library, log }: ModelParts): Promise<void> {
  const { t } = vscode.l10n;
  const { model, file, origin } = known;
  const go = t('Remove');
  const detail = origin === 'fetched' ? t('{0} will be deleted.', file) : t('{0} will stay where it is.', file);
  const asked = t('Remove {0} from the list of models?', model.name);
  if ((await vscode.window.showWarningMessage(asked, { modal: true, detail }, go)) !== go) return;
  try {
    await library.remove(known);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    // On Windows a file cannot go while a process of another window has it open.
    log.warn(`${file} was not deleted: ${error.message}`);
    await vscode.window.showErrorMessage(
      t('Minnow: {0} could not be deleted. Close what uses it, check its permissions, and try again.', file),
    );
  }
}

/** A folder that cannot be read, or what another window is at, is told of. */
async function explained(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    await vscode.window.showErrorMessage(`Minnow: ${downloadSentence(error.fault)}`);
  }
}

/** Models of which a part has arrived. */
async function pausedModels(parts: ModelParts): Promise<Paused[]> {
  const running = parts.downloads.running.map(({ wanted }) => wanted.file);
  const known = await parts.library.all();
  return (await unfinished(parts.folder())).flatMap(({ file, received, bytes, isRunning }) => {
    const found = known.find((each) => each.file === file);
    if (found === undefined || isRunning || running.includes(file)) return [];
    const resume = async (): Promise<void> => {
      const here = await fetchModel(found, parts);
      if (here) await offerUse(here, parts);
    };
    return [{ title: found.model.name, received, bytes, resume, discard: () => discard(file) }];
  });
}

/** Engines go on by being asked for again: they are installed as soon as they are whole. */
async function pausedEngines({ packs }: ModelParts): Promise<Paused[]> {
  return (await unfinished(packs))
    .filter(({ isRunning }) => !isRunning)
    .map(({ file, name, received, bytes }) => ({
      title: vscode.l10n.t('Engine {0}', name),
      received,
      bytes,
      resume: () => Promise.resolve(vscode.commands.executeCommand('minnow.hardware.getEngine')),
      discard: () => discard(file),
    }));
}

async function offerUse(known: Known, parts: ModelParts): Promise<void> {
  const { t } = vscode.l10n;
  const go = t('Use It');
  const job = JOBS.find((each) => known.model.roles.includes(each)) ?? 'chat';
  const chosen = await vscode.window.showInformationMessage(t('{0} is on this machine now.', known.model.name), go);
  if (chosen === go) await use(job, known, parts);
}
