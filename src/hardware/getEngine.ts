/** "Get the Engine for the Graphics Card": the engine's own published package, fetched, checked, unpacked, tried, and taken into use. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { EngineOptions } from '../client/launch';
import type { ClientStatus } from '../client/serverProcess';
import { withMirror } from '../download/address';
import type { Downloads } from '../download/downloads';
import { failureSentence } from '../errors';
import type { SettingsSource } from '../settings';
import { sizeText } from '../sizeText';
import { ENGINE_VERSION, type EnginePack, packedBytes, packsToOffer, packUrl } from './enginePacks';
import { codeOf } from './folders';
import type { Hardware } from './hardware';
import { removeOtherPacks } from './installedPacks';
import { installPack, PackError, type PackFailure } from './installPack';
import type { GpuBackend } from './probeReport';
import { backendName } from './report';
import { availableBackends, type Survey } from './survey';

const REGISTRY = 'https://registry.npmjs.org';

export interface EngineParts {
  readonly hardware: Hardware;
  readonly downloads: Downloads;
  /** The packaged engine: `dist/engine`. */
  readonly engineFolder: string;
  /** Folder that fetched engines are kept in. */
  readonly packs: string;
  readonly settings: SettingsSource;
  readonly log: vscode.LogOutputChannel;
  /** Starts the model again, with what is there now. @returns how it came up */
  readonly restart: () => Promise<ClientStatus>;
}

/** Looks at the machine with a notification that says so: drivers may take some seconds. */
export function lookAt(hardware: Hardware): Thenable<Survey> {
  const title = vscode.l10n.t('Minnow is looking at this machine');
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
    hardware.look({ anew: true }),
  );
}

export async function getEngine(parts: EngineParts): Promise<void> {
  const { hardware, settings } = parts;
  const found = await lookAt(hardware);
  const installed = (await hardware.engines()).map(({ backend }) => backend);
  const offered =
    found.drivers === undefined ? [] : packsToOffer(process.platform, process.arch, found.drivers, installed);
  if (offered.length === 0) return sayNothingToGet(found);
  const pack = await pickPack(offered, found);
  if (pack === undefined) return;
  const folder = await fetchAndInstall(pack, parts);
  if (folder === undefined) return;
  const { machine } = await hardware.look({ anew: true });
  const outcome = await parts.restart();
  const gpu = machine.gpus.find(({ backend }) => backend === pack.backend);
  await vscode.window.showInformationMessage(
    engineSentence(pack.backend, gpu?.name, settings.current.engine.backend, outcome),
  );
}

/**
 * @param gpu what the engine found; a driver may still fail to run a model on it
 * @param wished the setting, which may keep it from being used
 */
function engineSentence(
  backend: GpuBackend,
  gpu: string | undefined,
  wished: EngineOptions['backend'],
  outcome: ClientStatus,
): string {
  const { t } = vscode.l10n;
  if (gpu === undefined)
    return t('The engine is installed, but it finds no graphics card that it can use. Models run as before.');
  if (outcome.state === 'ready' && outcome.backend === backend) return t('Models now run on {0}.', gpu);
  if (wished !== 'auto' && wished !== backend)
    return t('The engine is installed. It is not used, because the setting minnow.engine.backend says {0}.', wished);
  if (outcome.state === 'ready' && outcome.backend !== 'cpu')
    return t('The engine is installed. Models still run on {0}.', backendName(outcome.backend, t));
  if (outcome.state === 'failed' && outcome.code !== 'engineFailed')
    return t('The engine is installed, but there is no model to run. {0}', failureSentence(outcome.code));
  return t(
    'The engine is installed, but the driver of {0} could not run the model. Update the driver, or get another engine.',
    gpu,
  );
}

async function sayNothingToGet({ machine }: Survey): Promise<void> {
  const { t } = vscode.l10n;
  const [backend] = availableBackends(machine);
  const details = t('Show Details');
  const sentence =
    backend === undefined
      ? t('No driver was found for a graphics card that an engine is available for. The processor is used.')
      : t('The graphics card is in use already, with the best engine for it.');
  if ((await vscode.window.showInformationMessage(sentence, details)) === details)
    await vscode.commands.executeCommand('minnow.hardware.show');
}

async function pickPack(offered: readonly EnginePack[], { drivers }: Survey): Promise<EnginePack | undefined> {
  const cards = drivers?.cards.map(({ name }) => name).join(', ') ?? '';
  const rows = offered.map((pack) => ({
    label: pack.backend === 'cuda' ? 'CUDA' : 'Vulkan',
    description: vscode.l10n.t('{0} to download', sizeText(packedBytes(pack), vscode.env.language)),
    detail: cards,
    pack,
  }));
  const title = vscode.l10n.t('Which engine do you want to download?');
  return (await vscode.window.showQuickPick(rows, { title }))?.pack;
}

/** The folder it is in now; undefined when it was not to be had, and that has been said. */
async function fetchAndInstall(pack: EnginePack, parts: EngineParts): Promise<string | undefined> {
  const from: string[] = [];
  for (const part of pack.parts) {
    const url = withMirror(packUrl(part, REGISTRY), parts.settings.current.download.registry);
    const file = path.join(parts.packs, `${part.package.replace(/^.*\//, '')}-${pack.version}.tgz`);
    const title = vscode.l10n.t('Downloading the {0} engine', pack.backend === 'cuda' ? 'CUDA' : 'Vulkan');
    const fetched = await parts.downloads.fetch(title, {
      url,
      file,
      bytes: part.packedBytes,
      integrity: part.integrity,
    });
    if (fetched === undefined) return undefined;
    from.push(file);
  }
  const { engineFolder, packs } = parts;
  try {
    const folder = await installPack(pack, { from, engineFolder, into: packs }, new AbortController().signal);
    for (const file of from) await rm(file, { force: true });
    await tidyUp(parts);
    return folder;
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    parts.log.error(`${pack.folder}: ${error.code}: ${error.message}`);
    await vscode.window.showErrorMessage(`Minnow: ${packSentence(error.code)}`);
    return undefined;
  }
}

/** Engines that an older version of Minnow has fetched serve nobody any more, and take hundreds of megabytes. */
async function tidyUp({ packs, log }: EngineParts): Promise<void> {
  try {
    for (const name of await removeOtherPacks(packs, ENGINE_VERSION)) log.info(`removed: ${name}`);
  } catch (error) {
    if (codeOf(error) === '') throw error;
    log.warn(`Older engines could not be removed: ${String(error)}`);
  }
}

function packSentence(code: PackFailure): string {
  const { t } = vscode.l10n;
  switch (code) {
    case 'packDamaged':
    case 'packIncomplete':
      return t('The downloaded engine is not the one that was published, so it is not used. Try again.');
    case 'engineMissing':
      return t('Files of Minnow are missing. Install Minnow again.');
    case 'diskFull':
      return t('There is not enough space on the disk for the engine. Free some and try again.');
    case 'folderNotWritable':
      return t('The folder for engines cannot be written to. Check its permissions and try again.');
    case 'packInUse':
      return t('Another window is using this engine. Close that window and try again.');
  }
}
