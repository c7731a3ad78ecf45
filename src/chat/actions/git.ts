/** The editor's own git extension, as far as it is used: version 1 of its API. */
import * as vscode from 'vscode';

export interface GitChange {
  /** Where the file is now. */
  readonly uri: vscode.Uri;
  readonly originalUri: vscode.Uri;
  readonly renameUri: vscode.Uri | undefined;
  /** See `STATUS`. */
  readonly status: number;
}

/** Values of the API's enumeration `Status`. */
export const STATUS = {
  indexAdded: 1,
  indexDeleted: 2,
  indexRenamed: 3,
  deleted: 6,
  untracked: 7,
  intentToAdd: 9,
  intentToRename: 10,
} as const;

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  readonly state: {
    readonly HEAD: { readonly name?: string; readonly commit?: string } | undefined;
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    /** Only where the person wants them apart from the others. */
    readonly untrackedChanges?: readonly GitChange[];
  };
  readonly ui: { readonly selected: boolean };
  /** What is staged of a file. */
  diffIndexWithHEAD(path: string): Promise<string>;
  /** What is not staged of a file. */
  diffWithHEAD(path: string): Promise<string>;
  diffBlobs(before: string, after: string): Promise<string>;
  /** Of a file in a commit; '' is the index. */
  getObjectDetails(treeish: string, path: string): Promise<{ readonly object: string }>;
  /** Those of the paths that are ignored. */
  checkIgnore(paths: readonly string[]): Promise<ReadonlySet<string>>;
  log(options: { readonly maxEntries: number }): Promise<readonly { readonly message: string }[]>;
}

interface GitApi {
  readonly repositories: readonly GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
}

/** Undefined where git is switched off or not there. */
async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<{ readonly enabled: boolean; getAPI(version: 1): GitApi }>(
    'vscode.git',
  );
  const exported = await extension?.activate();
  return exported?.enabled ? exported.getAPI(1) : undefined;
}

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
