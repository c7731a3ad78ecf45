/** The way to a server process: to the one that all windows share, else to one of this window's own. */
import type { Socket } from 'node:net';
import type * as vscode from 'vscode';
import {
  type DataCallback,
  type Disposable,
  type ServerOptions,
  StreamMessageReader,
  StreamMessageWriter,
  TransportKind,
} from 'vscode-languageclient/node';
import { type Launch, serverArgs } from './launch';
import type { ModelFile } from './modelFile';
import { CannotShare } from './runtimeFolder';
import { type SharedEngine, sharedEngine } from './sharedEngine';
import { type Command, ownOptions } from './sharing';

export interface Transport {
  readonly serverOptions: ServerOptions;
  /** undefined where the process is this window's own. */
  readonly shared?: SharedEngine;
}

export interface TransportParts {
  /** Path of the bundled server. */
  readonly serverModule: string;
  readonly modelFile: ModelFile;
  readonly launch: Launch;
  readonly log: vscode.LogOutputChannel;
}

/** Joins the process of a launch, started where there is none. @throws AbortError when it is not needed any more */
export async function openTransport(parts: TransportParts, signal: AbortSignal): Promise<Transport> {
  const { serverModule, modelFile, launch, log } = parts;
  const command: Command = {
    module: serverModule,
    args: serverArgs(modelFile, launch),
    execArgv: launch.execArgv ?? [],
  };
  try {
    const shared = await sharedEngine({ command, modelFile: modelFile.file, warn: (text) => log.warn(text) }, signal);
    if (shared.socket.destroyed) throw new CannotShare(`The process ${shared.pid} has ended at once.`);
    log.info(`${shared.isNew ? 'Started' : 'Joined'} the process ${shared.pid} that runs ${modelFile.model.name}.`);
    return { shared, serverOptions: over(shared) };
  } catch (error) {
    if (signal.aborted || !isExpected(error)) throw error;
    log.warn(`This window does not share the process that runs ${modelFile.model.name}. ${error.message}`);
    return { serverOptions: own(command) };
  }
}

/** What this machine does not allow; a folder that cannot be written to has a code. */
function isExpected(error: unknown): error is Error {
  return error instanceof CannotShare || (error instanceof Error && 'code' in error);
}

const over =
  ({ socket }: SharedEngine): ServerOptions =>
  () =>
    Promise.resolve({
      reader: new PausedReader(socket),
      writer: new StreamMessageWriter(socket),
      // The library would end what does not end by itself.
      detached: true,
    });

/** What came before somebody listens has waited. */
class PausedReader extends StreamMessageReader {
  constructor(private readonly socket: Socket) {
    super(socket);
  }

  override listen(callback: DataCallback): Disposable {
    const listening = super.listen(callback);
    this.socket.resume();
    return listening;
  }
}

function own(command: Command): ServerOptions {
  const { module, args } = command;
  return { module, transport: TransportKind.ipc, args: [...args], options: ownOptions(command, process.env) };
}
