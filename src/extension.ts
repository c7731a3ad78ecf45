/** All that exists, in reading order. No logic. */
import path from 'node:path';
import * as vscode from 'vscode';
import { registerApi } from './api/api';
import type { MinnowExtension } from './api/minnow';
import { registerChatActions } from './chat/actions/actions';
import { projectInstructions } from './chat/context/instructions';
import { ProjectContext } from './chat/context/projectContext';
import { registerNativeChat } from './chat/native/native';
import { type RegisterChatParts, registerChat } from './chat/register';
import type { ChatClient } from './client/chatClient';
import type { Client } from './client/client';
import type { Foreground } from './client/foreground';
import { modelFolder } from './client/modelFile';
import type { ClientStatus } from './client/serverProcess';
import { clock } from './clock';
import { registerCompletionCommands } from './completion/commands';
import { followCursor, GhostText } from './completion/ghostText';
import { Neighbours } from './completion/neighbours';
import { isLanguageOn } from './completion/policy';
import type { Snooze } from './completion/snooze';
import { registerSnooze, snoozeOf } from './completion/snoozing';
import { registerWhy } from './completion/why';
import { Downloads } from './download/downloads';
import { Ledger } from './download/ledger';
import { registerLedger } from './download/showLedger';
import { type EditParts, type RegisteredEdits, registerEdits } from './edit/commands';
import { registerHardware } from './hardware/commands';
import { Hardware } from './hardware/hardware';
import { proberOf } from './hardware/probe';
import { registerMeasure } from './measure/command';
import { registerModels } from './model/commands';
import { JOBS, type Jobs } from './model/jobs';
import { Library } from './model/library';
import { Measurements } from './model/measurements';
import { offerForChat } from './model/offer';
import { packagedBackends } from './model/plan';
import { registerNextEdit } from './nextEdit/commands';
import { registerPages } from './page';
import type { Power } from './power/power';
import { followPower, powerOf } from './power/register';
import { Rest, type RestParts } from './power/rest';
import { Readable } from './privacy/readable';
import { type ProcessParts, processesOf } from './processes';
import { memoryOfMachine, registerRemote } from './remote';
import { codeSchemes, onceCodeIsThere } from './schemes';
import { SettingsSource } from './settings';
import { registerStart } from './start/register';
import { counting } from './statistics/events';
import { memoryOf } from './statistics/memory';
import { registerStatistics } from './statistics/register';
import type { Busy } from './status/busy';
import { registerStatus } from './status/register';

/** What the editor waits for before it ends the extension host: five seconds at most. */
const lastActs: (() => Promise<void>)[] = [];

export async function deactivate(): Promise<void> {
  await Promise.all(lastActs.map((act) => act()));
}

export function activate(context: vscode.ExtensionContext): MinnowExtension {
  const log = vscode.window.createOutputChannel('Minnow', { log: true });
  const settings = new SettingsSource(context.extension.packageJSON, log);
  const readable = new Readable();
  const memory = memoryOfMachine(context);
  const snooze = snoozeOf(context.globalState);
  const where = { settings, readable, snooze };
  const status = { ...where, extensionKind: context.extension.extensionKind };
  const ghostText = new GhostText(where);
  const storage = context.globalStorageUri.fsPath;
  const folder = (): string => modelFolder(settings.current.download.folder, path.join(storage, 'models'));
  const packs = path.join(storage, 'engines');
  const engineFolder = context.asAbsolutePath('dist/engine');
  const library = new Library({ extensionPath: context.extensionPath, folder, memory });
  const runProbe = proberOf(context.asAbsolutePath('dist/probe.js'));
  const hardware = new Hardware({ memory, packs, packaged: packagedBackends, runProbe });
  const power = powerOf(settings, runProbe);
  const processes = processesOf(context, { log, memory, settings, ghostText, library, hardware, power });
  const { client, jobs, busy, fitTogether } = processes;
  const { statistics, chat, ownChat } = registerCounting(context, { ...processes, settings, log });
  lastActs.push(statistics.close);
  const ledger = new Ledger(path.join(storage, 'network-ledger.jsonl'), (error) => log.error(String(error)));
  const downloads = new Downloads(log, memory, ledger);
  const measurements = new Measurements(memory, log);
  const models = { jobs, library, hardware, measurements, downloads, settings, folder, packs, fitTogether, log };
  const edits = registerEditing(context, { client: processes.editor, settings, readable, log });
  const restart = (): Promise<ClientStatus> => jobs.restart().then(() => client.process.settled());

  context.subscriptions.push(
    log,
    settings,
    readable,
    ghostText,
    client,
    jobs,
    downloads,
    measurements,
    registerPages(),
    registerLedger(ledger),
    registerCompletions(client, ghostText, { ...where, power }),
    registerSaving({ power, settings, memory, client, busy, jobs }),
    registerStatus({ ...status, client, chat, power, busy, ghostText, downloads, jobs, measurements }),
    registerStart({ client, ghostText }),
    onceCodeIsThere(() => void jobs.begin()),
    registerNextEdit(settings, codeSchemes),
    statistics,
    registerMeasure(client, readable),
    registerRemote(context),
    registerModels(models),
    edits,
    registerChats(context, { chat: ownChat, edits, settings, readable, log, offer: () => offerForChat(models) }),
    registerHardware({ hardware, downloads, settings, engineFolder, packs, log, restart }),
    vscode.commands.registerCommand('minnow.restart', () => jobs.restart()),
    vscode.commands.registerCommand('minnow.showLog', () => log.show()),
  );
  void jobs.prepare();
  return registerApi(context, { ...processes, chat, settings, log });
}

interface EditingParts extends Pick<EditParts, 'client' | 'settings' | 'log'> {
  readonly readable: Readable;
}

function registerEditing({ workspaceState }: vscode.ExtensionContext, { readable, ...parts }: EditingParts) {
  return registerEdits({
    ...parts,
    memory: workspaceState,
    schemes: codeSchemes(),
    isClosed: (uri) => readable.isClosed(uri),
    instructions: ({ uri }) => projectInstructions(uri, parts.settings.current.chat.instructions, readable),
  });
}

function registerCompletions(client: Client, ghostText: GhostText, where: CompletionParts): vscode.Disposable {
  const isSaving = (): boolean => where.power.isSaving;
  const neighbours = new Neighbours(client, where, isSaving);
  return vscode.Disposable.from(
    neighbours,
    followCursor(client, where, isSaving),
    registerSnooze(where.snooze),
    registerCompletionCommands(client, where),
    registerWhy({ ...where, client, ghostText }, () => neighbours.withheld),
  );
}

interface CompletionParts {
  readonly settings: SettingsSource;
  readonly readable: Readable;
  readonly snooze: Snooze;
  readonly power: Power;
}

interface SavingParts extends Pick<RestParts, 'memory'> {
  readonly power: Power;
  readonly settings: SettingsSource;
  readonly client: Client;
  readonly busy: Busy;
  readonly jobs: Jobs;
}

/** What is saved on battery besides the requests themselves: models sleep sooner. */
function registerSaving({ power, settings, memory, client, busy, jobs }: SavingParts): vscode.Disposable {
  const sleep = (): void => {
    for (const job of JOBS) void jobs.processOf(job)?.sleep();
  };
  const rest = new Rest({ isSaving: () => power.isSaving, memory, clock, sleep });
  return vscode.Disposable.from(
    rest,
    busy,
    followPower(power, settings),
    client.onDidAnswer(() => rest.used()),
    busy.onDidChange(() => rest.used()),
    power.onDidChange(() => rest.look()),
  );
}

interface CountingParts extends Pick<ProcessParts, 'settings' | 'log'> {
  readonly client: Client;
  readonly jobs: Jobs;
  readonly chatProcess: ChatClient;
  readonly foreground: Foreground;
}

/** Counts what completion does, and what chat does for whoever asks it by the clients that this gives back: the second is the person's own. */
function registerCounting(
  extension: vscode.ExtensionContext,
  { jobs, chatProcess, foreground, ...parts }: CountingParts,
) {
  const memory = (): Promise<number> => memoryOf(JOBS.map((job) => jobs.processOf(job)));
  const statistics = registerStatistics({ ...parts, extension, memory });
  const chat = counting(chatProcess, statistics.count);
  return { statistics, chat, ownChat: foreground.aroundChat(chat) };
}

interface ChatParts extends Pick<RegisterChatParts, 'settings' | 'log' | 'offer'> {
  readonly chat: ChatClient;
  readonly edits: RegisteredEdits;
  readonly readable: Readable;
}

/** The panel, VS Code's own chat, and what brings questions to them. */
function registerChats(extension: vscode.ExtensionContext, { chat, edits, settings, readable, log, offer }: ChatParts) {
  const context = new ProjectContext({ settings, readable, embed: (texts, signal) => chat.embed(texts, signal) });
  const panel = registerChat({ extension, client: chat, context, settings, log, offer, applyTo: edits.apply });
  lastActs.push(panel.close);
  const isOn = ({ languageId }: vscode.TextDocument): boolean =>
    isLanguageOn(languageId, settings.current.completion.languages);
  return vscode.Disposable.from(
    context,
    panel,
    registerNativeChat({ chat, context, settings, readable, log }),
    registerChatActions({ chat, context, readable, ask: panel.chat, log, where: { schemes: codeSchemes, isOn } }),
  );
}
