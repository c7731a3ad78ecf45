/** What a process holds, looked at again and again, and how that changes with time. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Sample {
  /** Since the beginning, in milliseconds. */
  readonly at: number;
  /** Resident memory, in megabytes. */
  readonly megabytes: number;
  /** Open files, pipes and sockets. */
  readonly handles: number;
}

/** undefined where the system does not tell. */
export function sampleOf(pid: number | undefined, at: number): Sample | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined;
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { at, megabytes: Number(kilobytes) / 1024, handles: readdirSync(`/proc/${pid}/fd`).length };
}

/** Growth in an hour by the least squares of all samples but those of the first third, in which caches fill. Zero for fewer than two. */
export function slopeOf(samples: readonly Sample[], of: 'megabytes' | 'handles'): number {
  const from = (samples.at(-1)?.at ?? 0) / 3;
  const kept = samples.filter(({ at }) => at >= from);
  const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
  const hours = kept.map(({ at }) => at / 3_600_000);
  const middle = { x: mean(hours), y: mean(kept.map((each) => each[of])) };
  const spread = kept.reduce((sum, _, n) => sum + ((hours[n] ?? 0) - middle.x) ** 2, 0);
  if (spread === 0 || kept.length < 2) return 0;
  return kept.reduce((sum, each, n) => sum + ((hours[n] ?? 0) - middle.x) * (each[of] - middle.y), 0) / spread;
}
