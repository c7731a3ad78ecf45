/** Saving power, put together: what is looked at, and what follows from it. */
import * as vscode from 'vscode';
import { clock } from '../clock';
import type { proberOf } from '../hardware/probe';
import type { SettingsSource } from '../settings';
import { Power } from './power';
import { readSysfs, type Source, SYSFS } from './source';

/** Reading files costs nothing worth a thought; a probe starts a process, which asks the system's own tools. In milliseconds. */
const FILES = { firstMs: 0, everyMs: 30_000 } as const;
const PROBE = { firstMs: 10_000, everyMs: 5 * 60_000 } as const;

type RunProbe = ReturnType<typeof proberOf>;

/** @param runProbe asked where the system does not tell it in files */
export function powerOf(settings: SettingsSource, runProbe: RunProbe): Power {
  const isLinux = process.platform === 'linux';
  return new Power({
    setting: () => settings.current.power.saving,
    read: () => (isLinux ? readSysfs(SYSFS) : askProbe(runProbe)),
    clock,
    ...(isLinux ? FILES : PROBE),
  });
}

/** Looks again when the setting has changed; where it costs nothing, also when the person comes back to the window. */
export function followPower(power: Power, settings: SettingsSource): vscode.Disposable {
  return vscode.Disposable.from(
    power,
    settings.onDidChange(({ before, now }) => before.power.saving !== now.power.saving && void power.look()),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused && process.platform === 'linux') void power.look();
    }),
  );
}

async function askProbe(runProbe: RunProbe): Promise<Source> {
  const outcome = await runProbe('battery', undefined, new AbortController().signal);
  if (!outcome.ok || outcome.report.probe !== 'battery') return 'unknown';
  return outcome.report.source;
}
