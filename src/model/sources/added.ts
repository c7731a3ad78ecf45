/** The model of the catalog's kind that a file becomes when a person adds it. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Model } from '../../../models/catalog';
import { rolesOf } from '../gguf/fitness';
import type { Header } from '../gguf/header';

export interface FileFacts {
  /** Absolute path, or its place on the hub. */
  readonly file: string;
  readonly bytes: number;
  /** `hf:owner/repository@commit/file`; null for a file of this machine. */
  readonly source: string | null;
  /** Lower-case hex; null where it is not known. */
  readonly sha256: string | null;
  /** What people know it as; the file's name without its ending where there is nothing better. */
  readonly name?: string;
}

/** Models whose makers trained them with the suffix first, by their names. */
const SUFFIX_FIRST = /seed-?coder|mellum/i;
/** SPDX's word for a licence that is not stated. */
const NO_LICENCE = 'NOASSERTION';

/** The same file has the same `id` each time it is added. */
export function modelOf(header: Header, facts: FileFacts): Model {
  const file = path.basename(facts.file);
  const hash = createHash('sha256')
    .update(facts.source ?? facts.file)
    .digest('hex');
  const isSuffixFirst = [header.architecture, header.name, file].some((name) => SUFFIX_FIRST.test(name));
  return {
    id: `${facts.source === null ? 'local' : 'hub'}-${hash.slice(0, 12)}`,
    name: facts.name ?? file.replace(/\.gguf$/i, ''),
    roles: rolesOf(header).roles,
    file,
    source: facts.source,
    bytes: facts.bytes,
    sha256: facts.sha256,
    licence: header.licence ?? NO_LICENCE,
    parameters: header.parameters,
    ...(header.activeParameters === undefined ? {} : { activeParameters: header.activeParameters }),
    quantization: header.quantization,
    context: header.context,
    fim: header.fim === null ? null : isSuffixFirst ? 'suffixFirst' : 'psm',
    chatTemplate: header.chatTemplate?.family ?? null,
    architecture: header.architecture,
    reuse: header.reuse,
    kvBytesPerToken: header.kvBytesPerToken,
    ...(header.vocabulary > 0 ? { vocabulary: header.vocabulary } : {}),
  };
}
