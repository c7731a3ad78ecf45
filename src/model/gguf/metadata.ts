/** Reads single facts out of a header's metadata. What has another type than it should have counts as not there. */
import type { Value } from './headerParser';

export type Metadata = ReadonlyMap<string, Value>;

export function textOf(metadata: Metadata, key: string): string | undefined {
  const value = metadata.get(key);
  return typeof value === 'string' ? value : undefined;
}

/** A whole number that is not negative. */
export function countOf(metadata: Metadata, key: string): number | undefined {
  const value = metadata.get(key);
  return isCount(value) ? value : undefined;
}

export function textsOf(metadata: Metadata, key: string): readonly string[] {
  const value = metadata.get(key);
  return typeof value === 'object' ? value.filter((each) => typeof each === 'string') : [];
}

/** One number for all layers, or a list with one for each. */
export function perLayer(metadata: Metadata, key: string): ((layer: number) => number | undefined) | undefined {
  const value = metadata.get(key);
  if (isCount(value)) return () => value;
  if (typeof value !== 'object') return undefined;
  return (layer) => {
    const each = value[layer];
    return typeof each === 'boolean' ? Number(each) : isCount(each) ? each : undefined;
  };
}

function isCount(value: Value | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
