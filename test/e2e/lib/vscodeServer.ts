/**
 * The VS Code server that ships inside the npm package code-server: its profile, its start, its end.
 * Not the wrapper program `code-server`: that one forks twice, writes to ~/.config and does not know the flag for tests in the host.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { nodeBinary, vscodeServer } from './places';
import { until } from './until';

/** The folders that one run of VS Code writes to. */
export interface Profile {
  readonly folder: string;
  readonly userData: string;
  readonly extensions: string;
  readonly serverData: string;
}

export interface VscodeServer {
  readonly url: string;
  readonly authority: string;
  readonly pid: number;
  /** Ends the server with its extension hosts and their children: all are in its own process group. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly log: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the editor asks whom to trust; without it all is trusted. */
  readonly asksForTrust?: boolean;
}

/** Makes a profile from nothing, with these user settings. */
export function makeProfile(folder: string, settings: object): Profile {
  rmSync(folder, { recursive: true, force: true });
  const at = (name: string) => path.join(folder, name);
  const profile = { folder, userData: at('user-data'), extensions: at('extensions'), serverData: at('server-data') };
  for (const each of [path.join(profile.userData, 'User'), profile.extensions, profile.serverData])
    mkdirSync(each, { recursive: true });
  writeFileSync(path.join(profile.userData, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
  return profile;
}

/** Installs the package as a user would, and returns the folder that it lies in then. */
export function installExtension(profile: Profile, vsix: string): string {
  const args = [vscodeServer, ...profileArgs(profile), '--accept-server-license-terms', '--install-extension', vsix];
  execFileSync(nodeBinary, args, { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const installed = readdirSync(profile.extensions).find((name) => name.startsWith('minnow.minnow'));
  if (installed === undefined) throw new Error(`${vsix} was not installed.`);
  return path.join(profile.extensions, installed);
}

export async function startServer(profile: Profile, options: StartOptions): Promise<VscodeServer> {
  const port = await freePort();
  const log = openSync(options.log, 'a');
  const args = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', ...profileArgs(profile)];
  const quiet = ['--accept-server-license-terms', '--telemetry-level', 'off'];
  const trust = options.asksForTrust ? [] : ['--disable-workspace-trust'];
  const child = spawn(nodeBinary, [vscodeServer, ...args, ...quiet, ...trust, ...(options.args ?? [])], {
    env: { ...cleanEnvironment(), ...options.env },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  const url = `http://127.0.0.1:${port}`;
  await until(() => answers(child, url, options.log), { timeout: 60_000, what: 'the VS Code server' });
  if (child.pid === undefined) throw new Error('The VS Code server has no process.');
  return { url, authority: `127.0.0.1:${port}`, pid: child.pid, stop: () => stopGroup(child) };
}

async function answers(child: ChildProcess, url: string, log: string): Promise<true | undefined> {
  if (child.exitCode !== null) throw new Error(`The VS Code server ended with ${child.exitCode}; see ${log}.`);
  const response = await fetch(`${url}/version`).catch(() => undefined);
  return response?.ok ? true : undefined;
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const group = -child.pid;
  const ended = once(child, 'exit');
  process.kill(group, 'SIGTERM');
  const impatience = setTimeout(() => process.kill(group, 'SIGKILL'), 5_000);
  await ended;
  clearTimeout(impatience);
}

function profileArgs({ userData, extensions, serverData }: Profile): string[] {
  return ['--user-data-dir', userData, '--extensions-dir', extensions, '--server-data-dir', serverData];
}

/** Without what an outer VS Code or npm leaves behind, and without a gallery: then nothing is asked of the marketplace. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name));
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{}' };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
