/**
 * Replays a session against a server in the order of messages that VS Code keeps: the change, the cancelling of the older request, and
 * some 50 ms later the new request, unless another key was faster.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import { DigestRequest } from '../../../server/measureProtocol';
import type { LspClient } from '../../support/lspClient';
import { type Change, EditedText } from './editedText';
import type { Act } from './session';

export interface Keystroke {
  /** From the request to an answer; absent when it was cancelled, or never sent because the next key came first. In milliseconds. */
  readonly answeredMs?: number;
  /** From the key to what was shown; absent when nothing was. In milliseconds. */
  readonly ghostMs?: number;
  /** From the cancelling to the end of the request; absent when it was not cancelled. In milliseconds. */
  readonly idleMs?: number;
}

interface Ghost {
  readonly text: string;
  /** Code units right of the cursor that it replaces. */
  readonly replace: number;
}

/** Milliseconds that VS Code waits after a change before it asks. */
const DEBOUNCE = 50;
/** Without pauses so many requests may be under way, so that the server falls behind but not ever more. */
const MOST_AT_ONCE = 8;

export class Replayer {
  readonly #files = new Map<string, EditedText>();
  readonly #strokes: Promise<Keystroke>[] = [];
  #shown: string | undefined;
  #cancel = new CancellationTokenSource();
  #ghost: Ghost | undefined;

  constructor(
    private readonly client: Pick<LspClient, 'open' | 'change' | 'complete' | 'connection'>,
    private readonly uriOf: (file: string) => string,
    /** Without the pauses. */
    private readonly fast: boolean,
  ) {}

  /** @returns the keystrokes of these acts */
  async replay(acts: readonly Act[]): Promise<Keystroke[]> {
    for (const act of acts) {
      await this.#pause(act.after);
      // What is shown is looked at before it is used, however fast the rest goes.
      if (act.do === 'typeThrough' || act.do === 'accept') await this.#strokes.at(-1);
      else if (this.fast) await this.#strokes.at(-MOST_AT_ONCE);
      await this.#perform(act);
    }
    await this.#pause(1_000);
    this.#stop();
    return Promise.all(this.#strokes.splice(0));
  }

  /** Files whose text in the server is not the text here. */
  async differing(): Promise<string[]> {
    const wrong: string[] = [];
    for (const [file, { text }] of this.#files) {
      const digest = await this.client.connection.sendRequest(DigestRequest, this.uriOf(file));
      const sha256 = createHash('sha256').update(text).digest('hex');
      if (digest?.sha256 !== sha256 || digest.length !== text.length) wrong.push(file);
    }
    return wrong;
  }

  async #perform(act: Act): Promise<void> {
    switch (act.do) {
      case 'open':
        this.#files.set(act.file, new EditedText(act.text, act.at));
        await this.client.open(this.uriOf(act.file), act.languageId, act.text);
        return this.#show(act.file);
      case 'show':
        return this.#show(act.file);
      case 'jump':
        this.#stop();
        return this.#edited.moveTo(act.to);
      case 'type':
        return this.#change(this.#edited.insert(act.text));
      case 'erase':
        return this.#change(this.#edited.erase());
      case 'typeThrough':
        return this.#typeThrough((this.#ghost?.text.match(/\r\n|[\s\S]/gu) ?? []).slice(0, act.characters));
      case 'accept':
        return this.#acceptAndTakeBack();
    }
  }

  get #edited(): EditedText {
    const edited = this.#files.get(this.#shown ?? '');
    if (edited === undefined) throw new Error('the session types before it opens a file');
    return edited;
  }

  #show(file: string): void {
    this.#stop();
    this.#shown = file;
  }

  async #typeThrough(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#change(this.#edited.insert(key));
      await this.#pause(110);
    }
    for (const _ of keys) {
      await this.#change(this.#edited.erase());
      await this.#pause(90);
    }
  }

  async #acceptAndTakeBack(): Promise<void> {
    const ghost = this.#ghost;
    const edited = this.#edited;
    if (ghost === undefined) return;
    const replaced = edited.text.slice(edited.cursor, edited.cursor + ghost.replace);
    await this.#change(edited.insert(ghost.text, ghost.replace));
    await this.#pause(400);
    edited.cursor -= ghost.text.length;
    const back = edited.insert(replaced, ghost.text.length);
    edited.cursor -= replaced.length;
    await this.#change(back);
  }

  async #change(change: Change | undefined): Promise<void> {
    if (change === undefined) return;
    const typed = performance.now();
    await this.client.change(this.uriOf(this.#shown ?? ''), change.start, change.end, change.text);
    this.#stop();
    this.#ghost = undefined;
    this.#cancel = new CancellationTokenSource();
    this.#strokes.push(this.#ask(typed, this.#cancel));
    // Lets answers in: one keystroke is one turn of the loop at least.
    await sleep(0);
  }

  async #ask(typed: number, cancel: CancellationTokenSource): Promise<Keystroke> {
    const uri = this.uriOf(this.#shown ?? '');
    const { position } = this.#edited;
    if (!this.fast) await sleep(DEBOUNCE);
    if (cancel.token.isCancellationRequested) return {};
    const asked = performance.now();
    let cancelled: number | undefined;
    cancel.token.onCancellationRequested(() => {
      cancelled = performance.now();
    });
    const item = await this.client.complete(uri, position, cancel);
    const answered = performance.now();
    if (cancelled !== undefined) return { idleMs: answered - cancelled };
    if (item === undefined) return { answeredMs: answered - asked };
    const end = item.range?.end.character ?? position.character;
    this.#ghost = { text: String(item.insertText), replace: end - position.character };
    return { answeredMs: answered - asked, ghostMs: answered - typed };
  }

  #stop(): void {
    // A source whose token nobody has read yet cannot be cancelled twice.
    if (!this.#cancel.token.isCancellationRequested) this.#cancel.cancel();
  }

  #pause(ms: number): Promise<void> {
    return this.fast ? Promise.resolve() : sleep(ms);
  }
}
