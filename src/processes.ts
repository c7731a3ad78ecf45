/** The processes that run models, and who talks to them. No logic. */
import type * as vscode from 'vscode';
import { ChatProcess } from './client/chatProcess';
import { Client } from './client/client';
import { Confine } from './client/confine';
import { EditProcess } from './client/editProcess';
import { GiveWay } from './client/giveWay';
import type { ModelFile } from './client/modelFile';
import { runtimeFolderOf } from './client/runtimeFolder';
import { ServerProcess } from './client/serverProcess';
import { clock } from './clock';
import type { GhostText } from './completion/ghostText';
import type { Hardware } from './hardware/hardware';
import { Jobs, type OnDemand } from './model/jobs';
import type { Library } from './model/library';
import { fitsTogether, planFor, planLaunch, rememberBackends } from './model/plan';
import type { Power } from './power/power';
import { sparing } from './power/sparing';
import type { SettingsSource } from './settings';
import { Busy } from './status/busy';
import { requireTrust } from './trust';

export interface ProcessParts {
  readonly log: vscode.LogOutputChannel;
  readonly settings: SettingsSource;
  readonly ghostText: GhostText;
  readonly library: Library;
  readonly hardware: Hardware;
  readonly power: Power;
}

export function processesOf(
  context: vscode.ExtensionContext,
  { log, settings, ghostText, library, hardware, power }: ProcessParts,
) {
  const parts = { serverModule: context.asAbsolutePath('dist/server.js'), memory: context.globalState, log };
  const confine = new Confine({ ...parts, runtimeFolder: runtimeFolderOf(), log: (line) => log.warn(line) });
  const plan = confine.around(planLaunch(hardware, settings));
  const giveWay = new GiveWay((on) => client.watchTyping(on));
  const busy = new Busy(clock);
  const spared = sparing(busy.aroundGate(ghostText.gate), () => power.isSaving, clock);
  const begin = (): Promise<ServerProcess> => jobs.begin();
  const forClient = { ...parts, planLaunch: plan, settings, power, begin, ghostText: spared };
  const client = new Client(library.packaged, forClient);
  client.onDidAnswerTyping((busy) => giveWay.hear(busy));
  rememberBackends(confine.follow(client.process), hardware);
  const fitTogether = fitsTogether(hardware, settings);
  const create = (job: OnDemand, modelFile: ModelFile): ServerProcess => {
    const options = { ...parts, planLaunch: planFor(job, plan), clientOptions: () => ({}) };
    return rememberBackends(confine.follow(new ServerProcess(modelFile, options)), hardware);
  };
  const jobs = new Jobs({ library, settings, completion: client.process, create, fitTogether });
  const onlyTrusted = async (job: 'chat' | 'embedding'): Promise<ServerProcess | undefined> => {
    requireTrust();
    return await jobs.processFor(job);
  };
  const chats = (): Promise<ServerProcess | undefined> => onlyTrusted('chat');
  const answering = new ChatProcess({
    chat: chats,
    embedding: () => onlyTrusted('embedding'),
    model: () => jobs.modelOf('chat'),
    onDidChange: jobs.onDidChangeModel('chat'),
    giveWay,
  });
  const chatProcess = busy.aroundChat(answering);
  const editor = busy.aroundEdits(new EditProcess({ chat: chats, completion: begin, giveWay }));
  return { client, jobs, chatProcess, editor, busy, giveWay, fitTogether };
}
