/** What a model's layers keep of each token, and how much of it can be used again. */
import type { Reuse } from '../../../models/catalog';
import { kindOf } from './architectures';
import { countOf, type Metadata, perLayer } from './metadata';

/** More layers than any model has: a header that claims them is not gone through. */
const MAX_LAYERS = 1000;
/** K and V of 16 bits. */
const BYTES_PER_VALUE = 2;
/** Has windows of a width that the engine knows and the file does not tell. */
const WINDOWED = ['llama4'];

export function layersOf(metadata: Metadata, architecture: string): number {
  const layers = countOf(metadata, `${architecture}.block_count`) ?? 0;
  return layers > MAX_LAYERS ? 0 : layers;
}

/** See `Model.kvBytesPerToken` in models/catalog.ts. 0 where the header does not tell, and for models without attention. */
export function kvBytesPerTokenOf(metadata: Metadata, architecture: string): number {
  if (kindOf(architecture) === 'recurrent') return 0;
  const heads = perLayer(metadata, `${architecture}.attention.head_count`);
  const kvHeads = perLayer(metadata, `${architecture}.attention.head_count_kv`) ?? heads;
  const width = headWidths(metadata, architecture);
  const hasCache = cachedLayers(metadata, architecture);
  let values = 0;
  for (let layer = 0; layer < layersOf(metadata, architecture); layer++)
    if (hasCache(layer)) values += (kvHeads?.(layer) ?? 0) * (width('key', layer) + width('value', layer));
  const bytes = Math.round(values * BYTES_PER_VALUE);
  return Number.isSafeInteger(bytes) ? bytes : 0;
}

/** Where no width is stated, the heads share the width of the embedding. Layers with a window may have a width of their own. */
function headWidths(metadata: Metadata, architecture: string): (of: 'key' | 'value', layer: number) => number {
  const key = (name: string) => `${architecture}.attention.${name}`;
  const heads = perLayer(metadata, key('head_count'));
  const embedding = countOf(metadata, `${architecture}.embedding_length`) ?? 0;
  const isWindowed = markedLayers(metadata, key('sliding_window_pattern'));
  return (of, layer) => {
    const windowed = isWindowed(layer) ? countOf(metadata, key(`${of}_length_swa`)) : undefined;
    return windowed ?? countOf(metadata, key(`${of}_length`)) ?? embedding / Math.max(1, heads?.(layer) ?? 0);
  };
}

/** Which layers have a cache of their own: not the recurrent ones, and not the last ones where those use that of others. */
function cachedLayers(metadata: Metadata, architecture: string): (layer: number) => boolean {
  const interval = countOf(metadata, `${architecture}.full_attention_interval`) ?? 0;
  const shared = countOf(metadata, `${architecture}.attention.shared_kv_layers`) ?? 0;
  const own = layersOf(metadata, architecture) - shared;
  const isRecurrent = markedLayers(metadata, `${architecture}.attention.recurrent_layers`);
  return (layer) => layer < own && !(interval > 0 && (layer + 1) % interval !== 0) && !isRecurrent(layer);
}

/** Layers that a list marks with 1 or true. A single number is no list: none is marked. */
function markedLayers(metadata: Metadata, key: string): (layer: number) => boolean {
  const marks = typeof metadata.get(key) === 'object' ? perLayer(metadata, key) : undefined;
  return (layer) => marks?.(layer) === 1;
}

/** @param context tokens that the model was trained on: a window as wide is none */
export function reuseOf(metadata: Metadata, architecture: string, context: number): Reuse {
  const kind = kindOf(architecture);
  if (kind === 'recurrent' || kind === 'hybrid' || hasState(metadata, architecture)) return 'append';
  const window = countOf(metadata, `${architecture}.attention.sliding_window`) ?? 0;
  return (window > 0 && window < context) || WINDOWED.includes(architecture) ? 'window' : 'any';
}

/** Widths of recurrent states in the metadata: architectures newer than our list tell themselves so. */
function hasState(metadata: Metadata, architecture: string): boolean {
  const names = ['ssm.', 'wkv.', 'kda.', 'shortconv.', 'full_attention_interval'];
  return Array.from(metadata).some(
    ([key, value]) =>
      typeof value === 'number' && value > 0 && names.some((name) => key.startsWith(`${architecture}.${name}`)),
  );
}
