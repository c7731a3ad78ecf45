/** The processes below one of ours, by what Linux tells of them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** The first process below `ancestor` whose command line holds `part`. */
export function findBelow(ancestor: number, part: string): number | undefined {
  return findAllBelow(ancestor, part)[0];
}

/** The servers of an extension that is installed in this folder, whoever started them: windows may share one. The oldest first. */
export function findServers(extension: string): number[] {
  const program = path.join(extension, 'dist/server.js');
  return listProcesses()
    .filter(({ command }) => command.includes(program))
    .map(({ pid }) => pid)
    .toSorted((a, b) => a - b);
}

/** How many there are. */
export function countBelow(ancestor: number, part: string): number {
  return findAllBelow(ancestor, part).length;
}

/** All of them. */
export function findAllBelow(ancestor: number, part: string): number[] {
  const all = listProcesses();
  const below = new Set([ancestor]);
  // A child may stand before its parent in the list: go through it until nothing new is found.
  for (let size = 0; size < below.size; ) {
    size = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
  }
  return all.filter(({ pid, command }) => below.has(pid) && command.includes(part)).map(({ pid }) => pid);
}

/** All of this machine whose command line holds `part`, whoever has started them. */
export function findAll(part: string): number[] {
  return listProcesses().flatMap(({ pid, command }) => (command.includes(part) ? [pid] : []));
}

function listProcesses(): Process[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => readProcess(Number(pid)) ?? []);
}

/** `undefined` when it has ended in the meantime. */
function readProcess(pid: number): Process | undefined {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return { pid, parent: Number(parent), command };
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
}
