/** How fast a model is on a machine: as it was measured, as another one's measurement tells, or as slow machines of the kind are. */
import { find, type Model, models } from '../../../models/catalog';
import type { Backend, Speed } from '../../../server/protocol';

/** A measurement on this machine. */
export interface Measured extends Speed {
  readonly modelId: string;
  readonly backend: Backend;
  /** Milliseconds since 1970. */
  readonly when: number;
}

export interface Pace extends Speed {
  /** `estimated`: from what was measured of another model here. `assumed`: nothing was measured here yet. */
  readonly basis: 'measured' | 'estimated' | 'assumed';
}

/** Milliseconds from a keystroke to a whole line of ten tokens. */
export interface LineEstimate {
  readonly aboutMs: number;
  /** The estimate may be off by `ESTIMATE_FACTOR` to either side. */
  readonly atLeastMs: number;
  readonly atMostMs: number;
}

/**
 * An estimate from another model's measurement is within this factor. Between models of 0.1, 0.5 and 1.5 billion parameters, of 4 and 8 bits, on
 * the same two cores, rates of reading came out at 0.63 to 1.59 of what was measured, times of a token at 0.62 to 1.67.
 */
export const ESTIMATE_FACTOR = 1.7;

const LINE_TOKENS = 10;
/** Of the time of a token, what does not grow with the model, in milliseconds. */
const TOKEN_OVERHEAD_MS = 0.6;
/** Tokens that are read anew at a keystroke: what was typed, and where the tokens of a word change with it. */
const READ_AGAIN = 2;

/** What a GPU of the kind can be trusted to do. Bytes of weights read in a second, and operations in a second while a prompt is read. */
interface Power {
  readonly bytes: number;
  readonly operations: number;
}

/**
 * Rounded down from small cards, by llama-bench. Metal: M4 with 10 cores, 8B Q4_K_M: 225 tokens read and 20.9 written in a second, which are
 * 103 GB and 3.6 T. Vulkan: RX 6700 XT, 7B Q4_0: 425 and 41.8, which are 172 GB and 6 T. CUDA: P40, 7B Q4_0: 912 and 56, which are 230 GB and
 * 13 T; RTX 5060, 0.8B Q4_K_M: 340 written, which are 180 GB. What shares the memory of another processor than Apple's was
 * not seen measured: a third of a card's bytes and a tenth of its operations are taken.
 */
const POWERS: Readonly<Record<Exclude<Backend, 'cpu'>, Power>> = {
  metal: { bytes: 80e9, operations: 2.5e12 },
  cuda: { bytes: 120e9, operations: 6e12 },
  vulkan: { bytes: 80e9, operations: 3e12 },
};
const SHARED_POWER: Power = { bytes: 25e9, operations: 0.3e12 };

/**
 * What is known of the model's speed with this backend: the newest measurement of it, else an estimate from the measured model that is next to
 * it in size; undefined when nothing was measured with this backend.
 */
export function paceOf(model: Model, backend: Backend, measurements: readonly Measured[]): Pace | undefined {
  const here = measurements.filter((each) => each.backend === backend).toSorted((a, b) => b.when - a.when);
  const own = here.find(({ modelId }) => modelId === model.id);
  if (own) return { ...speedOf(own), basis: 'measured' };
  const known = here.filter(({ modelId }) => isKnown(modelId));
  const distance = ({ modelId }: Measured): number =>
    Math.abs(Math.log(activeBytes(find(modelId)) / activeBytes(model)));
  const [nearest] = known.toSorted((a, b) => distance(a) - distance(b));
  return nearest && estimatedPace(model, find(nearest.modelId), nearest);
}

/** Writing is bound by memory: it scales with the bytes of a token's weights. Reading is bound by arithmetic: it scales with the parameters. */
export function estimatedPace(model: Model, from: Model, { readPerSecond, writtenPerSecond }: Speed): Pace {
  const tokenMs = 1000 / writtenPerSecond;
  const fixedMs = Math.min(TOKEN_OVERHEAD_MS, tokenMs / 2);
  const token = ((tokenMs - fixedMs) * activeBytes(model)) / activeBytes(from) + fixedMs;
  const read = (readPerSecond * activeParameters(from)) / activeParameters(model);
  return pace(read, 1000 / token, 'estimated');
}

/** @returns undefined when the measurement says nothing: another backend, or a model that is not in the catalog */
export function estimateLineMs(model: Model, backend: Backend, measured: Measured): LineEstimate | undefined {
  if (measured.backend !== backend || !isKnown(measured.modelId)) return undefined;
  const { lineMs } = estimatedPace(model, find(measured.modelId), measured);
  return { aboutMs: lineMs, atLeastMs: lineMs / ESTIMATE_FACTOR, atMostMs: lineMs * ESTIMATE_FACTOR };
}

/** What a GPU of this kind does at least, when nothing was measured on it yet. */
export function assumedPace(model: Model, backend: Exclude<Backend, 'cpu'>, isUnified: boolean): Pace {
  const { bytes, operations } = isUnified && backend !== 'metal' ? SHARED_POWER : POWERS[backend];
  const tokenMs = (activeBytes(model) / bytes) * 1000 + TOKEN_OVERHEAD_MS;
  return pace(operations / (2 * activeParameters(model)), 1000 / tokenMs, 'assumed');
}

/** Bytes of weights that take part in each token. */
export function activeBytes(model: Model): number {
  return (model.bytes * activeParameters(model)) / model.parameters;
}

const activeParameters = (model: Model): number => model.activeParameters ?? model.parameters;
const isKnown = (id: string): boolean => models.some((model) => model.id === id);

function speedOf({ readPerSecond, writtenPerSecond, lineMs }: Speed): Speed {
  return { readPerSecond, writtenPerSecond, lineMs };
}

function pace(readPerSecond: number, writtenPerSecond: number, basis: Pace['basis']): Pace {
  const lineMs = (READ_AGAIN / readPerSecond + LINE_TOKENS / writtenPerSecond) * 1000;
  return { readPerSecond, writtenPerSecond, lineMs, basis };
}
