/** What the status bar says when a pointer rests on it. */
import * as vscode from 'vscode';
import { reasonFor } from '../completion/silence';
import { backendName } from '../hardware/report';
import type { Missed } from '../model/jobs';
import type { StatusParts } from './register';

export function tooltipOf({ client, jobs, measurements, readable, power }: StatusParts, label: string) {
  const { status } = client;
  const text = new vscode.MarkdownString(`**Minnow** — ${label}\n\n`);
  const document = vscode.window.activeTextEditor?.document;
  if (status.state === 'ready') {
    const { model, backend, threads } = status;
    const processor =
      threads === 1 ? vscode.l10n.t('processor, one thread') : vscode.l10n.t('processor, {0} threads', threads);
    const runner = backend === 'cpu' ? processor : backendName(backend, vscode.l10n.t);
    text.appendMarkdown(vscode.l10n.t('{0} on this machine ({1}). Nothing leaves it.', model, runner));
    const speed = measurements.of(client.process);
    if (speed) text.appendMarkdown(`\n\n${vscode.l10n.t('About {0} ms per line here.', Math.round(speed.lineMs))}`);
    if (status.fallback)
      text.appendMarkdown(`\n\n${vscode.l10n.t('The chosen engine could not start, so the processor is used.')}`);
  }
  if (status.state === 'asleep')
    text.appendMarkdown(vscode.l10n.t('{0} is not loaded. It is loaded when you write.', status.model));
  const missed = jobs.missed('completion');
  if (missed !== undefined) text.appendMarkdown(`\n\n${missedSentence(missed)}`);
  if (power.isSaving) text.appendMarkdown(`\n\n${savingSentence()}`);
  if (document && readable.isClosedNow(document.uri))
    text.appendMarkdown(`\n\n${reasonFor('minnowIgnored', '').sentence}`);
  if (document) text.appendMarkdown(`\n\n${vscode.l10n.t('Language: {0}', document.languageId)}`);
  return text;
}

function savingSentence(): string {
  return vscode.l10n.t(
    'Saving power: nothing is read in advance, suggestions wait for a pause in your typing and are one line long, and the model is unloaded sooner.',
  );
}

function missedSentence({ name, why }: Missed): string {
  return why === 'absent'
    ? vscode.l10n.t('The chosen model {0} is not on this machine. Choose it again to download it.', name)
    : vscode.l10n.t('The chosen model {0} could not be loaded. Choose another one; the log says more.', name);
}
