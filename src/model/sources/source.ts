/** Where a model is fetched from. */
import os from 'node:os';
import type { Model } from '../../../models/catalog';
import { parseAddress } from './addresses';
import { hubUrl } from './hub';

/** @param hub address of the hub, or of a mirror @throws Error when the model has no source: nobody offers to fetch such a one */
export function urlOf({ id, source }: Model, hub: string): string {
  const address = parseAddress(source ?? '', { home: os.homedir(), platform: process.platform });
  if ('kind' in address && address.kind === 'hub') return hubUrl(address, hub);
  if ('kind' in address && address.kind === 'url') return address.url;
  throw new Error(`${id} has no source`);
}
