/** An advice in a few words, for a list to choose from. */
import type { Role } from '../../../models/catalog';
import { sizeText } from '../../sizeText';
import type { Advice } from './advice';
import type { Pace } from './speed';

/** Puts arguments into the places `{0}`, `{1}` of a message, in the user's language: `vscode.l10n.t`. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** Such as `1.6 GB · fits · about 45 ms per line here`. @param locale BCP 47 tag of the person's language */
export function words(advice: Advice, t: Translate, locale = 'en'): string {
  const { model, fit, code } = advice;
  if (code === 'tooBig')
    return t(
      'too big: needs {0}, this machine can spare {1}',
      sizeText(fit.neededBytes, locale),
      sizeText(fit.spareBytes, locale),
    );
  return [sizeText(model.bytes, locale), room(advice, t), ...speed(advice, t)].join(' · ');
}

function room({ fit }: Advice, t: Translate): string {
  if (fit.verdict === 'tight') return t('fits, with little memory to spare');
  return fit.where === 'split' ? t('fits, partly on the graphics card') : t('fits');
}

function speed({ pace, role, code, cores, fit }: Advice, t: Translate): string[] {
  if (pace === undefined) {
    if (code !== 'slow') return [];
    return [fit.where === 'split' ? t('slow for this job') : t('slow on {0} processor cores', cores)];
  }
  const text = rate(pace, role, t);
  return code === 'slow' ? [t('slow, {0}', text)] : [text];
}

function rate(pace: Pace, role: Role, t: Translate): string {
  if (role === 'completion') return line(pace, t);
  const perSecond = rounded(role === 'embedding' ? pace.readPerSecond : pace.writtenPerSecond);
  switch (pace.basis) {
    case 'measured':
      return t('measured: {0} tokens/s', perSecond);
    case 'estimated':
      return t('about {0} tokens/s here', perSecond);
    case 'assumed':
      return t('about {0} tokens/s, not measured yet', perSecond);
  }
}

function line({ basis, lineMs }: Pace, t: Translate): string {
  const exact = basis === 'measured' ? lineMs : rounded(lineMs);
  const time = exact < 1000 ? t('{0} ms', Math.round(exact)) : t('{0} s', Number((exact / 1000).toPrecision(2)));
  switch (basis) {
    case 'measured':
      return t('measured: {0} per line', time);
    case 'estimated':
      return t('about {0} per line here', time);
    case 'assumed':
      return t('about {0} per line, not measured yet', time);
  }
}

/** To two figures at most: nothing of it is known any better. */
function rounded(value: number): number {
  return Number(value.toPrecision(value < 10 ? 1 : 2));
}
