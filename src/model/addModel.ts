/** "Add a Model": a file of this machine, one that another tool has fetched, or an address of a hub. Its header tells what it can do. */
import os from 'node:os';
import * as vscode from 'vscode';
import type { Downloads } from '../download/downloads';
import { DownloadError } from '../download/faults';
import { downloadSentence } from '../errors';
import type { SettingsSource } from '../settings';
import { sizeText } from '../sizeText';
import { chooseFile } from './chooseFile';
import { refusalOf } from './gguf/fitness';
import { type Header, type Refused, readHeader, readRemoteHeader } from './gguf/header';
import type { Job } from './jobs';
import type { Known, Library } from './library';
import { addressSentence, fileSentence, hubSentence } from './refusals';
import { modelOf } from './sources/added';
import { type Address, type HubAddress, parseAddress } from './sources/addresses';
import { type ForeignFile, findForeign } from './sources/foreign';
import { findQuantization, hubUrl, localName } from './sources/hub';

export interface AddParts {
  readonly library: Library;
  readonly downloads: Downloads;
  readonly settings: SettingsSource;
  /** Fetches the model if it is not here, and gives it the job. Says how that went. */
  readonly use: (job: Job, known: Known) => Promise<void>;
}

interface Row extends vscode.QuickPickItem {
  readonly file?: string;
  /** What another tool calls it. */
  readonly name?: string;
  readonly address?: string;
  readonly browse?: true;
}

const HERE = { home: os.homedir(), platform: process.platform };
/** To read a header, or to ask the hub, in milliseconds. */
const PATIENCE = 30_000;

export async function addModel(parts: AddParts): Promise<void> {
  const row = await pick();
  if (row === undefined) return;
  const file = row.browse ? await browse() : row.file;
  if (file === undefined && row.address === undefined) return;
  // What other tools have need not end like a model file.
  const address = file === undefined ? parseAddress(row.address ?? '', HERE) : { kind: 'file' as const, file };
  if ('refusal' in address) {
    complain(addressSentence(address.refusal));
    return;
  }
  const title = vscode.l10n.t('Looking at the model');
  const look = (): Promise<Known | undefined> =>
    address.kind === 'file' ? addFile(address.file, row.name, parts) : addRemote(address, parts);
  const known = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
    look().catch((error: unknown) => {
      if (!isTimeout(error)) throw error;
      complain(fileSentence(address.kind === 'file' ? 'unreadable' : 'unreachable'));
      return undefined;
    }),
  );
  const job = known && (await pickJob(known));
  if (known && job) await parts.use(job, known);
}

/** One list: browse, what other tools have, and whatever is typed as an address. */
function pick(): Promise<Row | undefined> {
  const { t } = vscode.l10n;
  const picker = vscode.window.createQuickPick<Row>();
  picker.title = t('Add a Model');
  picker.placeholder = t('Paste an address, such as hf:owner/repository/file.gguf, or choose a file');
  picker.busy = true;
  const fixed: Row[] = [
    { label: `$(folder-opened) ${t('Choose a file on this machine…')}`, alwaysShow: true, browse: true },
  ];
  let found: readonly Row[] = [];
  const draw = (): void => {
    const address = picker.value.trim();
    const typed = address === '' ? [] : [{ label: `$(link) ${t('Use {0}', address)}`, alwaysShow: true, address }];
    picker.items = [...typed, ...fixed, ...found];
  };
  const closed = new AbortController();
  const search = async (): Promise<void> => {
    const files = await findForeign({ ...HERE, env: process.env }, closed.signal);
    const separator = { label: t('downloaded by other tools'), kind: vscode.QuickPickItemKind.Separator };
    found = files.length === 0 ? [] : [separator, ...files.map(rowOf)];
    draw();
    picker.busy = false;
  };
  return new Promise((resolve) => {
    picker.onDidChangeValue(draw);
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      closed.abort();
      picker.dispose();
    });
    draw();
    picker.show();
    // Only a search that nobody waits for any more is cut off.
    search().catch(() => undefined);
  });
}

function rowOf({ tool, name, file, bytes }: ForeignFile): Row {
  return {
    label: `$(file) ${name}`,
    description: `${tool} · ${sizeText(bytes, vscode.env.language)}`,
    detail: file,
    file,
    name,
  };
}

async function browse(): Promise<string | undefined> {
  return chooseFile(vscode.l10n.t('A model file'));
}

async function addFile(file: string, name: string | undefined, { library }: AddParts): Promise<Known | undefined> {
  const header = await usable(readHeader(file, AbortSignal.timeout(PATIENCE)));
  if (header === undefined) return undefined;
  const facts = { file, bytes: header.bytes ?? 0, source: null, sha256: null, ...(name === undefined ? {} : { name }) };
  return library.add(modelOf(header, facts), file);
}

async function addRemote(address: Exclude<Address, { kind: 'file' }>, parts: AddParts): Promise<Known | undefined> {
  const signal = AbortSignal.timeout(PATIENCE);
  const place = address.kind === 'hubQuant' ? await theFileOf(address, parts, signal) : address;
  if (place === undefined) return undefined;
  const url = place.kind === 'hub' ? hubUrl(place, parts.settings.current.download.hub) : place.url;
  const header = await usable(readRemoteHeader(url, parts.downloads.ask, signal));
  if (header === undefined) return undefined;
  const remote = await parts.downloads.inspect(url).catch((error: unknown) => {
    if (!(error instanceof DownloadError)) throw error;
    complain(downloadSentence(error.fault));
    return undefined;
  });
  if (remote === undefined) return undefined;
  const { bytes, sha256, commit } = remote;
  const source = place.kind === 'hub' ? sourceOf(place, commit) : url;
  const file = localName(place.kind === 'hub' ? place.path : new URL(url).pathname);
  const size = bytes ?? header.bytes;
  const told = modelOf(header, { file, bytes: size ?? 0, source, sha256 });
  // A server that does not tell the size tells nothing to compare with.
  const model = size === null ? { ...told, isRounded: true } : told;
  // Repositories use the same names for files of theirs.
  return parts.library.add({ ...model, file: `${model.id}-${file}` });
}

async function theFileOf(
  address: Extract<Address, { kind: 'hubQuant' }>,
  { downloads, settings }: AddParts,
  signal: AbortSignal,
): Promise<HubAddress | undefined> {
  const hub = { fetch: downloads.ask, mirror: settings.current.download.hub };
  const found = await findQuantization(address, hub, signal);
  if (!('refusal' in found)) return found.address;
  complain(hubSentence(found.refusal));
  return undefined;
}

/** Pinned to the commit that was looked at. */
function sourceOf({ owner, repo, revision, path }: HubAddress, commit: string | null): string {
  return `hf:${owner}/${repo}@${commit ?? revision}/${path}`;
}

/** The header of a file that can work; otherwise it is said why not. */
async function usable(reading: Promise<Header | Refused>): Promise<Header | undefined> {
  const header = await reading;
  const refusal = 'refusal' in header ? header.refusal : refusalOf(header);
  if (refusal !== undefined) complain(fileSentence(refusal));
  return 'refusal' in header || refusal !== undefined ? undefined : header;
}

/** The only job that it can do, or the one of two that the person wants; undefined when it is none, which is said. */
async function pickJob({ model }: Known): Promise<Job | undefined> {
  const { t } = vscode.l10n;
  const jobs = [
    ...(model.roles.includes('completion') ? [{ label: t('Completion'), job: 'completion' as const }] : []),
    ...(model.roles.includes('chat') ? [{ label: t('Chat and edits'), job: 'chat' as const }] : []),
    ...(model.roles.includes('embedding') ? [{ label: t('Search in the project'), job: 'embedding' as const }] : []),
  ];
  const facts = [sizeText(model.bytes, vscode.env.language), model.quantization, model.architecture]
    .filter((fact) => fact !== '')
    .join(' · ');
  const title = t('What should {0} be used for? ({1})', model.name, facts);
  return (await vscode.window.showQuickPick(jobs, { title, placeHolder: whyNot(model.roles) }))?.job;
}

function whyNot(roles: readonly string[]): string {
  const { t } = vscode.l10n;
  if (roles.includes('embedding')) return t('It neither completes nor chats: it finds text of the same meaning.');
  if (!roles.includes('completion')) return t('It cannot complete code: it was not trained to fill in between.');
  if (!roles.includes('chat')) return t('It cannot chat: it has no template for a conversation.');
  return t('It can do both.');
}

/** What `AbortSignal.timeout` ends things with. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

/** Not waited for: what is going on ends although the message stays. */
function complain(sentence: string): void {
  void vscode.window.showErrorMessage(`Minnow: ${sentence}`);
}
