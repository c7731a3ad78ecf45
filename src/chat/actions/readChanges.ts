/** Reads what a commit would hold: what is staged, else all that has changed. */
import * as vscode from 'vscode';
import { type GitChange, type GitRepository, STATUS } from '../../git';
import type { Reason } from '../../privacy/decide';
import type { Readable } from '../../privacy/readable';
import { type Change, diffOfNew } from './changes';

/** Of more files than this only the names are told. */
const MOST_DIFFS = 60;
/** What is behind these is not told at all. */
const MOST_FILES = 200;
/** New files that are longer are not read, in bytes. */
const LONGEST_FILE = 100_000;

/** Secret and ignored files are named, and not read. @throws what git says when it fails */
export async function readChanges(
  repository: GitRepository,
  readable: Readable,
  signal: AbortSignal,
): Promise<Change[]> {
  const { indexChanges, workingTreeChanges, untrackedChanges = [] } = repository.state;
  const isStaged = indexChanges.length > 0;
  const found = isStaged ? indexChanges : [...workingTreeChanges, ...untrackedChanges];
  const listed = [...new Map(found.map((each) => [each.uri.toString(), each])).values()].slice(0, MOST_FILES);
  const places = listed.flatMap(({ uri, originalUri }) => [uri, originalUri]);
  const withheld = new Map((await readable.withheldOfShown(places)).map((each) => [each.uri.toString(), each.reason]));
  const changes: Change[] = [];
  for (const [at, change] of listed.entries()) {
    if (signal.aborted) break;
    const reason = reasonOf(change, withheld);
    const isShown = at < MOST_DIFFS && reason === undefined;
    const diff = isShown ? await diffOf(change, isStaged, repository) : undefined;
    changes.push({ ...factsOf(change, repository), diff, ...(reason === undefined ? {} : { reason }) });
  }
  return changes;
}

/** A renamed file brings lines of what it was. */
function reasonOf({ uri, originalUri }: GitChange, withheld: ReadonlyMap<string, Reason>): Reason | undefined {
  return withheld.get(uri.toString()) ?? withheld.get(originalUri.toString());
}

function factsOf({ uri, originalUri, status }: GitChange, { rootUri }: GitRepository): Omit<Change, 'diff'> {
  const relative = (file: vscode.Uri): string =>
    file.path.startsWith(`${rootUri.path}/`) ? file.path.slice(rootUri.path.length + 1) : file.path;
  const path = relative(uri);
  switch (status) {
    case STATUS.indexAdded:
    case STATUS.untracked:
    case STATUS.intentToAdd:
      return { path, what: 'added' };
    case STATUS.indexDeleted:
    case STATUS.deleted:
      return { path, what: 'deleted' };
    case STATUS.indexRenamed:
    case STATUS.intentToRename:
      return { path, from: relative(originalUri), what: 'renamed' };
    default:
      return { path, what: 'modified' };
  }
}

function diffOf(change: GitChange, isStaged: boolean, repository: GitRepository): Promise<string | undefined> {
  const { uri, status } = change;
  if (status === STATUS.untracked) return readNew(uri);
  if (status === STATUS.indexRenamed) return renamedDiff(change, repository);
  return isStaged ? repository.diffIndexWithHEAD(uri.fsPath) : repository.diffWithHEAD(uri.fsPath);
}

/** By the path alone git would tell the whole file as new. */
async function renamedDiff({ uri, originalUri }: GitChange, repository: GitRepository): Promise<string> {
  const before = await repository.getObjectDetails('HEAD', originalUri.fsPath);
  const after = await repository.getObjectDetails('', uri.fsPath);
  return before.object === after.object ? '' : repository.diffBlobs(before.object, after.object);
}

/** Undefined for what is no file, is gone by now, or is too long. */
async function readNew(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File || size > LONGEST_FILE) return undefined;
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.includes(0) ? 'Binary files differ' : diffOfNew(new TextDecoder().decode(bytes));
  } catch (error) {
    // Deleted since git looked, or not readable.
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}
