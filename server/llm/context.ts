/** The context of a model: how much of it fits, and in which form. */
import type { LlamaContext, LlamaModel } from 'node-llama-cpp';
import { type Attempt, fits, fitsMore, freeWithin, type Room, roomsOf } from './attempt';
import type { OpenedBackend } from './backend';
import type { LlamaOptions } from './options';

/**
 * Tokens in one prefill batch: the least that a cancelled request may still cost. The engine's flash attention on a processor works on tiles
 * of 64; with the embedded model a batch takes 65 to 110 ms on one core, 35 to 65 ms on two, and a smaller one no less.
 */
const BATCH: Readonly<Record<Attempt['backend'], number>> = { cpu: 64, metal: 512, cuda: 512, vulkan: 512 };

type ContextWishes = Pick<LlamaOptions, 'adapter' | 'kvCacheType' | 'threads'>;

/** @throws Error when the engine cannot make it: too little memory, or an adapter that does not fit */
export async function createContext(
  opened: OpenedBackend,
  model: LlamaModel,
  attempt: Attempt,
  wishes: ContextWishes,
): Promise<LlamaContext> {
  const contextSize = Math.min(attempt.contextSize, model.trainContextSize ?? attempt.contextSize);
  const room = await roomFor(opened, model, { ...attempt, contextSize });
  return create(opened, model, attempt, wishes, room);
}

/**
 * One of one place, for another window, as large as the attempt says and no smaller.
 *
 * @param made how many were made so
 * @returns undefined when it would take more memory than such contexts may
 * @throws Error when the engine cannot make it
 */
export async function createMore(
  opened: OpenedBackend,
  model: LlamaModel,
  attempt: Attempt,
  wishes: ContextWishes,
  made: number,
): Promise<LlamaContext | undefined> {
  const room = { contextSize: attempt.contextSize, places: 1 };
  const hasRoom = fitsMore(await bytesOf(opened, model, attempt, room), made, await freeOf(opened));
  return hasRoom ? create(opened, model, attempt, wishes, room) : undefined;
}

function create(
  { backend }: OpenedBackend,
  model: LlamaModel,
  { flashAttention }: Attempt,
  { adapter, kvCacheType, threads }: ContextWishes,
  room: Room,
): Promise<LlamaContext> {
  const isSmall = kvCacheType === 'q8_0';
  return model.createContext({
    batchSize: BATCH[backend],
    flashAttention,
    threads,
    contextSize: room.contextSize,
    sequences: room.places,
    failedCreationRemedy: false,
    ...(isSmall ? { experimentalKvCacheKeyType: 'Q8_0' } : {}),
    // Without flash attention the engine reads values at 16 bits only.
    ...(isSmall && flashAttention ? { experimentalKvCacheValueType: 'Q8_0' } : {}),
    ...(adapter === undefined ? {} : { lora: { adapters: [{ filePath: adapter, scale: 1 }] } }),
  });
}

/** The most that fits by the engine's own estimate, at 16 bits; the least when nothing does: then its error tells. */
async function roomFor(opened: OpenedBackend, model: LlamaModel, attempt: Attempt): Promise<Room> {
  const free = await freeOf(opened);
  const rooms = roomsOf(attempt);
  for (const room of rooms) if (fits(room, await bytesOf(opened, model, attempt, room), free)) return room;
  return rooms.at(-1) ?? { contextSize: attempt.contextSize, places: 1 };
}

async function freeOf({ llama, backend }: OpenedBackend): Promise<number> {
  if (backend !== 'cpu') return (await llama.getVramState()).free;
  const { free } = await llama.getRamState();
  return freeWithin(free, process.constrainedMemory?.(), process.memoryUsage.rss());
}

async function bytesOf(
  { backend }: OpenedBackend,
  model: LlamaModel,
  { flashAttention }: Attempt,
  { contextSize, places }: Room,
): Promise<number> {
  const { cpuRam, gpuVram } = await model.fileInsights.estimateContextResourceRequirementsV2({
    batchSize: BATCH[backend],
    flashAttention,
    contextSize,
    sequences: places,
    modelGpuLayers: model.gpuLayers,
  });
  return backend === 'cpu' ? cpuRam : gpuVram;
}
