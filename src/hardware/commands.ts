/** The commands about the machine: what it can run, and the engine for its graphics card. */
import * as vscode from 'vscode';
import { showPage } from '../page';
import { packsToOffer } from './enginePacks';
import { type EngineParts, getEngine, lookAt } from './getEngine';
import { report } from './report';

export function registerHardware(parts: EngineParts): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('minnow.hardware.show', () => show(parts)),
    vscode.commands.registerCommand('minnow.hardware.getEngine', () => getEngine(parts)),
  );
}

async function show({ hardware, settings }: EngineParts): Promise<void> {
  const { machine, drivers, lines } = await lookAt(hardware);
  const choice = await hardware.choose(settings.current.engine.backend);
  const installed = (await hardware.engines()).map(({ backend }) => backend);
  const offers = drivers === undefined ? [] : packsToOffer(process.platform, process.arch, drivers, installed);
  await showPage(
    vscode.l10n.t('This Machine'),
    report({ machine, lines, choice, offers }, vscode.l10n.t, vscode.env.language),
  );
}
