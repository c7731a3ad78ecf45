/**
 * The door of the probe: what a short-lived process of its own says about this machine, as one line of JSON on its standard output.
 * It is a process of its own so that a driver which crashes takes nothing else with it.
 */
import type { Backend } from './protocol';

/** `--probe=drivers`: what the machine has drivers for, and its graphics cards, without loading an engine. */
export interface DriversReport {
  readonly probe: 'drivers';
  /** Backends that the drivers on this machine should run, the best first; the processor is not in it. */
  readonly backends: readonly Exclude<Backend, 'cpu'>[];
  /** Major version of the CUDA runtime and cuBLAS that load here beside the driver; absent where CUDA cannot run. */
  readonly cudaRuntime?: 12 | 13;
  readonly cards: readonly Card[];
}

/** A graphics card as the operating system tells. */
export interface Card {
  readonly name: string;
  /** Its own memory in bytes; 0 where no one could tell or it has none. */
  readonly memoryBytes: number;
}

/** `--probe=<backend>`: what an engine finds when it really opens that backend. */
export interface BackendReport {
  readonly probe: 'backend';
  readonly backend: Exclude<Backend, 'cpu'>;
  /** Empty: the backend opened and found nothing. */
  readonly devices: readonly string[];
  /** Memory that the backend may use, in bytes. */
  readonly memoryBytes: number;
  /** Of it, shared with the processor. */
  readonly unifiedBytes: number;
}

/** `--probe=battery`: what the machine runs on. */
export interface BatteryReport {
  readonly probe: 'battery';
  /** `none`: it has no battery. */
  readonly source: 'battery' | 'mains' | 'none';
}

export type ProbeReport = DriversReport | BackendReport | BatteryReport;
