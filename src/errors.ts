/** Codes become sentences here. Each says what is wrong and what to do, and names no internals. */
import * as vscode from 'vscode';
import type { Model } from '../models/catalog';
import type { FailureCode } from '../server/protocol';
import type { ClientStatus } from './client/serverProcess';
import type { DownloadFault } from './download/faults';

/** Why the model could not be started, and what to do about it. */
export function failureSentence(code: FailureCode | 'stopped'): string {
  switch (code) {
    case 'modelMissing':
      return vscode.l10n.t('The model file is not there. Choose another model, or install Minnow again.');
    case 'modelDamaged':
      return vscode.l10n.t('The model file is damaged. Choose another model, or install Minnow again.');
    case 'modelUnreadable':
      return vscode.l10n.t(
        'The model file cannot be read. Check its permissions and its disk, or choose another model.',
      );
    case 'modelUnsupported':
      return vscode.l10n.t('This version of Minnow cannot run this model. Update Minnow or choose another model.');
    case 'adapterMissing':
      return vscode.l10n.t('The adapter file is not there. Add the adapter again, or remove it from the settings.');
    case 'adapterUnfit':
      return vscode.l10n.t('The adapter was not made for this model. Choose another adapter, or remove it.');
    case 'outOfMemory':
      return vscode.l10n.t(
        'There is not enough free memory for the model. Close other programs and restart the model.',
      );
    case 'engineUnfit':
      return unfitSentence(process.platform);
    case 'engineFailed':
      return vscode.l10n.t('The model could not be started on this machine. The log says more.');
    case 'stopped':
      return vscode.l10n.t(
        'The model has stopped several times and is not restarted automatically. Restart it, or look at the log.',
      );
  }
}

/** What the engine needs of the system, which is of the same kind as the editor's. `docs/troubleshooting.md` has the figures. */
function unfitSentence(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
      return vscode.l10n.t(
        'The engine needs the Microsoft Visual C++ Redistributable. Install it from Microsoft and restart the model.',
      );
    case 'darwin':
      return vscode.l10n.t('The engine needs macOS 14 or newer. Update the system and restart the model.');
    default:
      return vscode.l10n.t(
        'The engine needs a newer system: glibc 2.34 and libstdc++ of GCC 12, as in Ubuntu 22.04 or Debian 12.',
      );
  }
}

/**
 * Says why another model is not in use now, and which one is.
 *
 * @param before what was in use; undefined where nothing was
 */
export async function showSwitchFailure(
  wished: Model,
  outcome: ClientStatus,
  before: Model | undefined,
): Promise<void> {
  const code = outcome.state === 'failed' ? outcome.code : 'stopped';
  const log = vscode.l10n.t('Show Log');
  const why = failureSentence(code);
  const sentence =
    before === undefined || before.id === wished.id
      ? vscode.l10n.t('{0} could not be loaded. {1}', wished.name, why)
      : vscode.l10n.t('{0} could not be loaded, so {1} goes on. {2}', wished.name, before.name, why);
  if ((await vscode.window.showErrorMessage(`Minnow: ${sentence}`, log)) === log)
    await vscode.commands.executeCommand('minnow.showLog');
}

/** Shows what keeps the model from answering, with what to do about it; nothing when all is well. */
export async function showProblem(status: ClientStatus): Promise<void> {
  const sentence = problemSentence(status);
  if (sentence === undefined) return;
  const choose = vscode.l10n.t('Choose a Model');
  const restart = vscode.l10n.t('Restart the Model');
  const log = vscode.l10n.t('Show Log');
  const chosen = await vscode.window.showErrorMessage(`Minnow: ${sentence}`, choose, restart, log);
  if (chosen === choose) await vscode.commands.executeCommand('minnow.model.choose');
  if (chosen === restart) await vscode.commands.executeCommand('minnow.restart');
  if (chosen === log) await vscode.commands.executeCommand('minnow.showLog');
}

/** What is wrong, in a sentence; undefined when nothing is. */
export function problemSentence(status: ClientStatus): string | undefined {
  if (status.state === 'failed') return failureSentence(status.code);
  if (status.state === 'stopped') return failureSentence('stopped');
  if (status.state === 'ready' && !status.completes)
    return vscode.l10n.t(
      '{0} cannot complete code: it does not know text after the cursor. Choose a completion model.',
      status.model,
    );
  return undefined;
}

/** What kept a download from its end. What has arrived is kept wherever it can be used again. */
export function downloadSentence(fault: DownloadFault): string {
  const { t } = vscode.l10n;
  switch (fault) {
    case 'badAddress':
      return t('A model cannot be downloaded from this address. Give one that begins with https://.');
    case 'badDigest':
      return t('The checksum from the server cannot be read, so the file cannot be trusted. Choose another one.');
    case 'offline':
      return t('The server could not be reached. Check the connection, or set a mirror; what has arrived is kept.');
    case 'untrusted':
      return t('The certificate of the server is not trusted. Ask who runs the network, or set a mirror.');
    case 'notFound':
      return t('The server does not have this file (any more). Choose another model.');
    case 'forbidden':
      return t('The server, or a proxy on the way, asks for a sign-in. Download the file with a browser and add it.');
    case 'notAFile':
      return t('A web page came instead of the file: the network may want you to sign in. Do so and try again.');
    case 'serverFailed':
      return t('The server failed again and again. Try again later; what has arrived is kept.');
    case 'wrongSize':
      return t('The file on the server does not have the expected size, so it was not used. Choose another model.');
    case 'wrongBytes':
      return t('The downloaded file is not the expected one. It was put aside and is not used. Try again.');
    case 'changed':
      return t('The file on the server has been replaced by another one. Try again, or choose another model.');
    case 'diskFull':
      return t('There is not enough space on the disk. Free some, or set another folder; what has arrived is kept.');
    case 'notWritable':
      return t('The folder for downloads cannot be written to. Set another folder.');
    case 'inUse':
      return t('Another window is downloading this file. Wait for it, or try again later.');
  }
}

/** Says what happened to a download; `again` when the person wants to try once more. */
export async function showDownloadFailure(fault: DownloadFault): Promise<'again' | undefined> {
  const again = vscode.l10n.t('Try Again');
  const settings = vscode.l10n.t('Download Settings');
  const sentence = downloadSentence(fault);
  const chosen = await vscode.window.showErrorMessage(`Minnow: ${sentence}`, again, settings);
  if (chosen === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'minnow.download');
  return chosen === again ? 'again' : undefined;
}
