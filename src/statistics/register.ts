/** Counts what happens in this window, and shows it: the dashboard and its commands. */
import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { type DashboardData, type FromDashboard, RANGES, type Range } from '../../media/dashboardMessages';
import type { Client } from '../client/client';
import { clock } from '../clock';
import { storageFolder } from '../folder';
import type { SettingsSource } from '../settings';
import { Collector } from './collector';
import { dashboardOf } from './dashboard';
import { ofOutcome, ofSettled } from './events';
import { asCsv, asJson } from './export';
import { DashboardPanel, VIEW_TYPE } from './panel';
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
}

/** The page is told of what is new at most so often, in milliseconds. */
const TELL_EVERY_MS = 2_000;
const RANGE_KEY = 'dashboard.range';

export function registerStatistics({
  extension,
  client,
  settings,
  memory,
  log,
}: StatisticsParts): RegisteredStatistics {
  const store = new Store({
    folder: storageFolder(vscode.Uri.joinPath(extension.globalStorageUri, 'statistics')),
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
  const dispose = (): void => {
    subscriptions.dispose();
    void collector.close();
  };
  return { count: (what) => collector.count(what), dispose };
}

interface DashboardParts extends Pick<StatisticsParts, 'extension' | 'settings' | 'log'> {
  readonly collector: Collector;
}

/** The page, and what it is told. */
class Dashboard implements vscode.Disposable {
  readonly panel: DashboardPanel;
  #cancel: (() => void) | undefined;

  constructor(private readonly parts: DashboardParts) {
    const { extension, log } = parts;
    const report = (error: unknown): void =>
      log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const onMessage = (message: FromDashboard): void => void this.#handle(message).catch(report);
    this.panel = new DashboardPanel({ extensionUri: extension.extensionUri, onMessage, log });
  }

  /** There is something new to show. */
  changed(): void {
    if (!this.panel.isVisible) return;
    this.#cancel ??= clock.after(TELL_EVERY_MS, () => void this.#tell());
  }

  dispose(): void {
    this.#cancel?.();
    this.panel.dispose();
  }

  async #handle(message: FromDashboard): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.#tell();
      case 'range':
        await this.parts.extension.globalState.update(RANGE_KEY, message.range);
        return this.#tell();
      case 'export':
        return exportTo(this.parts.collector);
      case 'reset':
        await reset(this.parts.collector);
        return this.#tell();
      case 'openSetting':
        await vscode.commands.executeCommand('workbench.action.openSettings', 'minnow.statistics.enabled');
    }
  }

  async #tell(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    this.panel.tell(await this.#data());
  }

  async #data(): Promise<DashboardData> {
    const { extension, settings, collector } = this.parts;
    const kept = extension.globalState.get(RANGE_KEY);
    const range: Range = RANGES.find((each) => each === kept) ?? 'day';
    const isOn = settings.current.statistics.enabled;
    const view = { range, isOn, now: clock.now(), locale: vscode.env.language };
    return dashboardOf(await collector.all(), view, vscode.l10n.t);
  }
}

async function reset(collector: Collector): Promise<void> {
  const forget = vscode.l10n.t('Reset');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Reset all statistics of Minnow?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Everything that was counted on this machine, in all windows, is deleted. This cannot be undone.',
      ),
    },
    forget,
  );
  if (chosen === forget) await collector.reset();
}

async function exportTo(collector: Collector): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export the statistics'),
    defaultUri: vscode.Uri.joinPath(folder, 'minnow-statistics.json'),
    filters: { JSON: ['json'], CSV: ['csv'] },
  });
  if (uri === undefined) return;
  const statistics = await collector.all();
  const text = /\.csv$/i.test(uri.path) ? asCsv(statistics) : asJson(statistics);
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  } catch (error) {
    // The editor's own sentence: no room, no right, or no such folder.
    if (!(error instanceof Error)) throw error;
    const sentence = vscode.l10n.t(
      'The statistics could not be written there. Choose another place. {0}',
      error.message,
    );
    await vscode.window.showErrorMessage(sentence);
  }
}
