/** Rows of the list behind `@` and `/`. */
import type { Suggestion } from '../../../media/messages';
import { fuzzyFind } from './fuzzy';
import { KINDS, MENTIONS, type MentionKind } from './kinds';
import { baseName, quoted } from './paths';

const MOST = 20;
/** Files that are offered behind a bare `@` and some letters. */
const MOST_FILES = 8;

export interface AtQuery {
  /** Absent while it is being written. */
  readonly kind?: 'file' | 'folder' | 'symbol';
  readonly name: string;
}

/** @param query what stands behind the `@` */
export function atQuery(query: string): AtQuery {
  const [, kind, name = ''] = /^(file|folder|symbol):"?([^"]*)/.exec(query) ?? [];
  return kind === 'file' || kind === 'folder' || kind === 'symbol' ? { kind, name } : { name: query };
}

/** @param detailOf in the person's language */
export function kindRows(query: string, detailOf: (kind: MentionKind) => string): Suggestion[] {
  return MENTIONS.filter((kind) => kind.startsWith(query.toLowerCase())).map((kind) => {
    const goesOn = kind === 'file' || kind === 'folder' || kind === 'symbol';
    const label = `@${kind}`;
    return { insert: goesOn ? `${label}:` : label, label, detail: detailOf(kind), icon: KINDS[kind].icon, goesOn };
  });
}

/** @param paths those used last first */
export function fileRows(query: string, paths: readonly string[], most = MOST): Suggestion[] {
  return fuzzyFind(query, paths, itself, most).map((path) => row('file', path));
}

export const fewFileRows = (query: string, paths: readonly string[]): Suggestion[] =>
  query === '' ? [] : fileRows(query, paths, MOST_FILES);

/** @param paths of files */
export function folderRows(query: string, paths: readonly string[]): Suggestion[] {
  const folders = new Set<string>();
  for (const path of paths)
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  return fuzzyFind(query, folders, itself, MOST).map((path) => row('folder', path));
}

export interface NamedSymbol {
  readonly name: string;
  /** The class or module that it is in; '' none. */
  readonly container: string;
  /** Path of its file. */
  readonly path: string;
}

export function symbolRows(query: string, symbols: readonly NamedSymbol[]): Suggestion[] {
  const last = query.slice(query.lastIndexOf('.') + 1);
  const plain = symbols.map((symbol) => ({ ...symbol, name: symbol.name.replace(/\(.*$/, '') }));
  const unique = new Map(plain.map((symbol) => [`${symbol.container}.${symbol.name}`, symbol]));
  return fuzzyFind(last, unique.values(), ({ name }) => name, MOST).map(({ name, container, path }) => ({
    insert: `@symbol:${quoted(name)}`,
    label: name,
    detail: container === '' ? path : `${container}, ${path}`,
    icon: KINDS.symbol.icon,
    goesOn: false,
  }));
}

export interface NamedCommand {
  readonly name: string;
  readonly detail: string;
  readonly isOwn: boolean;
}

/** @param commands a later one of the same name is hidden */
export function commandRows(query: string, commands: readonly NamedCommand[]): Suggestion[] {
  const first = new Map(commands.toReversed().map((command) => [command.name.toLowerCase(), command]));
  return fuzzyFind(query, [...first.values()].toReversed(), ({ name }) => name, MOST).map(
    ({ name, detail, isOwn }) => ({
      insert: `/${name}`,
      label: `/${name}`,
      detail,
      icon: isOwn ? 'note' : 'symbol-event',
      goesOn: false,
    }),
  );
}

function row(kind: 'file' | 'folder', path: string): Suggestion {
  const insert = `@${kind}:${quoted(path)}`;
  return { insert, label: baseName(path), detail: path, icon: KINDS[kind].icon, goesOn: false };
}

const itself = (path: string): string => path;
