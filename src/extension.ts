/** All that exists, in reading order. No logic. */
import * as vscode from 'vscode';
import { embeddedModel } from '../models/catalog';
import { Client } from './client';
import { registerCompletionCommands } from './completion/commands';
import { ghostTextGate } from './completion/ghostText';
import { packagedModel } from './model/store';
import { SettingsSource } from './settings';
import { registerStatus } from './status';

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Minnow', { log: true });
  const settings = new SettingsSource();
  const client = new Client({
    serverModule: context.asAbsolutePath('dist/server.js'),
    modelFile: packagedModel(context.extensionPath, embeddedModel),
    memory: context.globalState,
    settings,
    log,
    ghostText: ghostTextGate(settings),
  });
  context.subscriptions.push(
    log,
    settings,
    client,
    registerStatus(client, settings),
    registerCompletionCommands(client, settings),
    vscode.commands.registerCommand('minnow.restart', () => client.restart()),
    vscode.commands.registerCommand('minnow.showLog', () => log.show()),
  );
  void client.restart();
}
