/** Which model to choose for a role on this machine, and why: codes and numbers, which `words.ts` puts into words. */
import { type Model, models, type Role } from '../../../models/catalog';
import type { Machine } from '../../hardware/machine';
import { type Fit, fitOf } from './fit';
import { useFor } from './memory';
import { activeBytes, assumedPace, type Measured, type Pace, paceOf } from './speed';

/** `good`: it has room and is quick enough. `tight`: quick enough, with little room to spare. `slow`: it has room, but one would wait for it. */
export type AdviceCode = 'good' | 'tight' | 'slow' | 'tooBig';

export interface Advice {
  readonly model: Model;
  readonly role: Role;
  readonly code: AdviceCode;
  /** The one to choose; at most one of a list. */
  readonly isBest: boolean;
  readonly fit: Fit;
  /**
   * Absent on a processor on which nothing was measured: the number of its cores decided then; and where it is split between card and
   * processor and was not measured: that counts as slow.
   */
  readonly pace?: Pace;
  readonly cores: number;
}

/** Ghost text that comes later than this has been typed over. */
const MOST_LINE_MS = 250;
/** In tokens a second: at a new place some hundred tokens are read before anything can be suggested. */
const LEAST_READ = 200;
/** An answer that is written more slowly than one reads. */
const LEAST_WRITTEN = 8;
/** A file of a few hundred lines shall be indexed in some ten seconds. */
const LEAST_EMBEDDED = 300;

/**
 * The largest model of a processor on which nothing was measured, in bytes of weights for each token. Two cores of a server read 90 tokens in a
 * second with a model of 0.98 GB and write 26 to 30, and read 250 and write 37 with one of 0.53 GB.
 */
const BY_CORES: readonly { readonly cores: number; readonly most: Readonly<Record<Role, number>> }[] = [
  { cores: 8, most: { completion: 1.1e9, chat: 2.5e9, edit: 2.5e9, embedding: 0.7e9 } },
  { cores: 3, most: { completion: 0.6e9, chat: 1.2e9, edit: 1.2e9, embedding: 0.2e9 } },
  { cores: 0, most: { completion: 0.1e9, chat: 0.9e9, edit: 0.9e9, embedding: 0.2e9 } },
];

const ORDER: readonly AdviceCode[] = ['good', 'tight', 'slow', 'tooBig'];

/**
 * All models of the catalog for a role, the best first: the largest that has room and is quick enough, then the others from good to too big.
 * Of those that can be used well the larger come first, of the others those that come nearest to it.
 *
 * @param measurements what was measured on this machine, of any model
 * @param candidates the catalog's; another list only in tests, or with a person's own files
 */
export function adviseFor(
  role: Role,
  machine: Machine,
  measurements: readonly Measured[],
  candidates: readonly Model[] = models,
): readonly Advice[] {
  const all = candidates
    .filter((model) => suits(role, model))
    .map((model) => judge(role, model, machine, measurements))
    .toSorted((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code) || byUse(a, b));
  const best = all.find(({ code }) => code !== 'tooBig');
  if (best === undefined) return all;
  return [{ ...best, isBest: true }, ...all.filter((each) => each !== best)];
}

/** A completion prompt changes in its middle: what keeps nothing of it then would read all of it at each keystroke. */
function suits(role: Role, { roles, fim, reuse }: Model): boolean {
  return roles.includes(role) && (role !== 'completion' || (fim !== null && reuse === 'any'));
}

function byUse(a: Advice, b: Advice): number {
  const isUsable = a.code === 'good' || a.code === 'tight';
  return isUsable ? byQuality(a.model, b.model) : byQuality(b.model, a.model);
}

/** More parameters are better, then more bits for each. */
function byQuality(a: Model, b: Model): number {
  return b.parameters - a.parameters || b.bytes - a.bytes;
}

function judge(role: Role, model: Model, machine: Machine, measurements: readonly Measured[]): Advice {
  const room = fitOf(model, machine, useFor(role, model));
  const pace = paceAt(model, room, machine, measurements);
  const unknown = room.where !== 'split' && activeBytes(model) <= mostFor(role, machine.cores);
  const isQuick = pace === undefined ? unknown : isQuickEnough(role, pace);
  return {
    model,
    role,
    code: codeOf(room, isQuick),
    isBest: false,
    fit: room,
    ...(pace === undefined ? {} : { pace }),
    cores: machine.cores,
  };
}

/** How fast a model is that is split between card and processor, only its own measurement tells: the slower part decides. */
function paceAt(
  model: Model,
  { where, backend }: Fit,
  machine: Machine,
  measured: readonly Measured[],
): Pace | undefined {
  if (where === 'split')
    return paceOf(
      model,
      backend,
      measured.filter(({ modelId }) => modelId === model.id),
    );
  if (backend === 'cpu') return paceOf(model, backend, measured);
  return paceOf(model, backend, measured) ?? assumedPace(model, backend, machine.gpus[0]?.isUnified === true);
}

function isQuickEnough(role: Role, { lineMs, writtenPerSecond, readPerSecond }: Pace): boolean {
  if (role === 'completion') return lineMs <= MOST_LINE_MS && readPerSecond >= LEAST_READ;
  return role === 'embedding' ? readPerSecond >= LEAST_EMBEDDED : writtenPerSecond >= LEAST_WRITTEN;
}

function mostFor(role: Role, cores: number): number {
  return BY_CORES.find((row) => cores >= row.cores)?.most[role] ?? 0;
}

function codeOf({ verdict }: Fit, isQuick: boolean): AdviceCode {
  if (verdict === 'tooBig') return 'tooBig';
  if (!isQuick) return 'slow';
  return verdict === 'tight' ? 'tight' : 'good';
}
