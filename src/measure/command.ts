/** "Measure on this Workspace": how good and how fast completion is on the user's own code. The same code as the project's benchmark. */
import * as vscode from 'vscode';
import type { SourceFile } from '../../server/measureProtocol';
import type { Client } from '../client/client';
import { problemSentence, showProblem } from '../errors';
import { showPage } from '../page';
import type { Readable } from '../privacy/readable';
import { reportText } from './report';

/** Languages by ending, as the editor names them. */
const LANGUAGES: Readonly<Record<string, string>> = {
  c: 'c',
  cc: 'cpp',
  cpp: 'cpp',
  cs: 'csharp',
  go: 'go',
  h: 'cpp',
  java: 'java',
  js: 'javascript',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  mjs: 'javascript',
  php: 'php',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  scala: 'scala',
  swift: 'swift',
  ts: 'typescript',
  tsx: 'typescriptreact',
};
const EXCLUDED = '**/{node_modules,.git,dist,build,out,target,vendor,.venv}/**';
const MOST_FILES = 200;
/** Longer files are mostly generated, in bytes. */
const LONGEST_FILE = 100_000;
const HOLES = 80;

export function registerMeasure(client: Client, readable: Readable): vscode.Disposable {
  return vscode.commands.registerCommand('minnow.measure', () => measure(client, readable));
}

async function measure(client: Client, readable: Readable): Promise<void> {
  const status = await client.begin();
  if (problemSentence(status) !== undefined) return showProblem(status);
  const { name } = client.process.model.model;
  const files = await sourceFiles(readable);
  if (files.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('There is no source code in this workspace to measure on. Open a folder with code.'),
    );
    return;
  }
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Minnow measures on your code'),
    cancellable: true,
  };
  const report = await vscode.window.withProgress(options, (progress, token) =>
    client.measure({ files, holes: HOLES, seed: 1 }, token, (done, of) =>
      progress.report({ increment: 100 / of, message: vscode.l10n.t('{0} of {1}', done, of) }),
    ),
  );
  if (report === undefined) return;
  await showPage(
    vscode.l10n.t('Measurement'),
    reportText(report, name, files.length, vscode.l10n.t, vscode.env.language),
  );
}

/** The workspace's own code, neither secret, ignored nor too long. */
async function sourceFiles(readable: Readable): Promise<SourceFile[]> {
  const found = await vscode.workspace.findFiles(`**/*.{${Object.keys(LANGUAGES).join(',')}}`, EXCLUDED, MOST_FILES);
  const files = await Promise.all(
    (await readable.of(found)).map(async (uri) => {
      const path = vscode.workspace.asRelativePath(uri, false);
      const { size } = await vscode.workspace.fs.stat(uri);
      const languageId = LANGUAGES[path.slice(path.lastIndexOf('.') + 1)];
      if (languageId === undefined || size > LONGEST_FILE) return [];
      return [{ path, languageId, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) }];
    }),
  );
  return files.flat();
}
