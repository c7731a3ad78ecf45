/** One workbench with Minnow in it, from a fresh profile to the logs that it leaves behind. */
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { artifacts, packagedExtension } from './places';
import { copySample } from './sample';
import { restrictedSettings, testSettings } from './settings';
import { installExtension, makeProfile, type Profile, startServer, type VscodeServer } from './vscodeServer';
import { type Payload, Workbench } from './workbench';

export interface SessionOptions {
  readonly settings?: object;
  readonly serverArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the folder is opened in Restricted Mode. */
  readonly isRestricted?: boolean;
  /** Called with the folder of the installed extension before anything starts. */
  readonly prepareExtension?: (folder: string) => void;
  /** Called with the folder that the workbench will open, a copy of the sample project. */
  readonly prepareFolder?: (folder: string) => void;
  /** The file of a workspace of several folders, which is opened instead of the folder; relative to the folder. */
  readonly workspace?: string;
  /** Start options of the workbench; files are named as the server sees them. */
  readonly payload?: (remote: (file: string) => string, extension: string) => Payload;
  readonly beforeLoad?: (page: Page) => Promise<void>;
}

export interface Session {
  readonly workbench: Workbench;
  readonly server: VscodeServer;
  /** The folder open in the workbench. */
  readonly folder: string;
  /** Where the installed extension lies. */
  readonly extension: string;
  close(): Promise<void>;
}

/** Starts a workbench; `name` names its folder among the artifacts. */
export async function openSession(name: string, options: SessionOptions = {}): Promise<Session> {
  const base = path.join(artifacts, name);
  rmSync(base, { recursive: true, force: true });
  const profile = makeProfile(path.join(base, 'profile'), {
    ...testSettings,
    ...(options.isRestricted ? restrictedSettings : {}),
    ...options.settings,
  });
  const folder = path.join(base, 'project');
  copySample(folder);
  options.prepareFolder?.(folder);
  const extension = installExtension(profile, packagedExtension());
  options.prepareExtension?.(extension);
  const log = path.join(base, 'server.log');
  const server = await startServer(profile, {
    log,
    args: options.serverArgs ?? [],
    env: options.env ?? {},
    asksForTrust: options.isRestricted ?? false,
  });
  const closing: Array<() => unknown> = [() => keepLogs(profile, base), () => server.stop()];
  const close = async () => {
    for (const act of closing.reverse()) await act();
  };
  try {
    const browser = await launchBrowser();
    closing.push(() => browser.close());
    const workbench = await openWorkbench(browser, server, folder, extension, options);
    closing.push(() => writeFileSync(path.join(base, 'console.log'), workbench.console.join('\n')));
    return { workbench, server, folder, extension, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts a workbench and waits until the model is loaded; takes a screenshot when it is not to be. */
export async function openReadySession(name: string, options: SessionOptions = {}): Promise<Session> {
  const session = await openSession(name, options);
  try {
    await session.workbench.ready();
    await session.workbench.beginModel();
    await session.workbench.modelReady();
    return session;
  } catch (error) {
    await session.workbench.shoot(`failed-${name}-start`);
    await session.close();
    throw error;
  }
}

function openWorkbench(
  browser: Browser,
  server: VscodeServer,
  folder: string,
  extension: string,
  { payload, beforeLoad, workspace }: SessionOptions,
): Promise<Workbench> {
  const remote = (file: string) => `vscode-remote://${server.authority}${file}`;
  return Workbench.open(browser, server, {
    folder,
    ...(workspace && { workspace: path.join(folder, workspace) }),
    ...(payload && { payload: payload(remote, extension) }),
    ...(beforeLoad && { before: beforeLoad }),
  });
}

/** Keeps the log files of VS Code and of its extensions, and throws the rest of the profile away. */
function keepLogs(profile: Profile, base: string): void {
  const logs = path.join(profile.serverData, 'data', 'logs');
  const kept = path.join(base, 'logs');
  mkdirSync(kept, { recursive: true });
  for (const from of [logs, path.join(profile.userData, 'logs')].filter((folder) => existsSync(folder)))
    cpSync(from, kept, { recursive: true });
  // The last processes of the server may still be writing.
  rmSync(profile.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
