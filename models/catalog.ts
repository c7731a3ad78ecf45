/** The door of the models: what is known of each, whether it lies in the package or can be fetched. */
import catalog from './catalog.json';

export const ROLES = ['completion', 'chat', 'edit', 'embedding'] as const;
export type Role = (typeof ROLES)[number];

/**
 * What can be kept of a prompt that was read before. `any`: whatever it has in common with the next one (full attention). `append`: only
 * where the next one begins with all of it (recurrent and hybrid models). `window`: as `append` beyond a sliding window.
 */
export type Reuse = 'any' | 'append' | 'window';

/** Families of chat templates. The model's own template is what is used; this tells what to expect of it. */
export const CHAT_TEMPLATES = ['chatml', 'granite', 'gemma', 'llama3', 'mistral', 'phi', 'harmony', 'other'] as const;
export type ChatTemplate = (typeof CHAT_TEMPLATES)[number];

/** The server's `FimLayout`, which explains them. */
export const FIM_LAYOUTS = ['psm', 'spm', 'suffixFirst'] as const;

export interface Model {
  /** Stable, lower case with hyphens and dots. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** Bare file name of the GGUF. */
  readonly file: string;
  /**
   * Where it can be fetched: `hf:owner/repository/file`, with `@commit` after the repository where one is pinned; or a web
   * address. null: nowhere.
   */
  readonly source: string | null;
  /** Size of the file. */
  readonly bytes: number;
  /** True where only a rounded size was seen: the hub's own is asked for before a download. */
  readonly isRounded?: boolean;
  /** Lower-case hex of the file; null where none was seen: the digest that the hub tells pins the download then. */
  readonly sha256: string | null;
  /** SPDX identifier. */
  readonly licence: string;
  readonly parameters: number;
  /** Parameters that take part in each token, where they are not all: mixtures of experts. */
  readonly activeParameters?: number;
  /** As in file names: `Q4_K_M`. */
  readonly quantization: string;
  /** Tokens that the model was trained on. */
  readonly context: number;
  /** Order of a fill-in-the-middle prompt; null when the model cannot fill in. */
  readonly fim: (typeof FIM_LAYOUTS)[number] | null;
  readonly chatTemplate: ChatTemplate | null;
  /** `general.architecture` of the file. */
  readonly architecture: string;
  readonly reuse: Reuse;
  /**
   * Bytes of KV cache that one token of context takes, at 16 bits a value: 2 (K and V) · 2 bytes · Σ over attention layers of KV heads · head
   * width. 0 for an encoder, which keeps none.
   */
  readonly kvBytesPerToken: number;
  /** Entries of the vocabulary: times the batch, they make the buffer of logits. Absent where that was not seen, or nothing is written. */
  readonly vocabulary?: number;
}

/** All models, checked: a broken catalog is a build error that the tests catch, never a surprise at run time. */
export const models: readonly Model[] = catalog.models.map(checked);

/** The model in the package, which works at once. */
export const embeddedModel: Model = find(catalog.embedded);

/** @throws Error when the catalog has no such model */
export function find(id: string): Model {
  const model = models.find((each) => each.id === id);
  if (model === undefined) throw new Error(`no model ${id} in the catalog`);
  return model;
}

/** JSON as it is read, before its unions are checked. */
type Entry = Omit<Model, 'roles' | 'fim' | 'chatTemplate' | 'reuse'> & {
  readonly roles: readonly string[];
  readonly fim: string | null;
  readonly chatTemplate: string | null;
  readonly reuse: string;
};

function checked(entry: Entry): Model {
  const { id } = entry;
  return {
    ...entry,
    roles: entry.roles.map((role) => oneOf(ROLES, role, id)),
    fim: entry.fim === null ? null : oneOf(FIM_LAYOUTS, entry.fim, id),
    chatTemplate: entry.chatTemplate === null ? null : oneOf(CHAT_TEMPLATES, entry.chatTemplate, id),
    reuse: oneOf(['any', 'append', 'window'], entry.reuse, id),
  };
}

function oneOf<const T extends string>(allowed: readonly T[], value: string, id: string): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new Error(`${id}: unknown ${value}`);
  return found;
}
