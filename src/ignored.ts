/** What git ignores, as the editor's own git extension tells: such files are nobody's context. */
import * as vscode from 'vscode';

interface GitRepository {
  checkIgnore(paths: string[]): Promise<Set<string>>;
}

interface GitApi {
  getRepository(uri: vscode.Uri): GitRepository | null;
}

/** Those that git does not ignore; all of them where there is no git. */
export async function notIgnored<T extends { readonly uri: vscode.Uri }>(files: readonly T[]): Promise<T[]> {
  const git = await gitApi();
  const kept = await Promise.all(
    files.map(async (file) => {
      const { uri } = file;
      const ignored = uri.scheme === 'file' ? await git?.getRepository(uri)?.checkIgnore([uri.fsPath]) : undefined;
      return ignored?.has(uri.fsPath) ? [] : [file];
    }),
  );
  return kept.flat();
}

async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<{ readonly enabled: boolean; getAPI(version: 1): GitApi }>(
    'vscode.git',
  );
  // Not activated by us: without git in use nothing is ignored.
  return extension?.isActive && extension.exports.enabled ? extension.exports.getAPI(1) : undefined;
}
