/** Model files that other programs have on this machine already, found where they lie: nothing is copied and nothing is changed. */
import type { Dir, Dirent } from 'node:fs';
import { opendir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isSystemError } from '../gguf/headerSource';
import { isPart } from './addresses';
import { type Here, type Place, placesOf, type Tool } from './foreignPlaces';
import { manifestDigest, manifestName } from './ollama';

export interface ForeignFile {
  readonly tool: Tool;
  /** As people know it there. */
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  readonly bytes: number;
  /** Set where it cannot be used: it is the first of several parts. */
  readonly refusal?: 'split';
}

/** Smaller files are vocabularies, adapters and placeholders. */
const LEAST_BYTES = 10_000_000;
const MAX_DEPTH = 7;
/** Entries of folders that are looked at in one place. */
const MAX_ENTRIES = 2000;
const MAX_MANIFEST_BYTES = 1 << 20;
/** Folders without models of their own: the hub's cache links to its blobs, and keeps other things than models. */
const SKIPPED = /^(?:blobs|refs|\.no_exist|\.locks|datasets--.*|spaces--.*)$/;

/**
 * Each file once, however many names or links it has. Folders that cannot be read are left out.
 *
 * @throws the reason of the signal when it is aborted
 */
export async function findForeign(here: Here, signal: AbortSignal): Promise<readonly ForeignFile[]> {
  const found: ForeignFile[] = [];
  const seen = new Set<string>();
  for (const place of placesOf(here)) {
    signal.throwIfAborted();
    for await (const file of place.tool === 'Ollama' ? filesOfOllama(place, signal) : filesOf(place, signal)) {
      const facts = await factsOf(file.file);
      if (!facts?.isFile || facts.bytes < LEAST_BYTES || seen.has(facts.identity)) continue;
      seen.add(facts.identity);
      found.push({ ...file, bytes: facts.bytes });
    }
  }
  return found;
}

type Candidate = Omit<ForeignFile, 'bytes'>;

async function* filesOf({ tool, folder }: Place, signal: AbortSignal): AsyncGenerator<Candidate> {
  for await (const file of walk(folder, signal)) {
    const name = path.basename(file);
    if (!/\.gguf$/i.test(name) || /^mmproj/i.test(name)) continue;
    if (!isPart(name)) yield { tool, name: nameOf(file), file };
    else if (/-00001-of-/.test(name)) yield { tool, name: nameOf(file), file, refusal: 'split' };
  }
}

/** Where all files have the same name, the folder has the model's. */
function nameOf(file: string): string {
  const stem = path.basename(file).replace(/\.gguf$/i, '');
  return /^(?:ggml-)?model$/i.test(stem) ? path.basename(path.dirname(file)) : stem;
}

/** Ollama names a model by a manifest, which names the file by its hash. */
async function* filesOfOllama({ tool, folder }: Place, signal: AbortSignal): AsyncGenerator<Candidate> {
  const manifests = path.join(folder, 'manifests');
  for await (const file of walk(manifests, signal)) {
    const facts = await factsOf(file);
    if (!facts?.isFile || facts.bytes > MAX_MANIFEST_BYTES) continue;
    const digest = manifestDigest(await readFile(file, 'utf8').catch(ifUnreadable));
    if (digest === undefined) continue;
    yield { tool, name: manifestName(path.relative(manifests, file)), file: path.join(folder, 'blobs', digest) };
  }
}

/** Files below a folder, the nearer ones first. A folder that a link leads to a second time is not entered again. */
async function* walk(top: string, signal: AbortSignal): AsyncGenerator<string> {
  const entered = new Set<string>();
  const waiting = [{ folder: top, depth: 0 }];
  let entries = 0;
  for (const { folder, depth } of waiting) {
    const facts = await factsOf(folder);
    if (!facts?.isFolder || entered.has(facts.identity)) continue;
    entered.add(facts.identity);
    for await (const entry of entriesOf(folder)) {
      signal.throwIfAborted();
      if (++entries > MAX_ENTRIES) return;
      const full = path.join(folder, entry.name);
      if (!(await isFolder(entry, full))) yield full;
      else if (depth < MAX_DEPTH && !SKIPPED.test(entry.name)) waiting.push({ folder: full, depth: depth + 1 });
    }
  }
}

/** One after the other, so that a folder of a million files costs no more than what is taken of it. */
async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  const opened: Dir | undefined = await opendir(folder).catch(ifUnreadable);
  if (opened === undefined) return;
  try {
    for await (const entry of opened) yield entry;
  } catch (error) {
    // The disk failed, or the folder went away meanwhile.
    ifUnreadable(error);
  }
}

async function isFolder(entry: Dirent, full: string): Promise<boolean> {
  return entry.isSymbolicLink() ? ((await factsOf(full))?.isFolder ?? false) : entry.isDirectory();
}

interface Facts {
  readonly isFile: boolean;
  readonly isFolder: boolean;
  readonly bytes: number;
  /** The same for all names and links of a file. */
  readonly identity: string;
}

/** Of what a link leads to; undefined where nothing can be read. */
async function factsOf(file: string): Promise<Facts | undefined> {
  const facts = await stat(file, { bigint: true }).catch(ifUnreadable);
  return (
    facts && {
      isFile: facts.isFile(),
      isFolder: facts.isDirectory(),
      bytes: Number(facts.size),
      identity: `${facts.dev}:${facts.ino}`,
    }
  );
}

/** What is not there, not ours to read or a link that leads nowhere is left out. */
function ifUnreadable(error: unknown): undefined {
  if (!isSystemError(error)) throw error;
  return undefined;
}
