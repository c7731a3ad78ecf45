/** Counts what happens in this window; the dashboard and its commands. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Client } from '../client/client';
import { clock } from '../clock';
import { diskFolder } from '../folder';
import type { SettingsSource } from '../settings';
import { Collector } from './collector';
import { ofOutcome, ofSettled } from './events';
import { exportTo, reset } from './forPerson';
import { Dashboard } from './live';
import { VIEW_TYPE } from './panel';
import type { Period } from './statistics';
import { Store } from './store';

export interface StatisticsParts {
  readonly extension: vscode.ExtensionContext;
  readonly client: Client;
  readonly settings: SettingsSource;
  /** Resident memory of the models' processes, in bytes. */
  readonly memory: () => Promise<number>;
  readonly log: vscode.LogOutputChannel;
}

export interface RegisteredStatistics extends vscode.Disposable {
  /** Something has happened that this does not hear of by itself. */
  readonly count: (what: Partial<Period>) => void;
  /** Writes what was counted last. The editor waits for it when the window is closed. */
  readonly close: () => Promise<void>;
}

export function registerStatistics({
  extension,
  client,
  settings,
  memory,
  log,
}: StatisticsParts): RegisteredStatistics {
  const store = new Store({
    folder: diskFolder(vscode.Uri.joinPath(extension.globalStorageUri, 'statistics').fsPath),
    now: clock.now,
    newId: randomUUID,
  });
  const collector = new Collector({
    store,
    clock,
    memory,
    isOn: () => settings.current.statistics.enabled,
    onFailure: (error) => log.warn(`Statistics could not be kept; they are tried again: ${String(error)}`),
    onDidCount: () => dashboard.changed(),
  });
  const dashboard: Dashboard = new Dashboard({ extension, settings, collector, log });
  const subscriptions = vscode.Disposable.from(
    dashboard,
    client.onDidSettle((settled) => collector.count(ofSettled(settled))),
    client.onDidAnswer((outcome) => {
      const what = ofOutcome(client.process.model.model.name, outcome);
      if (what) collector.count(what);
    }),
    settings.onDidChange(() => dashboard.changed()),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (!focused) void collector.flush();
    }),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (tab) => dashboard.panel.adopt(tab),
    }),
    vscode.commands.registerCommand('minnow.dashboard.show', () => dashboard.panel.show()),
    vscode.commands.registerCommand('minnow.dashboard.reset', () => reset(collector)),
    vscode.commands.registerCommand('minnow.dashboard.export', () => exportTo(collector)),
  );
  return {
    count: (what) => collector.count(what),
    close: () => collector.close(),
    dispose: () => subscriptions.dispose(),
  };
}
