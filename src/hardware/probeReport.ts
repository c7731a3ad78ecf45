/** Reads what a probe process wrote. A driver may write between its lines, and nothing of it is believed unseen. */

import type { BackendReport, BatteryReport, Card, DriversReport, ProbeReport } from '../../server/probeProtocol';
import { parseJson } from '../json';

export type GpuBackend = BackendReport['backend'];

/** The order in which backends are taken: the best first. */
export const GPU_BACKENDS: readonly GpuBackend[] = ['metal', 'cuda', 'vulkan'];

/** The last line that is a report on what was asked; undefined when there is none. */
export function parseReport(output: string, asked: 'drivers' | 'battery' | GpuBackend): ProbeReport | undefined {
  for (const line of output.split('\n').toReversed()) {
    if (!line.trimStart().startsWith('{')) continue;
    const report = reportOf(parseJson(line));
    if (report !== undefined && subjectOf(report) === asked) return report;
  }
  return undefined;
}

/** The line of standard error that says why a probe failed: the first error, whose cause stands last; else its last line. */
export function reasonIn(errors: string): string {
  const lines = errors
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(at |\{|\}|code:)/.test(line));
  const first = lines.find((line) => line.includes('Error: ')) ?? lines.at(-1) ?? '';
  return first.replace(/^.*Error: /, '');
}

function subjectOf(report: ProbeReport): 'drivers' | 'battery' | GpuBackend {
  return report.probe === 'backend' ? report.backend : report.probe;
}

function reportOf(value: unknown): ProbeReport | undefined {
  if (!isRecord(value)) return undefined;
  if (isDrivers(value) || isBattery(value)) return value;
  return isBackend(value) ? value : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function isDrivers(value: Fields): value is Fields & DriversReport {
  const { probe, backends, cudaRuntime, cards } = value;
  return (
    probe === 'drivers' &&
    isListOf(backends, isGpuBackend) &&
    (cudaRuntime === undefined || cudaRuntime === 12 || cudaRuntime === 13) &&
    isListOf(cards, isCard)
  );
}

function isBattery(value: Fields): value is Fields & BatteryReport {
  const { probe, source } = value;
  return probe === 'battery' && (source === 'battery' || source === 'mains' || source === 'none');
}

function isBackend(value: Fields): value is Fields & BackendReport {
  const { probe, backend, devices, memoryBytes, unifiedBytes } = value;
  return (
    probe === 'backend' &&
    isGpuBackend(backend) &&
    isListOf(devices, (device) => typeof device === 'string') &&
    isBytes(memoryBytes) &&
    isBytes(unifiedBytes)
  );
}

export function isGpuBackend(value: unknown): value is GpuBackend {
  return GPU_BACKENDS.some((backend) => backend === value);
}

function isCard(value: unknown): value is Card {
  return isRecord(value) && typeof value.name === 'string' && isBytes(value.memoryBytes);
}

function isListOf(value: unknown, isOne: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}

function isBytes(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
