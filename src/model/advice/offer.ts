/** The advised model as an offer, in words: what it is, its size, how long it takes to come, and the memory that it needs. */
import { sizeText } from '../../sizeText';
import type { Advice } from './advice';
import type { Translate } from './words';

export interface OfferText {
  /** `Get Qwen3.5 0.8B`. */
  readonly title: string;
  /** `812 MB, about 2 minutes; needs 1.3 GB of memory`. */
  readonly detail: string;
}

/**
 * @param bytesPerSecond of the last download; undefined where there was none: then no time is told
 * @param locale BCP 47 tag of the person's language
 */
export function offerText(
  { model, fit }: Advice,
  isHere: boolean,
  bytesPerSecond: number | undefined,
  t: Translate,
  locale = 'en',
): OfferText {
  const memory = t('needs {0} of memory', sizeText(fit.neededBytes, locale));
  if (isHere) return { title: t('Use {0}', model.name), detail: t('On this machine already; {0}', memory) };
  const size = sizeText(model.bytes, locale);
  const title = t('Get {0}', model.name);
  if (bytesPerSecond === undefined) return { title, detail: t('{0}; {1}', size, memory) };
  return { title, detail: t('{0}, {1}; {2}', size, timeText(model.bytes / bytesPerSecond, t), memory) };
}

/** Downloads are never twice as fast: minutes are enough. */
function timeText(seconds: number, t: Translate): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 50) return t('less than a minute');
  if (minutes <= 1) return t('about a minute');
  return minutes < 90 ? t('about {0} minutes', minutes) : t('about {0} hours', Math.round(minutes / 60));
}
