/** All that exists, in reading order. No logic. */
import path from 'node:path';
import * as vscode from 'vscode';
import { Client } from './client/client';
import { modelFolder } from './client/modelFile';
import { type ClientStatus, ServerProcess } from './client/serverProcess';
import { registerCompletionCommands } from './completion/commands';
import { registerCounts } from './completion/counts';
import { followCursor, GhostText } from './completion/ghostText';
import { Neighbours } from './completion/neighbours';
import { SCHEMES } from './completion/policy';
import { registerWhy } from './completion/why';
import { Downloads } from './download/downloads';
import { registerHardware } from './hardware/commands';
import { Hardware } from './hardware/hardware';
import { proberOf } from './hardware/probe';
import { registerMeasure } from './measure/command';
import { registerModels } from './model/commands';
import { Jobs } from './model/jobs';
import { Library } from './model/library';
import { Measurements } from './model/measurements';
import { fitsTogether, packagedBackends, planLaunch, rememberBackends } from './model/plan';
import { registerNextEdit } from './nextEdit/commands';
import { registerPages } from './page';
import { SettingsSource } from './settings';
import { registerStatus } from './status';

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Minnow', { log: true });
  const settings = new SettingsSource();
  const ghostText = new GhostText(settings);
  const memory = context.globalState;
  const storage = context.globalStorageUri.fsPath;
  const folder = (): string => modelFolder(settings.current.download.folder, path.join(storage, 'models'));
  const packs = path.join(storage, 'engines');
  const engineFolder = context.asAbsolutePath('dist/engine');

  const library = new Library({ extensionPath: context.extensionPath, folder, memory });
  const runProbe = proberOf(context.asAbsolutePath('dist/probe.js'));
  const hardware = new Hardware({ memory, packs, packaged: packagedBackends, runProbe });
  const processParts = {
    serverModule: context.asAbsolutePath('dist/server.js'),
    memory,
    log,
    planLaunch: planLaunch(hardware, settings),
  };
  const client = new Client(library.packaged, { ...processParts, settings, ghostText: ghostText.gate });
  rememberBackends(client.process, hardware);
  const fitTogether = fitsTogether(hardware, settings);
  const jobs = new Jobs({
    library,
    settings,
    completion: client.process,
    createChat: (modelFile) =>
      rememberBackends(new ServerProcess(modelFile, { ...processParts, clientOptions: () => ({}) }), hardware),
    fitTogether,
  });
  const downloads = new Downloads(log);
  const measurements = new Measurements(memory, log);
  const restart = (): Promise<ClientStatus> => jobs.restart().then(() => client.process.settled());

  context.subscriptions.push(
    log,
    settings,
    ghostText,
    client,
    jobs,
    downloads,
    measurements,
    registerPages(),
    followCursor(client, settings),
    registerStatus({ client, settings, ghostText, downloads, jobs, measurements }),
    registerCompletionCommands(client, settings),
    new Neighbours(client, settings),
    registerWhy(client, ghostText),
    registerNextEdit(settings, SCHEMES),
    registerCounts(client, memory),
    registerMeasure(client),
    registerModels({ jobs, library, hardware, measurements, downloads, settings, folder, packs, fitTogether, log }),
    registerHardware({ hardware, downloads, settings, engineFolder, packs, log, restart }),
    vscode.commands.registerCommand('minnow.restart', () => jobs.restart()),
    vscode.commands.registerCommand('minnow.showLog', () => log.show()),
  );
  void jobs.start();
}
