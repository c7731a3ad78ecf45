/**
 * `@minnow` in the editor's own chat. The local model answers, whatever model is chosen there: who writes `@minnow` wants nothing to leave
 * the machine. Where the editor has no model at all it refuses by itself, and this is not called.
 */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ChatEnd, ChatProgress, PromptUsage, Turn } from '../../../server/chatProtocol';
import { type ChatClient, ChatError } from '../../client/chatClient';
import type { Readable } from '../../privacy/readable';
import type { SettingsSource } from '../../settings';
import { requireTrust } from '../../trust';
import type { ChatContext } from '../context';
import type { Gathered } from '../question';
import { followUps } from './followUps';
import { conversationBefore, type Kept, keptOf, type Past, Questions } from './history';
import { attached } from './references';
import { type Refusal, refusalOf } from './sentences';
import { signalOf } from './signal';

export interface ParticipantParts {
  readonly chat: ChatClient;
  readonly context: ChatContext;
  readonly settings: SettingsSource;
  readonly readable: Readable;
}

const ID = 'minnow.chat';

export function registerParticipant(parts: ParticipantParts): vscode.Disposable {
  const questions = new Questions();
  const participant = vscode.chat.createChatParticipant(ID, (request, { history }, response, token) =>
    new Answering(parts, questions, request, response).run(history, signalOf(token)),
  );
  participant.iconPath = new vscode.ThemeIcon('comment-discussion');
  participant.followupProvider = { provideFollowups: ({ metadata }) => followUps(keptOf(metadata)) };
  return participant;
}

/** One question. */
class Answering {
  /** What the model has written. */
  #text = '';
  readonly #told = new Set<string>();
  readonly #id = randomUUID();

  constructor(
    private readonly parts: ParticipantParts,
    private readonly questions: Questions,
    private readonly request: vscode.ChatRequest,
    private readonly response: vscode.ChatResponseStream,
  ) {}

  async run(history: vscode.ChatContext['history'], signal: AbortSignal): Promise<vscode.ChatResult> {
    const { chat } = this.parts;
    const past = conversationBefore(history.flatMap(pastOf), this.questions.recall);
    const conversation = past.conversation ?? `participant:${this.#id}`;
    try {
      requireTrust();
      if (chat.model === undefined) throw new ChatError('none');
      const end = await this.#ask(conversation, past.turns, signal);
      return { metadata: { ...this.#kept(conversation), end } };
    } catch (error) {
      const metadata = this.#kept(conversation);
      if (signal.aborted) return { metadata };
      if (!(error instanceof ChatError)) throw error;
      return error.code === 'stopped' ? { metadata } : { metadata, ...this.#refuse(refusalOf(error.code, chat.model)) };
    }
  }

  #kept(conversation: string): Kept {
    const { command } = this.request;
    const asked = this.parts.settings.current.chat.history ? this.questions.recall(this.#id) : undefined;
    return {
      conversation,
      id: this.#id,
      length: this.#text.length,
      ...(command === undefined ? {} : { command }),
      ...(asked === undefined ? {} : { asked }),
    };
  }

  async #ask(conversation: string, turns: readonly Turn[], signal: AbortSignal): Promise<ChatEnd> {
    const { chat, context, settings } = this.parts;
    const gathered = await this.#gather(signal);
    const { text, items } = gathered;
    const params = {
      conversation,
      instructions: await context.instructions(),
      turns: [...turns, { role: 'user' as const, text, context: items }],
      temperature: settings.current.chat.temperature,
      thinks: settings.current.chat.thinking,
    };
    const { end, prompt } = await chat.ask(params, (progress) => this.#show(progress, text), signal);
    this.questions.remember(this.#id, { text, context: prompt.context });
    this.#note(gathered, prompt);
    return end;
  }

  async #gather(signal: AbortSignal): Promise<Gathered> {
    const { context } = this.parts;
    const { prompt, command, references } = this.request;
    const { attachments, unread } = await attached(references, context, this.parts.readable);
    // A command without anything that it is about is about what is seen. Elsewhere the person decides in the chat's own input.
    const implicit = command !== undefined && references.length === 0 ? context.implicit() : undefined;
    const about = implicit ? [implicit] : attachments;
    for (const { subject } of about)
      if (subject.kind === 'file') this.response.reference(locationOf(subject.uri, subject.lines));
    const text = command === undefined ? prompt : `/${command} ${prompt}`.trim();
    const gathered = await context.gather({ text, attachments: about }, signal);
    if (unread === 0) return gathered;
    const missing = vscode.l10n.t('Something that was attached cannot be read by this model.');
    return { ...gathered, missing: [...gathered.missing, missing] };
  }

  /** The stable API has no place for thoughts: only that there are some is told. */
  #show(progress: ChatProgress, text: string): void {
    if (progress.kind === 'reading') this.#progress(vscode.l10n.t('Reading…'));
    if (progress.kind === 'thought') this.#progress(vscode.l10n.t('Thinking…'));
    // A later answer builds on this one even if it is stopped.
    if (progress.kind === 'read') this.questions.remember(this.#id, { text, context: progress.prompt.context });
    if (progress.kind !== 'text') return;
    this.#text += progress.text;
    this.response.markdown(progress.text);
  }

  /** Each word once: the editor lists them below each other. */
  #progress(word: string): void {
    if (this.#told.has(word)) return;
    this.#told.add(word);
    this.response.progress(word);
  }

  #note({ items, missing }: Gathered, { leftOut, cut, turnsLeftOut }: PromptUsage): void {
    const titles = (ids: readonly string[]): string =>
      items.flatMap(({ id, title }) => (ids.includes(id) ? [title] : [])).join(', ');
    const notes = [...missing];
    if (leftOut.length > 0) notes.push(vscode.l10n.t('There was no room for {0}.', titles(leftOut)));
    if (cut.length > 0) notes.push(vscode.l10n.t('There was room only for a part of {0}.', titles(cut)));
    if (turnsLeftOut > 0) notes.push(vscode.l10n.t('The beginning of this conversation was left out.'));
    if (notes.length > 0) this.response.markdown(new vscode.MarkdownString('\n\n---\n\n').appendText(notes.join('\n')));
  }

  #refuse({ sentence, action }: Refusal): vscode.ChatResult {
    if (this.#text === '') this.response.markdown(sentence);
    if (action) this.response.button(action);
    return this.#text === '' ? {} : { errorDetails: { message: sentence } };
  }
}

function locationOf(uri: string, lines: readonly [number, number] | undefined): vscode.Uri | vscode.Location {
  const at = vscode.Uri.parse(uri);
  return lines ? new vscode.Location(at, new vscode.Range(lines[0], 0, lines[1], 0)) : at;
}

/** Turns of other participants are not ours to repeat. */
function pastOf(turn: vscode.ChatRequestTurn | vscode.ChatResponseTurn): Past[] {
  if (turn.participant !== ID) return [];
  if (!('response' in turn)) return [{ kind: 'question', text: turn.prompt }];
  const said = turn.response.flatMap((part) =>
    part instanceof vscode.ChatResponseMarkdownPart ? [part.value.value] : [],
  );
  return [{ kind: 'answer', text: said.join(''), metadata: turn.result.metadata }];
}
