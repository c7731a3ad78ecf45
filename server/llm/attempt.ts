/** How much is asked of the machine, and how much less after that did not fit. Pure. */
import type { Backend, FailureCode } from '../protocol';
import type { LlamaOptions } from './options';

/** One try to load the model. */
export interface Attempt {
  readonly backend: Backend;
  /** Layers for the GPU; -1 as many as fit beside the context. */
  readonly layers: number;
  /** Room of the context, in tokens. */
  readonly contextSize: number;
  /** The most places whose state is kept at the same time. */
  readonly places: number;
  readonly flashAttention: boolean;
}

/** How a try failed. */
export interface Failed {
  readonly code: FailureCode;
  /** What could not be made. */
  readonly stage: 'model' | 'context';
  /** Layers that the GPU had or was to have, where that is known. */
  readonly layers?: number;
}

/** Room for a context of some size and so many kept places. */
export interface Room {
  readonly contextSize: number;
  readonly places: number;
}

/**
 * Room that is chosen by itself, in tokens. Completion fills what the machine reads in 0.8 seconds (`pace.ts`): some hundred tokens to two
 * thousand on a processor, several thousand on a GPU. More would lie there empty, and takes memory for each kept place.
 */
const AUTOMATIC: Readonly<Record<Backend, number>> = { cpu: 4096, metal: 8192, cuda: 8192, vulkan: 8192 };
/** The same for chat, which is about whole files and goes on for a while; its contexts have one place. */
const AUTOMATIC_CHAT: Readonly<Record<Backend, number>> = { cpu: 8192, metal: 16384, cuda: 16384, vulkan: 16384 };
/** For embeddings, which have a context of their own: the least. */
const EMBEDDING = 512;
/** Less than this is not tried, in tokens: a suggestion needs its surroundings. */
const LEAST_CONTEXT = 1024;
/** Places of a window whose state is kept at the same time: going back to one of them is free. */
export const PLACES = 3;
/** After what the engine thought would fit did not, the most layers that are tried. */
const MOST_LAYERS_AGAIN = 16;
/** With fewer layers on it a GPU is hardly faster than the processor. */
const LEAST_LAYERS = 4;

type Wishes = Pick<LlamaOptions, 'contextSize' | 'trainedOn' | 'gpuLayers' | 'flashAttention' | 'job'>;

export function firstAttempt(wishes: Wishes, backend: Backend): Attempt {
  const attempt: Attempt = {
    backend,
    layers: backend === 'cpu' ? 0 : wishes.gpuLayers,
    contextSize: roomOf(wishes, AUTOMATIC[backend]),
    places: PLACES,
    flashAttention: wishes.flashAttention !== 'off',
  };
  switch (wishes.job) {
    case 'completion':
      return attempt;
    case 'chat':
      return chatAttempt(attempt, wishes);
    case 'embedding':
      return { ...attempt, contextSize: roomOf({ ...wishes, contextSize: EMBEDDING }, EMBEDDING), places: 1 };
  }
}

/** For a context that chats, with a model that is loaded as another attempt says. */
export function chatAttempt(attempt: Attempt, wishes: Pick<Wishes, 'contextSize' | 'trainedOn'>): Attempt {
  return { ...attempt, contextSize: roomOf(wishes, AUTOMATIC_CHAT[attempt.backend]), places: 1 };
}

function roomOf({ contextSize, trainedOn }: Pick<Wishes, 'contextSize' | 'trainedOn'>, automatic: number): number {
  const wished = contextSize || automatic;
  return trainedOn > 0 ? Math.min(wished, trainedOn) : wished;
}

/**
 * What to try after a try has failed: what does not fit is tried smaller, and a GPU that cannot make a context is asked without flash
 * attention. Each costs a load, so there are few.
 *
 * @returns undefined when this backend cannot do it
 */
export function nextAttempt(tried: Attempt, failed: Failed, wishes: Wishes): Attempt | undefined {
  const isGpu = tried.backend !== 'cpu';
  if (failed.code === 'engineFailed' && isGpu && tried.flashAttention && wishes.flashAttention === 'auto')
    return { ...tried, flashAttention: false };
  if (failed.code !== 'outOfMemory') return undefined;
  const smaller = Math.floor(tried.contextSize / 2);
  if (failed.stage === 'context' && smaller >= LEAST_CONTEXT) return { ...tried, contextSize: smaller, places: 1 };
  const layers = Math.min(MOST_LAYERS_AGAIN, Math.floor((failed.layers ?? MOST_LAYERS_AGAIN * 2) / 2));
  return isGpu && layers >= LEAST_LAYERS ? { ...tried, layers, places: 1 } : undefined;
}

/** The room of a try, and less of it, the most wanted first: a large context is worth more than kept places. */
export function roomsOf({ contextSize, places }: Pick<Attempt, 'contextSize' | 'places'>): Room[] {
  const rooms: Room[] = [];
  for (let kept = places; kept >= 1; kept--) rooms.push({ contextSize, places: kept });
  for (let size = contextSize / 2; size >= LEAST_CONTEXT; size /= 2)
    rooms.push({ contextSize: Math.floor(size), places: 1 });
  return rooms;
}

/**
 * Kept places beyond the first are a comfort, so all of them together may take half of the free memory at most; with one place, all of it.
 *
 * @param bytes what a room takes
 * @param free bytes
 */
export function fits({ places }: Room, bytes: number, free: number): boolean {
  return bytes <= (places > 1 ? free / 2 : free);
}

/**
 * Places of windows that came later are a comfort as well: all of them together may take half of what would be free without them.
 *
 * @param bytes what one takes
 * @param made how many there are
 * @param free bytes, beside those
 */
export function fitsMore(bytes: number, made: number, free: number): boolean {
  return bytes * (made + 1) <= (free + bytes * made) / 2;
}

/**
 * What the processor's memory has left. In a container the limit of its control group counts, not what the machine has: beyond it the process is
 * killed.
 *
 * @param free of the machine, in bytes
 * @param limit as the runtime tells it, in bytes: 0, undefined or larger than any memory where there is none
 * @param used by this process, in bytes
 */
export function freeWithin(free: number, limit: number | undefined, used: number): number {
  return limit === undefined || limit <= 0 ? free : Math.max(0, Math.min(free, limit - used));
}
