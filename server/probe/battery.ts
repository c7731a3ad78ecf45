/** What this machine runs on, where the system does not tell it in files. */
import battery from 'systeminformation/lib/battery';
import type { BatteryReport } from '../probeProtocol';

export async function probeBattery(): Promise<BatteryReport> {
  return { probe: 'battery', source: sourceOf(await battery()) };
}

/** Exported for tests. */
export function sourceOf({
  hasBattery,
  acConnected,
  isCharging,
}: Awaited<ReturnType<typeof battery>>): BatteryReport['source'] {
  if (!hasBattery) return 'none';
  return acConnected || isCharging ? 'mains' : 'battery';
}
