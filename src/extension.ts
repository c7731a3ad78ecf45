/** All that exists, in reading order. No logic. */
import path from 'node:path';
import * as vscode from 'vscode';
import { registerChatActions } from './chat/actions/actions';
import { projectInstructions } from './chat/context/instructions';
import { ProjectContext } from './chat/context/projectContext';
import { registerNativeChat } from './chat/native/native';
import { type RegisterChatParts, registerChat } from './chat/register';
import type { ChatClient } from './client/chatClient';
import { ChatProcess } from './client/chatProcess';
import { Client } from './client/client';
import { EditProcess } from './client/editProcess';
import { GiveWay } from './client/giveWay';
import { type ModelFile, modelFolder } from './client/modelFile';
import { type ClientStatus, ServerProcess } from './client/serverProcess';
import { registerCompletionCommands } from './completion/commands';
import { followCursor, GhostText } from './completion/ghostText';
import { Neighbours } from './completion/neighbours';
import { isLanguageOn, SCHEMES } from './completion/policy';
import { registerWhy } from './completion/why';
import { Downloads } from './download/downloads';
import { type RegisteredEdits, registerEdits } from './edit/commands';
import { registerHardware } from './hardware/commands';
import { Hardware } from './hardware/hardware';
import { proberOf } from './hardware/probe';
import { registerMeasure } from './measure/command';
import { registerModels } from './model/commands';
import { JOBS, Jobs, type OnDemand } from './model/jobs';
import { Library } from './model/library';
import { Measurements } from './model/measurements';
import { offerForChat } from './model/offer';
import { fitsTogether, packagedBackends, planFor, planLaunch, rememberBackends } from './model/plan';
import { registerNextEdit } from './nextEdit/commands';
import { registerPages } from './page';
import { SettingsSource } from './settings';
import { counting } from './statistics/events';
import { memoryOf } from './statistics/memory';
import { registerStatistics } from './statistics/register';
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
  const { client, jobs, chatProcess, editor, fitTogether } = processesOf(context, {
    log,
    settings,
    ghostText,
    library,
    hardware,
  });
  const { statistics, chat } = registerCounting(context, { client, jobs, chatProcess, settings, log });
  const downloads = new Downloads(log, memory);
  const measurements = new Measurements(memory, log);
  const models = { jobs, library, hardware, measurements, downloads, settings, folder, packs, fitTogether, log };
  const edits = registerEdits({
    client: editor,
    settings,
    memory: context.workspaceState,
    schemes: SCHEMES,
    log,
    instructions: ({ uri }) => projectInstructions(uri, settings.current.chat.instructions),
  });
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
    registerStatus({ client, chat, settings, ghostText, downloads, jobs, measurements }),
    registerCompletionCommands(client, settings),
    new Neighbours(client, settings),
    registerWhy(client, ghostText),
    registerNextEdit(settings, SCHEMES),
    statistics,
    registerMeasure(client),
    registerModels(models),
    edits,
    registerChats(context, { chat, edits, settings, log, offer: () => offerForChat(models) }),
    registerHardware({ hardware, downloads, settings, engineFolder, packs, log, restart }),
    vscode.commands.registerCommand('minnow.restart', () => jobs.restart()),
    vscode.commands.registerCommand('minnow.showLog', () => log.show()),
  );
  void jobs.start();
}

interface CountingParts extends Pick<ProcessParts, 'settings' | 'log'> {
  readonly client: Client;
  readonly jobs: Jobs;
  readonly chatProcess: ChatClient;
}

/** Counts what completion does, and what chat does for whoever asks it by the client that this gives back. */
function registerCounting(extension: vscode.ExtensionContext, { jobs, chatProcess, ...parts }: CountingParts) {
  const memory = (): Promise<number> => memoryOf(JOBS.map((job) => jobs.processOf(job)));
  const statistics = registerStatistics({ ...parts, extension, memory });
  return { statistics, chat: counting(chatProcess, statistics.count) };
}

interface ChatParts extends Pick<RegisterChatParts, 'settings' | 'log' | 'offer'> {
  readonly chat: ChatClient;
  readonly edits: RegisteredEdits;
}

/** The panel, VS Code's own chat, and what brings questions to them. */
function registerChats(extension: vscode.ExtensionContext, { chat, edits, settings, log, offer }: ChatParts) {
  const context = new ProjectContext({ settings, embed: (texts, signal) => chat.embed(texts, signal) });
  const panel = registerChat({ extension, client: chat, context, settings, log, offer, applyTo: edits.apply });
  const isOn = ({ languageId }: vscode.TextDocument): boolean =>
    isLanguageOn(languageId, settings.current.completion.languages);
  return vscode.Disposable.from(
    context,
    panel,
    registerNativeChat({ chat, context, settings, log }),
    registerChatActions({ chat, context, ask: panel.chat, log, where: { schemes: SCHEMES, isOn } }),
  );
}

interface ProcessParts {
  readonly log: vscode.LogOutputChannel;
  readonly settings: SettingsSource;
  readonly ghostText: GhostText;
  readonly library: Library;
  readonly hardware: Hardware;
}

/** The processes that run models, and who talks to them. */
function processesOf(context: vscode.ExtensionContext, { log, settings, ghostText, library, hardware }: ProcessParts) {
  const plan = planLaunch(hardware, settings);
  const parts = { serverModule: context.asAbsolutePath('dist/server.js'), memory: context.globalState, log };
  const giveWay = new GiveWay();
  const gate = giveWay.around(ghostText.gate);
  const client = new Client(library.packaged, { ...parts, planLaunch: plan, settings, ghostText: gate });
  rememberBackends(client.process, hardware);
  const fitTogether = fitsTogether(hardware, settings);
  const create = (job: OnDemand, modelFile: ModelFile): ServerProcess => {
    const options = { ...parts, planLaunch: planFor(job, plan), clientOptions: () => ({}) };
    return rememberBackends(new ServerProcess(modelFile, options), hardware);
  };
  const jobs = new Jobs({ library, settings, completion: client.process, create, fitTogether });
  const chats = (): Promise<ServerProcess | undefined> => jobs.processFor('chat');
  const chatProcess = new ChatProcess({
    chat: chats,
    embedding: () => jobs.processFor('embedding'),
    model: () => jobs.modelOf('chat'),
    onDidChange: jobs.onDidChangeModel('chat'),
    giveWay,
  });
  const editor = new EditProcess({ chat: chats, completion: client.process, giveWay });
  return { client, jobs, chatProcess, editor, fitTogether };
}
