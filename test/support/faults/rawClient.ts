/** A connection to a server process over its standard streams, on which anything can be said: what a client library would never send. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StreamMessageReader } from 'vscode-languageserver-protocol/node';
import { serverArgs, serverEnv } from '../../../src/client/launch';
import { defaultLaunch, embedded, root } from '../server';

interface Heard {
  readonly jsonrpc: string;
  readonly id?: unknown;
  readonly method?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

export class RawClient {
  /** How often each request was answered. */
  readonly answered = new Map<unknown, number>();
  /** Requests that were sent with an identifier of their own. */
  readonly asked = new Set<number>();
  #id = 0;
  readonly #waiting = new Map<unknown, (heard: Heard) => void>();
  readonly #ended: Promise<undefined>;

  private constructor(readonly process: ChildProcessWithoutNullStreams) {
    new StreamMessageReader(process.stdout).listen((message) => this.#hear(message));
    process.stderr.resume();
    this.#ended = once(process, 'exit').then(() => undefined);
    process.stdin.setMaxListeners(0);
    // A process that has ended takes no more: the test sees that by its end.
    process.stdin.on('error', () => undefined);
  }

  /** Starts the bundled server, and says hello. @param file of the model */
  static async start(file = embedded.file): Promise<RawClient> {
    const args = [...serverArgs({ model: { ...embedded.model, isRounded: true }, file }, defaultLaunch), '--stdio'];
    const program = path.join(root, 'dist/server.js');
    const client = new RawClient(
      spawn(process.execPath, [program, ...args], { env: { ...process.env, ...serverEnv }, stdio: 'pipe' }),
    );
    const capabilities = { workspace: { workspaceFolders: true } };
    const workspaceFolders = [{ uri: 'file:///sample', name: 'sample' }];
    await client.ask('initialize', { processId: null, rootUri: null, capabilities, workspaceFolders });
    client.tell('initialized', {});
    return client;
  }

  get isAlive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  nextId(): number {
    return ++this.#id;
  }

  /** A message in a frame of its right length. @returns when there is room for more */
  async frame(json: string): Promise<void> {
    const body = Buffer.from(json);
    await this.bytes(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  async bytes(bytes: Buffer): Promise<void> {
    if (this.isAlive && !this.process.stdin.write(bytes))
      await Promise.race([once(this.process.stdin, 'drain'), this.#ended]);
  }

  tell(method: string, params: unknown): void {
    void this.frame(JSON.stringify({ jsonrpc: '2.0', method, params }));
  }

  /** @throws Error when there is no answer in so many milliseconds */
  async ask(method: string, params?: unknown, patience = 20_000): Promise<Heard> {
    const id = this.nextId();
    this.asked.add(id);
    const heard = new Promise<Heard>((resolve) => this.#waiting.set(id, resolve));
    await this.frame(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    const late = sleep(patience, undefined, { ref: false });
    const first = await Promise.race([heard, late, this.#ended]);
    if (first === undefined) throw new Error(`${method} was not answered (alive: ${this.isAlive})`);
    return first;
  }

  /** Requests that were not answered exactly once. */
  unanswered(): readonly number[] {
    return [...this.asked].filter((id) => this.answered.get(id) !== 1);
  }

  /** Closes the connection, and waits for the end of the process. @returns whether it came in so many milliseconds */
  async close(patience = 5_000): Promise<boolean> {
    if (!this.isAlive) return true;
    const ended = this.#ended.then(() => true);
    this.process.stdin.destroy();
    this.process.stdout.destroy();
    if (await Promise.race([ended, sleep(patience, false, { ref: false })])) return true;
    this.process.kill('SIGKILL');
    await ended;
    return false;
  }

  #hear(heard: Heard): void {
    const { id, method } = heard;
    if (id === undefined || id === null) return;
    if (method !== undefined) return void this.frame(JSON.stringify({ jsonrpc: '2.0', id, result: null }));
    this.answered.set(id, (this.answered.get(id) ?? 0) + 1);
    this.#waiting.get(id)?.(heard);
    this.#waiting.delete(id);
  }
}
