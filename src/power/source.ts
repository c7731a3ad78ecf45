/** What this machine runs on, as Linux tells it in files; elsewhere a probe is asked. No process is started to look at files. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** `none`: there is no battery, so there is no need to look again. `unknown`: it could not be told this time. */
export type Source = 'battery' | 'mains' | 'none' | 'unknown';

/** How Linux tells of power: docs.kernel.org/power/power_supply_class.html. */
export const SYSFS = '/sys/class/power_supply';

/** Reads a folder that is laid out so. Batteries of mice and pens do not count. */
export async function readSysfs(folder: string): Promise<Source> {
  const supplies = await Promise.all((await namesIn(folder)).map((name) => readSupply(path.join(folder, name))));
  const batteries = supplies.filter(
    ({ type, scope, present }) => type === 'Battery' && scope !== 'Device' && present !== '0',
  );
  if (batteries.length === 0) return 'none';
  const isPlugged = supplies.some(
    ({ type, scope, online }) => type !== 'Battery' && scope !== 'Device' && (online === '1' || online === '2'),
  );
  if (batteries.some(({ status }) => status === 'Charging' || status === 'Full')) return 'mains';
  // A machine at its plug may draw on the battery as well, for a moment or to spare it.
  return !isPlugged && batteries.some(({ status }) => status === 'Discharging') ? 'battery' : 'mains';
}

type Supply = Readonly<Record<'type' | 'scope' | 'present' | 'online' | 'status', string>>;

async function readSupply(folder: string): Promise<Supply> {
  const word = (name: string): Promise<string> => wordIn(path.join(folder, name));
  const [type, scope, present, online, status] = await Promise.all([
    word('type'),
    word('scope'),
    word('present'),
    word('online'),
    word('status'),
  ]);
  return { type, scope, present, online, status };
}

/** '' for what is not told, or gone: a battery can be taken out at any moment. */
async function wordIn(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trim();
}

/** Nothing where the system has no such folder, as in a container. */
async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
