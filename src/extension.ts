/** All that exists, in reading order. No logic. */
import * as vscode from 'vscode';
import { embeddedModel } from '../models/catalog';
import { Client } from './client/client';
import { registerCompletionCommands } from './completion/commands';
import { registerCounts } from './completion/counts';
import { followCursor, GhostText } from './completion/ghostText';
import { Neighbours } from './completion/neighbours';
import { registerWhy } from './completion/why';
import { registerMeasure } from './measure/command';
import { packagedModel } from './model/store';
import { SettingsSource } from './settings';
import { registerStatus } from './status';

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Minnow', { log: true });
  const settings = new SettingsSource();
  const ghostText = new GhostText(settings);
  const client = new Client({
    serverModule: context.asAbsolutePath('dist/server.js'),
    modelFile: packagedModel(context.extensionPath, embeddedModel),
    memory: context.globalState,
    settings,
    log,
    ghostText: ghostText.gate,
  });
  context.subscriptions.push(
    log,
    settings,
    ghostText,
    client,
    followCursor(client, settings),
    registerStatus(client, settings, ghostText),
    registerCompletionCommands(client, settings),
    new Neighbours(client, settings),
    registerWhy(client, ghostText),
    registerCounts(client, context.globalState),
    registerMeasure(client),
    vscode.commands.registerCommand('minnow.restart', () => client.restart()),
    vscode.commands.registerCommand('minnow.showLog', () => log.show()),
  );
  void client.restart();
}
