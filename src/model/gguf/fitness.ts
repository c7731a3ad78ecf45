/** What a model file can be used for, and why not. */
import type { Role } from '../../../models/catalog';
import { kindOf } from './architectures';
import type { Header, HeaderRefusal } from './header';

/**
 * Why a file cannot work at all. `split`: one of several parts. `incomplete`: it does not tell what an engine must know. `otherTask`: it
 * ranks, speaks or draws. `noRole`: it neither fills in nor chats nor embeds.
 */
export type ModelRefusal =
  | 'adapter'
  | 'projector'
  | 'draft'
  | 'notAModel'
  | 'split'
  | 'otherTask'
  | 'unknownArchitecture'
  | 'unknownQuantization'
  | 'truncated'
  | 'incomplete'
  | 'noTokenizer'
  | 'noRole';

/** All reasons for which a file is not taken. */
export type FileRefusal = HeaderRefusal | ModelRefusal;

export type RoleRefusal = 'noFim' | 'noChatTemplate' | 'onlyEmbeds' | 'doesNotEmbed';

export interface Fitness {
  readonly roles: readonly Role[];
  /** One for each other role. */
  readonly refusals: Readonly<Partial<Record<Role, RoleRefusal>>>;
}

/** `llama_pooling_type` of llama.cpp: mean, first token, last token; and a score instead of a vector. */
const POOLED = [1, 2, 3];
const RANKED = 4;

/** @returns undefined when it can work */
export function refusalOf(header: Header): ModelRefusal | undefined {
  return (
    refusalOfKind(header) ??
    refusalOfContents(header) ??
    (rolesOf(header).roles.length === 0 ? ('noRole' as const) : undefined)
  );
}

function refusalOfKind({ type, adapter, architecture, parts, pooling }: Header): ModelRefusal | undefined {
  const kind = kindOf(architecture);
  if (type === 'adapter' || adapter !== null) return 'adapter';
  if (type === 'mmproj' || kind === 'projector') return 'projector';
  if (type !== 'model' || architecture === '') return 'notAModel';
  if (parts > 1) return 'split';
  if (kind === 'draft') return 'draft';
  if (kind === 'otherTask' || pooling === RANKED) return 'otherTask';
  return kind === undefined ? 'unknownArchitecture' : undefined;
}

function refusalOfContents(header: Header): ModelRefusal | undefined {
  const { tensors, context, layers, tokenizer, vocabulary, areTypesKnown, dataEnd, bytes } = header;
  if (tensors.length === 0 || context === 0 || layers === 0) return 'incomplete';
  if (!areTypesKnown) return 'unknownQuantization';
  if (dataEnd > (bytes ?? Number.MAX_SAFE_INTEGER)) return 'truncated';
  const hasTokenizer = tokenizer !== null && !['none', 'no_vocab'].includes(tokenizer) && vocabulary > 0;
  return hasTokenizer ? undefined : 'noTokenizer';
}

/** A model that embeds does nothing else, even where its vocabulary and template are still those of the model that it was made of. */
export function rolesOf(header: Header): Fitness {
  if (embeds(header))
    return {
      roles: ['embedding'],
      refusals: { completion: 'onlyEmbeds', chat: 'onlyEmbeds', edit: 'onlyEmbeds' },
    };
  const fills = header.fim !== null;
  const chats = header.chatTemplate !== null;
  return {
    roles: [...(fills ? (['completion'] as const) : []), ...(chats ? (['chat', 'edit'] as const) : [])],
    refusals: {
      ...(fills ? {} : { completion: 'noFim' }),
      ...(chats ? {} : { chat: 'noChatTemplate', edit: 'noChatTemplate' }),
      embedding: 'doesNotEmbed',
    },
  };
}

function embeds({ architecture, pooling, name, tags }: Header): boolean {
  if (kindOf(architecture) === 'embedding' || (pooling !== null && POOLED.includes(pooling))) return true;
  return [name, ...tags].some((text) =>
    /\bembed(ding|dings|der)?\b|\b(feature-extraction|sentence-similarity)\b/i.test(text),
  );
}
