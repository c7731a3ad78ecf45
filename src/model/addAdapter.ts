/** "Add a LoRA Adapter": a file that changes a model a little, checked against the model before it is used. */
import * as vscode from 'vscode';
import type { SettingsSource } from '../settings';
import { writeSetting } from '../settings';
import { type AdapterRefusal, checkAdapter } from './gguf/adapter';
import { readHeader } from './gguf/header';
import type { Jobs } from './jobs';
import { fileSentence } from './refusals';

export async function addAdapter(jobs: Jobs, settings: SettingsSource): Promise<void> {
  const { t } = vscode.l10n;
  const base = jobs.processOf('completion')?.model;
  if (base === undefined) return;
  const { id, name } = base.model;
  const { adapters } = settings.current.model;
  if (adapters[id] !== undefined && (await wantsNone(name, adapters[id]))) {
    const { [id]: _, ...others } = adapters;
    return writeSetting('model.adapters', others);
  }
  const title = t('A LoRA adapter for {0}', name);
  const [chosen] = (await vscode.window.showOpenDialog({ title, filters: { GGUF: ['gguf'] } })) ?? [];
  if (chosen === undefined) return;
  const signal = AbortSignal.timeout(30_000);
  const [adapter, model] = await Promise.all([readHeader(chosen.fsPath, signal), readHeader(base.file, signal)]);
  if ('refusal' in adapter) return complain(fileSentence(adapter.refusal));
  if ('refusal' in model) return complain(fileSentence(model.refusal));
  const refusal = checkAdapter(adapter, model);
  if (refusal !== undefined) return complain(adapterSentence(refusal, name));
  await writeSetting('model.adapters', { ...adapters, [id]: chosen.fsPath });
  vscode.window.setStatusBarMessage(`$(check) ${t('{0} runs with the adapter now.', name)}`, 4_000);
}

/** True when the adapter that is there shall go, and no other come. */
async function wantsNone(model: string, file: string): Promise<boolean> {
  const { t } = vscode.l10n;
  const remove = { label: `$(trash) ${t('Remove the adapter')}`, description: file };
  const replace = { label: `$(replace) ${t('Take another one')}` };
  const chosen = await vscode.window.showQuickPick([replace, remove], { title: t('{0} has an adapter', model) });
  return chosen === remove;
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
