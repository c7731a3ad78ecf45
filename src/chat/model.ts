/** What the page shows of the model that answers. */
import type { Offer, PageModel } from '../../media/messages';
import type { FailureCode } from '../../server/protocol';
import type { ChatClient } from '../client/chatClient';
import type { Translate } from './notes';

/** The advised model, where none is chosen yet. */
export interface OfferedModel extends Offer {
  /** Fetches it if need be, and lets it chat. Says how that went. */
  take(): Promise<void>;
}

export interface ModelWords {
  /** Why a model could not be started, with a next step. */
  readonly failure: (code: FailureCode | 'stopped') => string;
  readonly t: Translate;
}

export function pageModel(model: ChatClient['model'], offer: Offer | undefined, { failure, t }: ModelWords): PageModel {
  if (model === undefined) return noModel(offer, t);
  const { name, status } = model;
  switch (status.state) {
    case 'loading':
      return { state: 'loading', name, percent: Math.floor(status.percent) };
    case 'asleep':
      return { state: 'asleep', name };
    case 'ready':
      if (status.chat !== undefined) return { state: 'ready', name };
      return { state: 'failed', name, sentence: t('{0} cannot chat. Choose a model that was made for it.', name) };
    case 'failed':
      return { state: 'failed', name, sentence: failure(status.code) };
    case 'stopped':
      return { state: 'failed', name, sentence: failure('stopped') };
  }
}

/** What is shown in a workspace that is not trusted. */
export function restrictedModel(model: ChatClient['model'], t: Translate): PageModel {
  const sentence = t('In Restricted Mode there are completions only. Trust this workspace to chat and to edit.');
  return { state: 'restricted', name: model?.name ?? '', sentence };
}

function noModel(offer: Offer | undefined, t: Translate): PageModel {
  const why = t('Chat needs a model of its own: the one that completes your code cannot hold a conversation.');
  if (offer === undefined) return { state: 'none', sentences: [why, t('Choose one; it runs on this machine only.')] };
  const { title, detail } = offer;
  const what = t('Choose the model advised for this machine, or another one; it runs on this machine only.');
  return { state: 'none', sentences: [why, what], offer: { title, detail } };
}
