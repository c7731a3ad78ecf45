/** "Show Network Ledger" and "Clear Network Ledger". */
import * as vscode from 'vscode';
import { showPage } from '../page';
import type { Ledger } from './ledger';
import { ledgerPage } from './ledgerPage';

export function registerLedger(ledger: Ledger): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('minnow.network.showLedger', () => show(ledger)),
    vscode.commands.registerCommand('minnow.network.clearLedger', () => clear(ledger)),
  );
}

async function show(ledger: Ledger): Promise<void> {
  await showPage(
    vscode.l10n.t('Network Ledger'),
    ledgerPage(await ledger.entries(), vscode.l10n.t, vscode.env.language),
  );
}

async function clear(ledger: Ledger): Promise<void> {
  const { t } = vscode.l10n;
  const button = t('Clear');
  const detail = t('What Minnow has connected to cannot be seen any more.');
  if (
    (await vscode.window.showWarningMessage(t('Clear the network ledger?'), { modal: true, detail }, button)) === button
  )
    await ledger.clear();
}
