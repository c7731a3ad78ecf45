/** The model that is advised for chat on this machine, offered where none is chosen. */
import * as vscode from 'vscode';
import type { Hardware } from '../hardware/hardware';
import { adviseFor } from './advice/advice';
import { type OfferText, offerText } from './advice/offer';
import { type UseParts, use } from './use';

export interface OfferParts extends UseParts {
  readonly hardware: Hardware;
}

export interface ModelOffer extends OfferText {
  /** Fetches it if need be, and gives it the job. Says how that went. */
  take(): Promise<void>;
}

/** undefined where no model has room, or none can be had. */
export async function offerForChat(parts: OfferParts): Promise<ModelOffer | undefined> {
  const { hardware, library, measurements, downloads } = parts;
  await hardware.look();
  const known = await library.all();
  const candidates = known.filter(({ isHere, model }) => isHere || model.source !== null);
  const advice = adviseFor(
    'chat',
    hardware.machine,
    measurements.all,
    candidates.map(({ model }) => model),
  );
  const best = advice.find(({ isBest }) => isBest);
  const found = candidates.find(({ model }) => model.id === best?.model.id);
  if (best === undefined || found === undefined) return undefined;
  const text = offerText(best, found.isHere, downloads.bytesPerSecond, vscode.l10n.t, vscode.env.language);
  return { ...text, take: () => use('chat', found, parts) };
}
