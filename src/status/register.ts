/** The status bar item: what Minnow is doing, in one glance, and the menu behind it. */
import * as vscode from 'vscode';
import { clock } from '../clock';
import { EDITOR_SETTING } from '../completion/standing';
import { whyNothing } from '../completion/why';
import { Calm } from './calm';
import { faceOf } from './face';
import { factsOf, menuFacts, type StatusParts, tooltipFacts } from './facts';
import { Figures } from './figures';
import { type Entry, menuOf } from './menu';
import { tooltipLines, tooltipText } from './tooltip';

export function registerStatus(parts: StatusParts): vscode.Disposable {
  const { client, settings, readable, snooze, power, busy, downloads, measurements } = parts;
  const item = vscode.window.createStatusBarItem('minnow.status', vscode.StatusBarAlignment.Right, 100);
  item.name = 'Minnow';
  item.command = 'minnow.showMenu';
  const figures = new Figures();
  const draw = (): void => drawOn(item, parts);
  const calm = new Calm(clock, draw);
  draw();
  item.show();
  return vscode.Disposable.from(
    item,
    calm,
    client.onDidChangeStatus(draw),
    client.onDidAnswer((outcome) => figures.note(outcome)),
    settings.onDidChange(draw),
    readable.onDidChange(draw),
    snooze.onDidChange(draw),
    power.onDidChange(draw),
    busy.onDidChange(draw),
    downloads.onDidChange(() => calm.soon()),
    measurements.onDidChange(draw),
    // Between two editors there is none for a moment.
    vscode.window.onDidChangeActiveTextEditor((editor) => (editor === undefined ? calm.soon() : calm.now())),
    // A document is opened anew when it gets another language.
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (document === vscode.window.activeTextEditor?.document) calm.soon();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(EDITOR_SETTING) && draw()),
    vscode.commands.registerCommand('minnow.showMenu', () => showMenu(parts, figures)),
  );
}

function drawOn(item: vscode.StatusBarItem, parts: StatusParts): void {
  const { state, text, label } = faceOf(factsOf(parts), vscode.l10n.t);
  item.text = text;
  item.accessibilityInformation = { label: `Minnow: ${label}`, role: 'button' };
  item.tooltip = new vscode.MarkdownString(tooltipText(label, tooltipLines(tooltipFacts(parts), vscode.l10n.t)));
  item.backgroundColor = state === 'problem' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
}

async function showMenu(parts: StatusParts, figures: Figures): Promise<void> {
  const { sentence } = await whyNothing(parts);
  const sections = menuOf(menuFacts(parts, figures, sentence), vscode.l10n.t);
  const items = sections.flatMap(({ title, entries }) => [separator(title), ...entries.map(row)]);
  const { label } = faceOf(factsOf(parts), vscode.l10n.t);
  const chosen = await vscode.window.showQuickPick(items, { title: 'Minnow', placeHolder: label });
  if (chosen?.entry) await vscode.commands.executeCommand(chosen.entry.command, ...(chosen.entry.args ?? []));
}

interface Row extends vscode.QuickPickItem {
  readonly entry?: Entry;
}

function separator(label: string): Row {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function row(entry: Entry): Row {
  const { icon, label, description } = entry;
  return { label: `$(${icon}) ${label}`, ...(description === undefined ? {} : { description }), entry };
}
