/** The context of a model: how much of it fits, and in which form. */
import type { LlamaContext, LlamaContextOptions, LlamaModel } from 'node-llama-cpp';
import { type Attempt, fits, type Room, roomsOf } from './attempt';
import type { OpenedBackend } from './backend';
import type { LlamaOptions } from './options';

/**
 * Tokens in one prefill batch: the least that a cancelled request may still cost. The engine's flash attention on a processor works on tiles
 * of 64; with the embedded model a batch takes 65 to 110 ms on one core, 35 to 65 ms on two, and a smaller one no less.
 */
const BATCH: Readonly<Record<Attempt['backend'], number>> = { cpu: 64, metal: 512, cuda: 512, vulkan: 512 };

/** @throws Error when the engine cannot make it: too little memory, or an adapter that does not fit */
export async function createContext(
  opened: OpenedBackend,
  model: LlamaModel,
  attempt: Attempt,
  { adapter, kvCacheType, threads }: Pick<LlamaOptions, 'adapter' | 'kvCacheType' | 'threads'>,
): Promise<LlamaContext> {
  const contextSize = Math.min(attempt.contextSize, model.trainContextSize ?? attempt.contextSize);
  const { flashAttention } = attempt;
  const isSmall = kvCacheType === 'q8_0';
  const options = { batchSize: BATCH[opened.backend], flashAttention } satisfies LlamaContextOptions;
  const room = await roomFor(opened, model, { ...attempt, contextSize }, options);
  return model.createContext({
    ...options,
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
async function roomFor(
  { llama, backend }: OpenedBackend,
  model: LlamaModel,
  attempt: Attempt,
  options: { readonly batchSize: number; readonly flashAttention: boolean },
): Promise<Room> {
  const { free } = backend === 'cpu' ? await llama.getRamState() : await llama.getVramState();
  const rooms = roomsOf(attempt);
  for (const room of rooms) {
    const { cpuRam, gpuVram } = await model.fileInsights.estimateContextResourceRequirementsV2({
      ...options,
      contextSize: room.contextSize,
      sequences: room.places,
      modelGpuLayers: model.gpuLayers,
    });
    if (fits(room, backend === 'cpu' ? cpuRam : gpuVram, free)) return room;
  }
  return rooms.at(-1) ?? { contextSize: attempt.contextSize, places: 1 };
}
