/** Looks at the machine: what it has, and what each backend's engine finds when it is really opened. */
import os from 'node:os';
import type { BackendReport, Card, DriversReport, ProbeReport } from '../../server/probeProtocol';
import type { Gpu, Machine } from './machine';
import type { Probed, ProbeOutcome } from './probe';
import { GPU_BACKENDS, type GpuBackend } from './probeReport';

/** An engine that has binaries for a GPU's backend. */
export interface GpuEngine {
  readonly backend: GpuBackend;
  /** Laid out as `dist/engine`; undefined: the one in the package. */
  readonly folder?: string;
}

/** What one probe said. */
export interface ProbeLine {
  readonly probed: Probed;
  readonly outcome: ProbeOutcome;
}

export interface Survey {
  readonly machine: Machine;
  /** Undefined when that probe failed: its line says why. */
  readonly drivers: DriversReport | undefined;
  /** In the order in which they were run. */
  readonly lines: readonly ProbeLine[];
}

/** Runs one probe with the engine in a folder, or with the one in the package. */
export type RunProbe = (probed: Probed, engineFolder: string | undefined, signal: AbortSignal) => Promise<ProbeOutcome>;

/**
 * One probe after the other: they would measure each other's use of the same memory.
 *
 * @param engines those which are installed, for at most one engine a backend; backends that shall not be opened are left out
 * @throws the signal's reason when it is aborted
 */
export async function survey(
  engines: readonly GpuEngine[],
  runProbe: RunProbe,
  signal: AbortSignal,
  facts: MachineFacts = machineFacts(),
): Promise<Survey> {
  const lines: ProbeLine[] = [{ probed: 'drivers', outcome: await runProbe('drivers', undefined, signal) }];
  for (const backend of GPU_BACKENDS) {
    const engine = engines.find((each) => each.backend === backend);
    if (engine !== undefined) lines.push({ probed: backend, outcome: await runProbe(backend, engine.folder, signal) });
  }
  const drivers = reportsIn(lines).find((report) => report.probe === 'drivers');
  const found = reportsIn(lines).filter((report) => report.probe === 'backend');
  return { machine: { ...facts, gpus: found.flatMap((each) => gpusOf(each, drivers?.cards ?? [])) }, drivers, lines };
}

/** Backends that opened and found a GPU, the best first: what `chooseBackend` may take. */
export function availableBackends({ gpus }: Machine): GpuBackend[] {
  return GPU_BACKENDS.filter((backend) => gpus.some((gpu) => gpu.backend === backend));
}

/** Backends whose probe died or did not come to an end: no server shall be risked with them. */
export function crashedBackends(lines: readonly ProbeLine[]): GpuBackend[] {
  return GPU_BACKENDS.filter((backend) =>
    lines.some(
      ({ probed, outcome }) =>
        probed === backend && !outcome.ok && (outcome.reason === 'crashed' || outcome.reason === 'timedOut'),
    ),
  );
}

/** A driver that computes on the processor, which the engine does faster without it. */
export function isSoftwareDevice(name: string): boolean {
  return /llvmpipe|lavapipe|swiftshader|softpipe|software rasterizer|basic render|\bWARP\b/i.test(name);
}

/**
 * The devices of a backend that are worth it. The engine tells the memory of all of them in one sum: where there are several it is shared out
 * among equal ones, else the operating system's figure for the card of that name is taken.
 */
export function gpusOf({ backend, devices, memoryBytes, unifiedBytes }: BackendReport, cards: readonly Card[]): Gpu[] {
  const areEqual = new Set(devices).size === 1;
  const bytesOf = (name: string): number =>
    areEqual
      ? Math.floor(memoryBytes / devices.length)
      : (cards.find((card) => isSameCard(card.name, name))?.memoryBytes ?? 0);
  return devices
    .filter((name) => !isSoftwareDevice(name))
    .map((name) => {
      const bytes = bytesOf(name);
      // With several, one shares the machine's memory where the shared part is nothing that a card has of its own.
      const isUnified = areEqual ? unifiedBytes > 0 : unifiedBytes > 0 && bytes === 0;
      return { name, backend, memoryBytes: bytes, isUnified };
    });
}

/** Drivers and systems write one name in several ways: `NVIDIA GeForce RTX 3060` and `GeForce RTX 3060`. */
function isSameCard(one: string, other: string): boolean {
  const [short = '', long = ''] = [one.toLowerCase(), other.toLowerCase()].toSorted((a, b) => a.length - b.length);
  return short !== '' && long.includes(short);
}

/** The reports of the probes that ended well. */
export function reportsIn(lines: readonly ProbeLine[]): ProbeReport[] {
  return lines.flatMap(({ outcome }) => (outcome.ok ? [outcome.report] : []));
}

export type MachineFacts = Omit<Machine, 'gpus'>;

/** What the operating system tells this process at once. */
export function machineFacts(): MachineFacts {
  return {
    platform: process.platform,
    arch: process.arch,
    cores: os.availableParallelism(),
    cpu: os.cpus()[0]?.model.trim().replace(/\s+/g, ' ') ?? '',
    memoryBytes: usableMemory(os.totalmem(), process.constrainedMemory?.()),
  };
}

/**
 * In a container the limit of its control group counts, not what the machine has.
 *
 * @param limit as the runtime tells it: 0, undefined or larger than any memory where there is none
 */
export function usableMemory(total: number, limit: number | undefined): number {
  return limit === undefined || limit <= 0 ? total : Math.min(total, limit);
}
