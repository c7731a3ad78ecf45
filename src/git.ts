/** The editor's own git extension: what we use of its API, version 1. */
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
  /** @param cached what is staged, else what is not */
  diff(cached?: boolean): Promise<string>;
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

export interface GitApi {
  readonly repositories: readonly GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
}

/** Why there is no repository, where that is known. */
export function noRepositorySentence(otherwise: string): string {
  const isRemote = vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme === 'vscode-remote') ?? false;
  if (!isRemote || vscode.extensions.getExtension('vscode.git') !== undefined) return otherwise;
  return vscode.l10n.t(
    'Git is on the remote machine, and Minnow beside you, so it sees no changes. Choose Where Models Run changes that.',
  );
}

/** Undefined where git is not in use. Not activated by us: without git in use nothing is ignored, and nothing has changed. */
export async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<{ readonly enabled: boolean; getAPI(version: 1): GitApi }>(
    'vscode.git',
  );
  return extension?.isActive && extension.exports.enabled ? extension.exports.getAPI(1) : undefined;
}
