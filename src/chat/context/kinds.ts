/** The kinds of context: how much each weighs where there is not room for all, and how the model knows it. */
import type { ContextItem } from '../../../server/chatProtocol';

/** What a person names with `@`. */
export const MENTIONS = [
  'file',
  'folder',
  'symbol',
  'problems',
  'terminal',
  'changes',
  'workspace',
  'selection',
] as const;
export type MentionKind = (typeof MENTIONS)[number];
/** `visible` is the code in sight, when nothing is selected: nobody named it. */
export type Kind = MentionKind | 'visible';

interface Rule {
  /** The lowest is cut first. What was chosen most exactly weighs most, what was found by a search least. */
  readonly priority: number;
  /** @param name a path with lines, a symbol, a repository */
  readonly title: (name: string) => string;
  /** What stands in the question in place of the mention: models do not know ours. */
  readonly words: (name: string) => string;
  /** Name of a codicon. */
  readonly icon: string;
}

const itself = (name: string): string => name;

export const KINDS: Readonly<Record<Kind, Rule>> = {
  selection: { priority: 90, title: itself, words: () => 'the selected code', icon: 'list-selection' },
  problems: { priority: 85, title: () => 'Problems', words: () => 'the problems', icon: 'warning' },
  terminal: { priority: 80, title: () => 'Terminal', words: () => 'the terminal output', icon: 'terminal' },
  file: { priority: 70, title: itself, words: itself, icon: 'file' },
  symbol: { priority: 65, title: itself, words: itself, icon: 'symbol-method' },
  changes: { priority: 60, title: (name) => `git diff of ${name}`, words: () => 'the changes', icon: 'git-compare' },
  visible: { priority: 50, title: itself, words: () => 'the code', icon: 'eye' },
  folder: { priority: 40, title: (name) => `Folder ${name}`, words: itself, icon: 'folder' },
  workspace: { priority: 30, title: itself, words: () => '', icon: 'search' },
};

/** What came of reading something: pieces, and sentences on what could not be had. */
export interface Found {
  readonly items: readonly ContextItem[];
  readonly missing: readonly string[];
}

export const found = (...items: readonly ContextItem[]): Found => ({ items, missing: [] });
export const missing = (...sentences: readonly string[]): Found => ({ items: [], missing: sentences });

export function together(all: readonly Found[]): Found {
  return { items: all.flatMap(({ items }) => items), missing: all.flatMap(({ missing }) => missing) };
}

export interface ItemFacts {
  readonly name: string;
  readonly text: string;
  readonly languageId?: string | undefined;
  /** Counts the pieces of one kind that are the less important the later they come, from 0. */
  readonly rank?: number;
}

/** A piece of context of a kind; its identifier tells the same thing read twice. */
export function itemOf(kind: Kind, { name, text, languageId, rank = 0 }: ItemFacts): ContextItem {
  const { priority, title } = KINDS[kind];
  const item = { id: `${kind}:${name}`, title: title(name), text, priority: priority - Math.min(rank, 99) / 100 };
  return languageId === undefined ? item : { ...item, languageId };
}

/** Each thing once; not the code in sight of a file that is there as a whole. */
export function withoutRepeats(items: readonly ContextItem[]): ContextItem[] {
  const unique = new Map(items.map((item) => [item.id, item]));
  return [...unique.values()].filter(({ id }) => {
    const [, path] = /^visible:(.*):[\d-]+$/.exec(id) ?? [];
    return path === undefined || !unique.has(`file:${path}`);
  });
}
