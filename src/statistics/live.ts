/** The dashboard while it is open: told what was counted here soon, and what other windows and the time have changed within a minute. */
import * as vscode from 'vscode';
import { type DashboardData, type FromDashboard, RANGES, type Range } from '../../media/dashboardMessages';
import { clock } from '../clock';
import type { SettingsSource } from '../settings';
import type { Collector } from './collector';
import { dashboardOf } from './dashboard';
import { exportTo, reset } from './forPerson';
import { DashboardPanel } from './panel';

/** The page is told of what is new at most so often, and of what time alone has changed so often, in milliseconds. */
const TELL_EVERY_MS = 2_000;
const LOOK_EVERY_MS = 60_000;
const RANGE_KEY = 'dashboard.range';

export interface DashboardParts {
  readonly extension: vscode.ExtensionContext;
  readonly settings: SettingsSource;
  readonly collector: Collector;
  readonly log: vscode.LogOutputChannel;
}

export class Dashboard implements vscode.Disposable {
  readonly panel: DashboardPanel;
  #cancelTelling: (() => void) | undefined;
  #cancelLook: (() => void) | undefined;
  /** Another window may choose another one meanwhile. */
  #range: Range;

  constructor(private readonly parts: DashboardParts) {
    const { extension, log } = parts;
    const kept = extension.globalState.get(RANGE_KEY);
    this.#range = RANGES.find((each) => each === kept) ?? 'day';
    const onMessage = (message: FromDashboard): void => this.#try(() => this.#handle(message));
    this.panel = new DashboardPanel({ extensionUri: extension.extensionUri, onMessage, log });
  }

  /** There is something new to show. */
  changed(): void {
    if (!this.panel.isVisible) return;
    this.#cancelTelling ??= clock.after(TELL_EVERY_MS, () => this.#try(() => this.#tell()));
  }

  dispose(): void {
    this.#rest();
    this.panel.dispose();
  }

  async #handle(message: FromDashboard): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.#tell();
      case 'range':
        this.#range = message.range;
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
    this.#rest();
    // Out of sight there is no page: it asks when it comes back.
    if (!this.panel.isVisible) return;
    this.#cancelLook = clock.after(LOOK_EVERY_MS, () => this.#try(() => this.#tell()));
    this.panel.tell(await this.#data());
  }

  async #data(): Promise<DashboardData> {
    const { settings, collector } = this.parts;
    const isOn = settings.current.statistics.enabled;
    const view = { range: this.#range, isOn, now: clock.now(), locale: vscode.env.language };
    return dashboardOf(await collector.all(), view, vscode.l10n.t);
  }

  #rest(): void {
    this.#cancelTelling?.();
    this.#cancelLook?.();
    this.#cancelTelling = undefined;
    this.#cancelLook = undefined;
  }

  /** What fails here fails because of a disk, or is a bug: it goes to the log. */
  #try(act: () => Promise<void>): void {
    act().catch((error: unknown) =>
      this.parts.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
  }
}
