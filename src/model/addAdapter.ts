/** "Add a LoRA Adapter": a file that changes a model a little, checked against the model before it is used. */
import * as vscode from 'vscode';
import { failureSentence } from '../errors';
import type { SettingsSource } from '../settings';
import { writeSetting } from '../settings';
import { chooseFile } from './chooseFile';
import { type AdapterRefusal, checkAdapter } from './gguf/adapter';
import { type Header, type Refused, readHeader } from './gguf/header';
import type { Jobs } from './jobs';
import { hasFailed } from './outcome';
import { fileSentence } from './refusals';

/** To read a header, in milliseconds: the file may lie on a network. */
const PATIENCE = 30_000;

export async function addAdapter(jobs: Jobs, settings: SettingsSource): Promise<void> {
  const { t } = vscode.l10n;
  const process = await jobs.begin();
  const base = process.model;
  const { id, name } = base.model;
  const { adapters } = settings.current.model;
  const wish = adapters[id] === undefined ? 'other' : await askForWish(name, adapters[id]);
  if (wish === undefined) return;
  if (wish === 'none') {
    const { [id]: _, ...others } = adapters;
    await writeSetting('model.adapters', others);
    return;
  }
  const title = t('A LoRA adapter for {0}', name);
  const chosen = await chooseFile(title);
  if (chosen === undefined) return;
  const [adapter, model] = await Promise.all([chosen, base.file].map(read));
  if (adapter === undefined || model === undefined) return;
  if ('refusal' in adapter) return complain(fileSentence(adapter.refusal));
  if ('refusal' in model) return complain(fileSentence(model.refusal));
  const refusal = checkAdapter(adapter, model);
  if (refusal !== undefined) return complain(adapterSentence(refusal, name));
  if (!(await writeSetting('model.adapters', { ...adapters, [id]: chosen }))) return;
  // The setting starts the model again.
  const outcome = await process.settled();
  if (process.model.model.id !== id) return;
  if (!hasFailed(outcome)) {
    vscode.window.setStatusBarMessage(`$(check) ${t('{0} runs with the adapter now.', name)}`, 4_000);
    return;
  }
  await writeSetting('model.adapters', adapters);
  const why = failureSentence(outcome.state === 'failed' ? outcome.code : 'stopped');
  await complain(t('{0} did not load with the adapter, so it goes on as before. {1}', name, why));
}

async function read(file: string): Promise<Header | Refused> {
  return readHeader(file, AbortSignal.timeout(PATIENCE)).catch((error: unknown): Refused => {
    if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
    return { refusal: 'unreadable', detail: file };
  });
}

/** What shall become of the adapter that is there; undefined: nothing. */
async function askForWish(model: string, file: string): Promise<'other' | 'none' | undefined> {
  const { t } = vscode.l10n;
  const rows = [
    { label: `$(replace) ${t('Take another one')}`, wish: 'other' as const },
    { label: `$(trash) ${t('Remove the adapter')}`, description: file, wish: 'none' as const },
  ];
  return (await vscode.window.showQuickPick(rows, { title: t('{0} has an adapter', model) }))?.wish;
}

async function complain(sentence: string): Promise<void> {
  await vscode.window.showErrorMessage(`Minnow: ${sentence}`);
}

function adapterSentence(refusal: AdapterRefusal, model: string): string {
  const { t } = vscode.l10n;
  switch (refusal) {
    case 'notAnAdapter':
      return t('This file is a whole model, not an adapter. Add it as a model.');
    case 'otherKind':
      return t('This adapter is not a LoRA. Choose another one.');
    case 'incomplete':
    case 'truncated':
      return t('A part of this adapter is missing. Fetch the file again.');
    case 'otherArchitecture':
    case 'otherTensors':
    case 'otherShape':
      return t('This adapter was made for another model than {0}. Choose its own model first.', model);
  }
}
