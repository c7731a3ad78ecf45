/** The editor's own chat: the local model in its list of models, and `@minnow`. */
import * as vscode from 'vscode';
import { type ParticipantParts, registerParticipant } from './participant';
import { type ProviderParts, registerProvider } from './provider';

export type NativeParts = ParticipantParts & ProviderParts;

/** All that the editor has a place for: some are built without chat, in others it is switched off. */
export function registerNativeChat(parts: NativeParts): vscode.Disposable {
  return vscode.Disposable.from(
    ifThere('language models', () => registerProvider(parts), parts.log),
    ifThere('chat', () => registerParticipant(parts), parts.log),
  );
}

function ifThere(what: string, register: () => vscode.Disposable, log: vscode.LogOutputChannel): vscode.Disposable {
  try {
    return register();
  } catch (error) {
    // Expected: the namespace is not there (TypeError), or the editor refuses. Everything else of Minnow goes on without.
    log.info(`This editor has no place for ${what}: ${String(error)}`);
    return vscode.Disposable.from();
  }
}
