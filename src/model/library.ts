/** The models that this machine has, and those that it could have. */
import { access, rm } from 'node:fs/promises';
import path from 'node:path';
import { embeddedModel, type Model, models } from '../../models/catalog';
import { type Memory, type ModelFile, noteChecked, packagedModel } from '../client/modelFile';

/** `packaged`: came with Minnow. `fetched`: in the folder of downloads. `added`: somewhere else on this machine, and never deleted. */
export type Origin = 'packaged' | 'fetched' | 'added';

export interface Known {
  readonly model: Model;
  readonly origin: Origin;
  /** Where its file lies, or will lie once it is fetched. */
  readonly file: string;
  readonly isHere: boolean;
}

/** A model that is not in the catalog, as it is remembered. */
interface Added {
  readonly model: Model;
  /** Absent where the file belongs into the folder of downloads. */
  readonly file?: string;
}

export interface LibraryParts {
  readonly extensionPath: string;
  /** Folder that downloads go to. */
  readonly folder: () => string;
  readonly memory: Memory;
}

const KEY = 'models.added';

export class Library {
  constructor(private readonly parts: LibraryParts) {}

  /** The catalog's, in its order, then what the person has added. What was learnt of a catalog's entry when it was fetched counts. */
  async all(): Promise<Known[]> {
    const added = this.#added();
    const learnt = (model: Model): Added => added.find((each) => isLearnt(each.model, model)) ?? { model };
    const others = added.filter((each) => !models.some(({ id }) => id === each.model.id));
    return Promise.all([...models.map(learnt), ...others].map((each) => this.#known(each)));
  }

  async find(id: string): Promise<Known | undefined> {
    return (await this.all()).find(({ model }) => model.id === id);
  }

  /** The embedded model's file. */
  get packaged(): ModelFile {
    return packagedModel(this.parts.extensionPath, embeddedModel);
  }

  /**
   * Remembers a model that is not in the catalog; one of the same id is replaced.
   *
   * @param file where it lies already; undefined: it belongs into the folder of downloads
   */
  async add(model: Model, file?: string): Promise<Known> {
    const entry: Added = { model, ...(file === undefined ? {} : { file }) };
    await this.#remember([...this.#added().filter((each) => each.model.id !== model.id), entry]);
    return this.#known(entry);
  }

  /**
   * A model of the catalog or an added one has been fetched; what the catalog did not know of it is learnt.
   *
   * @param fetched as it was checked when it came
   */
  async arrived(known: Known, fetched: { readonly bytes: number; readonly sha256: string }): Promise<Known> {
    await noteChecked(known.file, fetched.sha256, this.parts.memory);
    const { isRounded, ...model } = known.model;
    if (isRounded !== true && model.sha256 !== null) return { ...known, isHere: true };
    return this.add({ ...model, bytes: fetched.bytes, sha256: fetched.sha256 });
  }

  /** Deletes the file of a fetched model; of an added one only what is remembered of it. */
  async remove({ model, origin, file }: Known): Promise<void> {
    if (origin === 'fetched') await rm(file, { force: true });
    await this.#remember(this.#added().filter((each) => each.model.id !== model.id));
  }

  async #known({ model, file }: Added): Promise<Known> {
    const isPackaged = model.id === embeddedModel.id;
    const origin = isPackaged ? 'packaged' : file === undefined ? 'fetched' : 'added';
    const place = isPackaged ? this.packaged.file : (file ?? path.join(this.parts.folder(), model.file));
    return { model, origin, file: place, isHere: await exists(place) };
  }

  #added(): readonly Added[] {
    const kept = this.parts.memory.get(KEY);
    return Array.isArray(kept) ? kept.filter(isAdded) : [];
  }

  async #remember(added: readonly Added[]): Promise<void> {
    await this.parts.memory.update(KEY, added);
  }
}

/** What was learnt counts for the same file, and as long as the catalog does not know better itself. */
function isLearnt(kept: Model, { id, source, sha256 }: Model): boolean {
  return kept.id === id && kept.source === source && (sha256 === null || sha256 === kept.sha256);
}

/** Without these nothing can be done with a model. */
const NEEDED = ['id', 'name', 'roles', 'file', 'bytes', 'sha256', 'context', 'fim', 'reuse', 'kvBytesPerToken'];

/** What an older or a newer version of Minnow kept may look different. */
function isAdded(value: unknown): value is Added {
  if (typeof value !== 'object' || value === null || !('model' in value)) return false;
  const { model } = value;
  return typeof model === 'object' && model !== null && NEEDED.every((field) => field in model);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
