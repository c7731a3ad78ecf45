/** The door of the models: what is known of each, whether it lies in the package or can be fetched. */
import catalog from './catalog.json';

export type Role = 'completion' | 'chat' | 'edit' | 'embedding';

export interface Model {
  /** Stable, lower case with hyphens. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** Bare file name of the GGUF. */
  readonly file: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Lower-case hex of the file. */
  readonly sha256: string;
  /** SPDX identifier. */
  readonly licence: string;
  readonly parameters: number;
  readonly quantization: string;
  /** Tokens that the model was trained on. */
  readonly context: number;
  /** Order of a fill-in-the-middle prompt; null when the model cannot fill in. */
  readonly fim: 'spm' | 'psm' | null;
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

function checked(entry: (typeof catalog.models)[number]): Model {
  const { fim, roles, ...rest } = entry;
  if (fim !== 'spm' && fim !== 'psm' && fim !== null) throw new Error(`${entry.id}: unknown layout ${fim}`);
  return { ...rest, fim, roles: roles.map((role) => checkedRole(entry.id, role)) };
}

function checkedRole(id: string, role: string): Role {
  if (role === 'completion' || role === 'chat' || role === 'edit' || role === 'embedding') return role;
  throw new Error(`${id}: unknown role ${role}`);
}
