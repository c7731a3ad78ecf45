/**
 * `npm start`: VS Code with Minnow in it and the sample project open, to try by hand. Runs until Ctrl+C.
 * With `--once` or `CI=true` it looks by itself, without a window, whether ghost text comes, and ends with 0 or 1.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { launchBrowser } from './lib/browser';
import { waitGhost } from './lib/ghost';
import { packagedExtension, repository, shots } from './lib/places';
import { copySample, unfinishedPlace } from './lib/sample';
import { quietSettings } from './lib/settings';
import { installExtension, makeProfile, startServer, type VscodeServer } from './lib/vscodeServer';
import { type Payload, Workbench, workbenchUrl } from './lib/workbench';

const base = path.join(repository, '.run/start');
const folder = path.join(base, 'sample');
/** Opened at once, the cursor on its unfinished line. */
const first = path.join(folder, 'src/point.ts');

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const vsix = packagedExtension();
  if (`${process.platform}-${process.arch}` !== 'linux-x64')
    throw new Error(`The workbench runs on Linux x64 only. Try it in your own: code --install-extension "${vsix}"`);
  execFileSync('bash', [path.join(repository, 'test/e2e/install.sh')], { stdio: 'inherit' });
  const profile = makeProfile(path.join(base, 'profile'), quietSettings);
  copySample(folder);
  installExtension(profile, vsix);
  const server = await startServer(profile, { log: path.join(base, 'server.log') });
  const interrupted = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  try {
    const alone = process.env.CI === 'true' || process.argv.includes('--once');
    await (alone ? Promise.race([lookForGhostText(server), interrupted]) : invite(server, interrupted));
  } finally {
    await server.stop();
  }
}

/** Tells where the workbench is, and waits. */
async function invite(server: VscodeServer, interrupted: Promise<unknown>): Promise<void> {
  const url = workbenchUrl(server, { folder }, opening(server));
  const opened = openBrowser(url);
  console.log(`\nVS Code with Minnow is at\n\n  ${url}\n`);
  console.log(
    `${opened ? 'Your browser opens it.' : 'Open it in a browser.'} Type on the empty line; Tab takes the grey text.`,
  );
  console.log('Ctrl+C ends it.');
  await interrupted;
}

/** What the workbench opens besides the folder. */
function opening(server: VscodeServer): Payload {
  const { line, column } = unfinishedPlace(first);
  return [
    ['openFile', `vscode-remote://${server.authority}${first}:${line}:${column}`],
    ['gotoLineMode', 'true'],
  ];
}

/** Opens the page in the user's browser; without a display there is none to open. */
function openBrowser(url: string): boolean {
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return false;
  const program = spawn('xdg-open', [url], { stdio: 'ignore', detached: true });
  program.once('error', () => console.log('No browser could be opened: please open the address yourself.'));
  program.unref();
  return true;
}

/** The same by machine: type on the unfinished line and wait for ghost text. */
async function lookForGhostText(server: VscodeServer): Promise<void> {
  const browser = await launchBrowser();
  try {
    const workbench = await Workbench.open(browser, server, { folder, payload: opening(server) });
    await workbench.ready();
    await workbench.modelReady();
    await workbench.editor().waitFor();
    await workbench.idle();
    await workbench.type('return ');
    const ghost = await waitGhost(workbench.page);
    await workbench.shoot('start');
    console.log(`Ghost text came: ${JSON.stringify(ghost)}. Screenshot: ${path.join(shots, 'start.png')}`);
  } finally {
    await browser.close();
  }
}
