/** Gives a job to a model: fetched first where it is not here, loaded, measured; and says how that went. */
import * as vscode from 'vscode';
import type { Model } from '../../models/catalog';
import type { ModelFile } from '../client/modelFile';
import type { Downloads } from '../download/downloads';
import { DownloadError } from '../download/faults';
import { shown } from '../download/redact';
import { showDownloadFailure, showSwitchFailure } from '../errors';
import type { SettingsSource } from '../settings';
import { sizeText } from '../sizeText';
import type { Measured } from './advice/speed';
import { JOBS, type Job, type Jobs } from './jobs';
import type { Known, Library } from './library';
import type { Measurements } from './measurements';
import { hasFailed, inUse } from './outcome';
import { urlOf } from './sources/source';

export interface UseParts {
  readonly jobs: Jobs;
  readonly library: Library;
  readonly downloads: Downloads;
  readonly measurements: Measurements;
  readonly settings: SettingsSource;
  readonly log: vscode.LogOutputChannel;
  /** False when the models would not fit into memory together. */
  readonly fitTogether: (...models: readonly ModelFile[]) => boolean;
}

export async function use(job: Job, known: Known, parts: UseParts): Promise<void> {
  const { jobs, measurements } = parts;
  const here = known.isHere ? known : await fetchModel(known, parts);
  if (here === undefined || !(await agreesToTakeTurns(job, here, parts))) return;
  const { name } = here.model;
  const before = inUse(jobs.processOf(job));
  const loading = vscode.l10n.t('Loading {0}', name);
  const outcome = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: loading }, () =>
    jobs.give(job, here),
  );
  // Whoever chose another one meanwhile hears of that one.
  if (outcome === undefined) return;
  if (hasFailed(outcome)) return showSwitchFailure(here.model, outcome, before);
  const running = jobs.processOf(job);
  // A model that embeds writes nothing that could be measured.
  const isMeasured = job === 'embedding' || running === undefined || measurements.of(running) !== undefined;
  const measured = isMeasured ? undefined : await measurements.takeVisibly(running);
  const speed = measured === undefined ? '' : ` ${speedSentence(job, measured)}`;
  vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('{0} is in use.', name)}${speed}`, 8_000);
}

/** In the measure that counts for the job. */
function speedSentence(job: Job, { lineMs, writtenPerSecond }: Measured): string {
  return job === 'completion'
    ? vscode.l10n.t('A line takes about {0} ms here.', Math.round(lineMs))
    : vscode.l10n.t('It writes about {0} tokens in a second here.', Math.round(writtenPerSecond));
}

/** Fetches a model into the folder of downloads; undefined when that was stopped or failed, which has been said then. */
export async function fetchModel(known: Known, { downloads, library, settings }: UseParts): Promise<Known | undefined> {
  const { model, file } = known;
  if (downloads.running.some(({ wanted }) => wanted.file === file)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} is already being downloaded.', model.name));
    return undefined;
  }
  const url = urlOf(model, settings.current.download.hub);
  const pinned = await pinnedOf(model, url, downloads);
  if (pinned === undefined) return undefined;
  const wanted = {
    url,
    file,
    sha256: pinned.sha256,
    ...(pinned.isRounded ? {} : { bytes: pinned.bytes }),
    magic: 'GGUF',
  };
  const fetched = await downloads.fetch(vscode.l10n.t('Downloading {0}', model.name), wanted);
  return fetched && library.arrived(known, fetched);
}

/**
 * Where the catalog does not know the checksum, what the hub says of it is shown, and pins the download when the person agrees.
 *
 * @returns undefined when the person does not, or the hub cannot be asked, which has been said then
 */
async function pinnedOf(model: Model, url: string, downloads: Downloads): Promise<Model | undefined> {
  if (model.sha256 !== null) return model;
  const { t } = vscode.l10n;
  try {
    const { bytes, sha256 } = await downloads.inspect(url);
    const get = t('Download');
    const detail = [
      t('{0} from {1}', bytes === null ? t('Unknown size') : sizeText(bytes, vscode.env.language), shown(url)),
      sha256 === null
        ? t('The server gives no checksum, so the file cannot be verified.')
        : t('Checksum from the server, which the file is checked against: {0}', sha256),
    ].join('\n\n');
    const chosen = await vscode.window.showInformationMessage(
      t('Download {0}?', model.name),
      { modal: true, detail },
      get,
    );
    return chosen === get
      ? { ...model, sha256, ...(bytes === null ? { isRounded: true } : { bytes, isRounded: false }) }
      : undefined;
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    await showDownloadFailure(error.fault);
    return undefined;
  }
}

/** Two models that do not fit together are used in turns, if the person wants that. */
async function agreesToTakeTurns(job: Job, { model, file }: Known, { jobs, fitTogether }: UseParts): Promise<boolean> {
  const others = JOBS.filter((each) => each !== job).flatMap((each) => jobs.processOf(each)?.model ?? []);
  const other = others.find((each) => each.model.id !== model.id && !fitTogether({ model, file }, each));
  if (other === undefined) return true;
  const { t } = vscode.l10n;
  const go = t('Take Turns');
  const message = t('{0} and {1} do not fit into memory together.', model.name, other.model.name);
  const detail = t(
    'Each would be unloaded while the other works, and take some seconds to come back. One smaller model for both jobs is quicker.',
  );
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, go)) === go;
}
