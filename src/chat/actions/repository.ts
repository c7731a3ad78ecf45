/** Which of several repositories a person means. */
import * as vscode from 'vscode';
import { type GitApi, type GitRepository, gitApi } from '../../git';

/**
 * The repository that a person means: the one whose button was pressed, else that of the file before them, else the one that is selected.
 *
 * @param rootUri of the source control that was clicked on; undefined when it was not clicked
 */
export async function repositoryFor(rootUri: vscode.Uri | undefined): Promise<GitRepository | undefined> {
  const git = await gitApi();
  if (git === undefined) return undefined;
  if (rootUri) return git.repositories.find((each) => each.rootUri.toString() === rootUri.toString());
  if (git.repositories.length < 2) return git.repositories[0];
  const active = vscode.window.activeTextEditor?.document.uri;
  return (active && git.getRepository(active)) || git.repositories.find(({ ui }) => ui.selected) || choose(git);
}

async function choose({ repositories }: GitApi): Promise<GitRepository | undefined> {
  const rows = repositories.map((repository) => ({
    label: repository.rootUri.path.slice(repository.rootUri.path.lastIndexOf('/') + 1),
    description: repository.rootUri.fsPath,
    repository,
  }));
  const placeHolder = vscode.l10n.t('Repository to write the commit message for');
  return (await vscode.window.showQuickPick(rows, { placeHolder }))?.repository;
}
