/** Where and when figures were taken: they mean nothing without it. */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { embedded } from '../../support/server';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Programs that wanted to run in the last minute, on average: over the number of cores, times mean little. */
  readonly load: number;
  readonly platform: string;
  readonly node: string;
  readonly model: string;
  readonly date: string;
}

export function machine(): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    platform: `${process.platform}-${process.arch}`,
    node: process.version,
    model: embedded.model.file,
    date: new Date().toISOString().slice(0, 10),
  };
}

export function printedMachine(of: Machine): string {
  const { processor, cores, load, platform, node, model, date } = of;
  return `${processor}, ${cores} cores (load ${load} before), ${platform}, node ${node}; ${model}; ${date}`;
}
