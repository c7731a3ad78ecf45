/**
 * A connection to one of several windows. The library's own ends the process at `exit`, and when the process that is named at `initialize` has
 * ended; here both concern one window only, whose end the pipe tells.
 */
import type { Duplex } from 'node:stream';
import {
  type Connection,
  createConnection,
  type DataCallback,
  type Disposable,
  Message,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

/** @param onExit the window has said goodbye */
export function connectionTo(socket: Duplex, onExit: () => void): Connection {
  const reader = new WindowReader(socket, onExit);
  // What cannot be told apart from the next message cannot be understood any more.
  reader.onError(() => socket.destroy());
  return createConnection(ProposedFeatures.all, reader, new WindowWriter(socket));
}

class WindowReader extends StreamMessageReader {
  constructor(
    private readonly socket: Duplex,
    private readonly onExit: () => void,
  ) {
    super(socket);
  }

  override listen(callback: DataCallback): Disposable {
    const listening = super.listen((message) => {
      if (Message.isNotification(message) && message.method === 'exit') this.onExit();
      else callback(unwatched(message));
    });
    this.socket.resume();
    return listening;
  }

  /** A closed connection throws at whoever has something to say, in the midst of what is done for all windows. Nobody is there to hear it. */
  protected override fireClose(): void {
    this.dispose();
  }
}

class WindowWriter extends StreamMessageWriter {
  override async write(message: Message): Promise<void> {
    try {
      await super.write(message);
    } catch (error) {
      // The window has gone: the socket's end tells it.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }

  protected override fireClose(): void {
    this.dispose();
  }
}

/** Without the process to watch: the library would end this one with it. */
function unwatched(message: Message): Message {
  if (!Message.isRequest(message) || message.method !== 'initialize') return message;
  return { ...message, params: { ...message.params, processId: null } } as Message;
}
