/** Whether a file may enter a prompt though nobody named it: the one decision for completion, edits, chat, search and commit messages. */
import type { Said } from './ignoreRules';
import { isSecretFile } from './secretFiles';

/**
 * Why a file is left out. `minnowIgnored`: a `.minnowignore` names it, so it is not read even when a person names it. `outside`: it lies in
 * no opened folder. `link`: it lies in one, and what it leads to does not.
 */
export type Reason = 'minnowIgnored' | 'secret' | 'outside' | 'link' | 'gitIgnored';

export type Decision = { readonly mayRead: true } | { readonly mayRead: false; readonly reason: Reason };

export interface FileFacts {
  /** With `/` or `\`. */
  readonly path: string;
  /** Whether it lies in an opened folder. */
  readonly isInside: boolean;
  /** What the `.minnowignore` files say. */
  readonly minnow: Said;
  /** Whether git or a `.gitignore` ignores it. */
  readonly isGitIgnored: boolean;
  /** Where a link leads in the end; absent where there is none. */
  readonly target?: LinkTarget;
}

/** `outside`: it leads out of the opened folders, or to nothing. */
export type LinkTarget = 'outside' | Pick<FileFacts, 'path' | 'minnow' | 'isGitIgnored'>;

const YES: Decision = { mayRead: true };

/** A link is what it leads to as well: one with an open name to a secret file is secret. */
export function decide({ target, isInside, ...itself }: FileFacts): Decision {
  const reason = reasonOf(itself);
  if (reason === 'minnowIgnored' || reason === 'secret') return no(reason);
  if (!isInside) return no('outside');
  if (target === 'outside') return no('link');
  const behind = target && reasonOf(target);
  const why = reason ?? behind;
  return why === undefined ? YES : no(why);
}

/** Git's rules can be taken back by ours; that a name is one of secrets cannot. */
function reasonOf({
  path,
  minnow,
  isGitIgnored,
}: Pick<FileFacts, 'path' | 'minnow' | 'isGitIgnored'>): Reason | undefined {
  if (minnow === 'ignored') return 'minnowIgnored';
  if (isSecretFile(path)) return 'secret';
  return isGitIgnored && minnow !== 'unignored' ? 'gitIgnored' : undefined;
}

function no(reason: Reason): Decision {
  return { mayRead: false, reason };
}
