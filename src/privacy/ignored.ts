/** What git ignores, as the editor's own git extension tells: such files are nobody's context. */
import type * as vscode from 'vscode';
import { type GitRepository, gitApi } from '../git';

/**
 * The extension answers when the process has ended, which may be before all that it wrote was read: then ignored files are missing in the
 * answer. So an answer without any is asked for again.
 */
const TRIES = 3;

/** Those that git does not ignore; all of them where there is no git. */
export async function notIgnored<T extends { readonly uri: vscode.Uri }>(files: readonly T[]): Promise<T[]> {
  const known = await askGit(files.map(({ uri }) => uri));
  return files.filter(({ uri }) => known.get(uri.toString()) !== true);
}

/** Whether git ignores each, by its URI; those that no repository knows are absent. Git is asked once for each repository. */
export async function askGit(uris: readonly vscode.Uri[]): Promise<ReadonlyMap<string, boolean>> {
  const known = new Map<string, boolean>();
  const git = await gitApi();
  if (git === undefined) return known;
  const repositoryOf = byFolder((uri) => git.getRepository(uri));
  const groups = Map.groupBy(
    uris.filter(({ scheme }) => scheme === 'file'),
    repositoryOf,
  );
  const asking = Array.from(groups, async ([repository, group]) => {
    const ignored =
      repository &&
      (await ignoredIn(
        repository,
        group.map(({ fsPath }) => fsPath),
      ));
    if (ignored) for (const uri of group) known.set(uri.toString(), ignored.has(uri.fsPath));
  });
  await Promise.all(asking);
  return known;
}

/** Undefined where git cannot tell, as of a path behind a symbolic link or in a submodule: such files are as if there were no git. */
async function ignoredIn(
  repository: GitRepository,
  paths: readonly string[],
): Promise<ReadonlySet<string> | undefined> {
  for (let left = TRIES; ; left--) {
    const ignored = await repository.checkIgnore(paths).catch(() => undefined);
    if (ignored === undefined || ignored.size > 0 || left === 1) return ignored;
  }
}

/** Files of one folder lie in one repository. */
function byFolder(ask: (uri: vscode.Uri) => GitRepository | null): (uri: vscode.Uri) => GitRepository | null {
  const known = new Map<string, GitRepository | null>();
  return (uri) => {
    const folder = uri.path.slice(0, uri.path.lastIndexOf('/'));
    const before = known.get(folder);
    if (before !== undefined) return before;
    const repository = ask(uri);
    known.set(folder, repository);
    return repository;
  };
}
