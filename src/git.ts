/** The editor's own git extension: what we use of its API, version 1. */
import * as vscode from 'vscode';

export interface GitChange {
  readonly uri: vscode.Uri;
  /** 7 is untracked. */
  readonly status: number;
}

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    /** Absent in older versions. */
    readonly untrackedChanges?: readonly GitChange[];
  };
  /** @param cached what is staged, else what is not */
  diff(cached?: boolean): Promise<string>;
  checkIgnore(paths: string[]): Promise<Set<string>>;
}

export interface GitApi {
  readonly repositories: readonly GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
}

/** Undefined where git is not in use. Not activated by us: without git in use nothing is ignored, and nothing has changed. */
export async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<{ readonly enabled: boolean; getAPI(version: 1): GitApi }>(
    'vscode.git',
  );
  return extension?.isActive && extension.exports.enabled ? extension.exports.getAPI(1) : undefined;
}
