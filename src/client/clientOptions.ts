/** How a language client behaves: it writes to the log and says nothing, and starts nothing again by itself. */
import type * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from 'vscode-languageclient/node';

/** @param onClosed the connection has ended, and nobody here has ended it */
export function quietOptions(log: vscode.LogOutputChannel, onClosed: () => void): LanguageClientOptions {
  return {
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    stdioOptions: { stdout: logQuietly, stderr: logQuietly },
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        onClosed();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
  };
}

/** The engine's own words: none of them are for the reader of a log at the usual level. */
function logQuietly(stream: NodeJS.ReadableStream, channel: vscode.LogOutputChannel): void {
  stream.on('data', (data: Buffer) => channel.debug(String(data).trim()));
}
