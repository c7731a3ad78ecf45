/** Whether a model has room on a machine, and where. */
import type { Model, Role } from '../../../models/catalog';
import type { Backend } from '../../../server/protocol';
import type { Gpu, Machine } from '../../hardware/machine';
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

interface Rooms {
  readonly memory: Room;
  /** Absent where there is none, or nobody knows how large it is. */
  readonly gpu?: Room;
  /** The GPU's memory is part of the machine's. */
  readonly isUnified: boolean;
}

/** The system, the editor with its language servers, and a browser: with less than half of that the machine swaps at each switch of windows. */
const LEAST_MARGIN = 2 * 1024 ** 3;
const MEMORY_MARGIN = 0.25;
/** The desktop and the driver's own buffers hold that much of a card. */
const LEAST_GPU_MARGIN = 0.75 * 1024 ** 3;
const GPU_MARGIN = 0.1;
/** Of memory that it shares with the processor, a GPU is given about that much: what Metal recommends lies between two thirds and three quarters. */
const UNIFIED_SHARE = 0.7;
/** With less of it on the card, a model is taken to gain nothing from it. */
const LEAST_SPLIT = 0.25;

/** Where the model would run on this machine, and whether it should. Only the best GPU is looked at: the engine uses no other. */
export function fitOf(model: Model, machine: Machine, { others = 0, ...use }: FitOptions): Fit {
  const rooms = roomsOf(machine);
  const othersOnGpu = rooms.gpu !== undefined && judge(others, rooms.gpu).verdict !== 'tooBig';
  return place(model, use, othersOnGpu ? without(rooms, others, 0) : without(rooms, 0, others)).fit;
}

/**
 * Whether models have room at the same time, each in a server of its own. Together they must leave the margin of the
 * machine's memory; one alone may be tight.
 *
 * @param budgetBytes what they may take together; 0: as much as the machine has room for
 */
export function fitTogether(
  models: readonly { readonly model: Model; readonly role: Role }[],
  machine: Machine,
  budgetBytes: number,
): 'both' | 'oneAtATime' | 'tooBig' {
  const budget = budgetBytes > 0 ? budgetBytes : Number.POSITIVE_INFINITY;
  const haveRoom = (which: typeof models): boolean => {
    let rooms = roomsOf(machine);
    let sum = 0;
    return which.every(({ model, role }) => {
      const placed = place(model, useFor(role, model), rooms);
      rooms = placed.left;
      sum += placed.fit.neededBytes;
      const mayBeTight = which.length === 1 || (placed.fit.where === 'gpu' && !rooms.isUnified);
      return (placed.fit.verdict === 'fits' || (placed.fit.verdict === 'tight' && mayBeTight)) && sum <= budget;
    });
  };
  // The order counts where one of them has room on the graphics card only as long as the other is not there.
  if (haveRoom(models) || haveRoom(models.toReversed())) return 'both';
  return models.every((each) => haveRoom([each])) ? 'oneAtATime' : 'tooBig';
}

function place(
  model: Model,
  { contextSize, sequences }: Use,
  rooms: Rooms,
): { readonly fit: Fit; readonly left: Rooms } {
  const { memory, gpu } = rooms;
  if (gpu !== undefined) {
    const needed = memoryNeeded(model, contextSize, BATCH.gpu, sequences);
    const whole = judge(needed, gpu);
    if (whole.verdict !== 'tooBig') return { fit: whole, left: without(rooms, needed, 0) };
    const part = Math.max(0, gpu.bytes - gpu.margin);
    if (!rooms.isUnified && part >= LEAST_SPLIT * model.bytes) {
      const rest = judge(needed - part, memory);
      const { backend } = gpu;
      const split: Fit = { ...rest, where: 'split', backend, neededBytes: needed, spareBytes: rest.spareBytes + part };
      return { fit: split, left: without(rooms, part, needed - part) };
    }
  }
  const needed = memoryNeeded(model, contextSize, BATCH.cpu, sequences);
  return { fit: judge(needed, memory), left: without(rooms, 0, needed) };
}

function judge(neededBytes: number, { where, backend, bytes, margin }: Room): Fit {
  const left = bytes - neededBytes;
  const verdict = left >= margin ? 'fits' : left >= margin / 2 ? 'tight' : 'tooBig';
  return { verdict, where, backend, neededBytes, spareBytes: Math.max(0, bytes - margin / 2) };
}

function roomsOf(machine: Machine): Rooms {
  const { memoryBytes, gpus } = machine;
  const margin = Math.max(LEAST_MARGIN, memoryBytes * MEMORY_MARGIN);
  const memory: Room = { where: 'memory', backend: 'cpu', bytes: memoryBytes, margin };
  const gpu = gpus[0] && gpuRoom(gpus[0], machine);
  return { memory, isUnified: gpus[0]?.isUnified === true, ...(gpu === undefined ? {} : { gpu }) };
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

/** What is left after so many bytes were taken of each; what is shared is taken of both. */
function without({ memory, gpu, isUnified }: Rooms, ofGpu: number, ofMemory: number): Rooms {
  const both = ofGpu + ofMemory;
  return {
    memory: { ...memory, bytes: memory.bytes - (isUnified ? both : ofMemory) },
    ...(gpu === undefined ? {} : { gpu: { ...gpu, bytes: gpu.bytes - (isUnified ? both : ofGpu) } }),
    isUnified,
  };
}
