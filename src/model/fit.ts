/** Whether a model has room on a machine, and where. */
import type { Model, Role } from '../../models/catalog';
import type { Backend } from '../../server/protocol';
import type { Gpu, Machine } from '../hardware/machine';
import { BATCH, memoryNeeded, type Use, useFor } from './memory';

export interface FitOptions extends Use {
  /** Bytes that the model of another role takes. */
  readonly others?: number;
}

export interface Fit {
  /** `tight`: it has room, but leaves less than there should be for everything else. */
  readonly verdict: 'fits' | 'tight' | 'tooBig';
  /** `split`: as many layers as have room on the graphics card, the others in the machine's memory. Where it is too big: the largest place. */
  readonly where: 'gpu' | 'split' | 'memory';
  /** What would run it. */
  readonly backend: Backend;
  /** Memory that it takes, in bytes. */
  readonly neededBytes: number;
  /** The most that could be given to it there, in bytes. */
  readonly spareBytes: number;
}

/** Memory of one kind. A model fits if it leaves the margin, and is too big if it leaves less than half of it. */
interface Room {
  readonly where: 'gpu' | 'memory';
  readonly backend: Backend;
  readonly bytes: number;
  readonly margin: number;
}

/** The system, the editor with its language servers, and a browser: with less than half of that the machine swaps at each switch of windows. */
const LEAST_MARGIN = 2 * 1024 ** 3;
const MEMORY_MARGIN = 0.25;
/** The desktop and the driver's own buffers hold that much of a card. */
const LEAST_GPU_MARGIN = 0.75 * 1024 ** 3;
const GPU_MARGIN = 0.1;
/** Of memory that it shares with the processor, a GPU is given about that much: what Metal recommends lies between two thirds and three quarters. */
const UNIFIED_SHARE = 0.7;
/** With less of it on the card, a model runs no faster than on the processor. */
const LEAST_SPLIT = 0.25;

/** Where the model would run on this machine, and whether it should. Only the best GPU is looked at: the engine uses no other. */
export function fit(model: Model, machine: Machine, options: FitOptions): Fit {
  const [memory, gpu] = roomsOf(machine, options.others ?? 0);
  const { contextSize, sequences } = options;
  const onCpu = memoryNeeded(model, contextSize, BATCH.cpu, sequences);
  const onGpu = memoryNeeded(model, contextSize, BATCH.gpu, sequences);
  if (gpu !== undefined) {
    const all = judge(onGpu, gpu);
    if (all.verdict !== 'tooBig') return all;
    const part = Math.max(0, gpu.bytes - gpu.margin);
    if (!machine.gpus[0]?.isUnified && part >= LEAST_SPLIT * model.bytes) {
      const rest = judge(onGpu - part, memory);
      return { ...rest, where: 'split', backend: gpu.backend, neededBytes: onGpu, spareBytes: rest.spareBytes + part };
    }
  }
  return judge(onCpu, memory);
}

/**
 * Whether models have room at the same time, each in a server of its own.
 *
 * @param budgetBytes what they may take together; 0: as much as the machine has room for
 */
export function fitTogether(
  models: readonly { readonly model: Model; readonly role: Role }[],
  machine: Machine,
  budgetBytes: number,
): 'both' | 'oneAtATime' | 'tooBig' {
  const budget = budgetBytes > 0 ? budgetBytes : Number.POSITIVE_INFINITY;
  const fits = (which: typeof models): boolean => {
    let others = 0;
    return which.every(({ model, role }) => {
      const { verdict, neededBytes } = fit(model, machine, { ...useFor(role, model), others });
      others += neededBytes;
      return verdict !== 'tooBig' && others <= budget;
    });
  };
  // The order counts where the first takes the graphics card and the second finds room in memory.
  if (fits(models) || fits(models.toReversed())) return 'both';
  return models.every((each) => fits([each])) ? 'oneAtATime' : 'tooBig';
}

function judge(neededBytes: number, { where, backend, bytes, margin }: Room): Fit {
  const left = bytes - neededBytes;
  const verdict = left >= margin ? 'fits' : left >= margin / 2 ? 'tight' : 'tooBig';
  return { verdict, where, backend, neededBytes, spareBytes: Math.max(0, bytes - margin / 2) };
}

/** What others take is taken where a model would go first, and from the machine's memory where it is the same. */
function roomsOf(machine: Machine, others: number): [memory: Room, gpu?: Room] {
  const [best] = machine.gpus;
  const gpu = best && gpuRoom(best, machine);
  const shared = gpu === undefined || best?.isUnified === true;
  const total = machine.memoryBytes;
  const margin = Math.max(LEAST_MARGIN, total * MEMORY_MARGIN);
  const memory: Room = { where: 'memory', backend: 'cpu', bytes: total - (shared ? others : 0), margin };
  return gpu === undefined ? [memory] : [memory, { ...gpu, bytes: gpu.bytes - others }];
}

/** undefined where nobody could tell how much memory a card has. */
function gpuRoom({ backend, memoryBytes, isUnified }: Gpu, machine: Machine): Room | undefined {
  const share = machine.memoryBytes * UNIFIED_SHARE;
  if (isUnified) {
    const bytes = memoryBytes > 0 ? Math.min(memoryBytes, share) : share;
    return { where: 'gpu', backend, bytes, margin: bytes * GPU_MARGIN };
  }
  if (memoryBytes <= 0) return undefined;
  return { where: 'gpu', backend, bytes: memoryBytes, margin: Math.max(LEAST_GPU_MARGIN, memoryBytes * GPU_MARGIN) };
}
