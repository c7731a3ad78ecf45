/** The chat of a window: which conversation is open, what the next question is about, and what the page is told. */
import type { ToPage } from '../../media/messages';
import type { ChatClient } from '../client/chatClient';
import type { CodeBlock } from './codeBlocks';
import type { ChatContext } from './context';
import { Conversation, type ConversationParts } from './conversation';
import { Draft } from './draft';
import type { Kept } from './exchange';
import { Frames } from './frames';
import { markdownOf } from './markdown';
import { type ModelWords, type OfferedModel, pageModel, restrictedModel } from './model';
import type { PastConversations } from './past';
import type { Ask, AskChat, Attachment } from './question';

/** What only the editor can do. Each says so when it cannot. */
export interface Acts {
  copy(text: string): Promise<void>;
  insert(code: string): Promise<void>;
  /** A sentence for the person. */
  say(sentence: string): Promise<void>;
  /** @param files URIs of what the question was about */
  apply(code: string, block: CodeBlock | undefined, files: readonly string[]): Promise<void>;
  openLink(href: string): Promise<void>;
  showMarkdown(markdown: string): Promise<void>;
  chooseModel(): Promise<void>;
  restartModel(): Promise<void>;
  showLog(): Promise<void>;
  manageTrust(): Promise<void>;
}

export interface ChatParts extends Omit<ConversationParts, 'tell' | 'keep' | 'context' | 'client'> {
  readonly client: Pick<ChatClient, 'ask' | 'model'>;
  readonly context: Omit<ChatContext, 'onDidChangeImplicit'>;
  readonly past: PastConversations;
  readonly page: { tell(message: ToPage): void; reveal(): Promise<void> };
  readonly acts: Acts;
  readonly offer: () => Promise<OfferedModel | undefined>;
  readonly words: ModelWords;
  /** Whether the person trusts the workspace: without it nothing is answered. */
  readonly isTrusted: () => boolean;
}

export class Chat implements AskChat {
  #conversation: Conversation;
  /** What the next question is about. */
  readonly draft: Draft;
  readonly #modelFrames: Frames;
  /** Settles when the last open conversation is there again. */
  readonly #restored: Promise<void>;
  #isReady = false;
  /** What the page shall do as soon as it is there. */
  #waiting: readonly ToPage[] = [];
  #offered: OfferedModel | undefined;
  #listed: { readonly request: number; readonly query: string } | undefined;

  constructor(private readonly parts: ChatParts) {
    this.draft = new Draft(() => parts.context.implicit());
    this.#modelFrames = new Frames(() => void this.#tellModel().catch(parts.report), parts.clock);
    this.#conversation = this.#conversationOf(parts.past.begin());
    this.#restored = parts.past.last().then((kept) => {
      this.#conversation = this.#conversationOf(kept);
    });
  }

  async ask(question: Ask): Promise<void> {
    await this.focus();
    await this.#restored;
    void this.#conversation.ask(question);
  }

  async attach(attachments: readonly Attachment[], text?: string): Promise<void> {
    this.addToDraft(attachments);
    await this.focus(text);
  }

  async focus(text?: string): Promise<void> {
    await this.#whenReady({ type: 'focus', ...(text === undefined ? {} : { text }) });
  }

  async showHistory(): Promise<void> {
    await this.#whenReady({ type: 'showHistory' });
  }

  async begin(): Promise<void> {
    await this.#restored;
    if (this.#conversation.kept.exchanges.length > 0) this.#show(this.parts.past.begin());
    this.draft.clear();
    this.tellChips();
    await this.focus();
  }

  async exportMarkdown(): Promise<void> {
    await this.#restored;
    const { acts, t } = this.parts;
    const { kept } = this.#conversation;
    if (kept.exchanges.length === 0) await acts.say(t('There is nothing to export yet. Ask something first.'));
    else await acts.showMarkdown(markdownOf(kept, t));
  }

  /** The page is gone until it says `ready` again. */
  pageGone(): void {
    this.#isReady = false;
  }

  tellChips(): void {
    this.tell({ type: 'chips', chips: this.draft.chips });
  }

  /** The model has changed, or what it is doing. */
  tellModel(): void {
    this.#modelFrames.request();
  }

  /** Another window goes on with a conversation: this one's has a new name. */
  renamed(from: string, to: string): void {
    if (this.#conversation.kept.id !== from) return;
    this.#conversation.rename(to);
    this.parts.past.noteOpen(to);
  }

  /** Settles when all that was said is on disk. */
  async close(): Promise<void> {
    await this.parts.past.flush();
  }

  /** The page is there, and knows nothing. */
  async ready(): Promise<void> {
    await this.#restored;
    this.#isReady = true;
    this.#conversation.show();
    this.tellChips();
    for (const message of this.#waiting) this.tell(message);
    this.#waiting = [];
    this.tellModel();
  }

  /** The open conversation. */
  async current(): Promise<Conversation> {
    await this.#restored;
    return this.#conversation;
  }

  /** A question from the page's own input. */
  async askFromPage(text: string): Promise<void> {
    if (text.trim() === '') return;
    await this.#restored;
    const answered = this.#conversation.ask({ text, attachments: this.draft.take() });
    this.tellChips();
    await answered;
  }

  async open(id: string): Promise<void> {
    await this.#restored;
    if (id === this.#conversation.kept.id) return this.#conversation.show();
    const { past, words } = this.parts;
    const kept = await past.load(id);
    if (kept === undefined) return this.parts.acts.say(words.t('This chat is not there any more.'));
    this.#show(kept);
  }

  async remove(id: string): Promise<void> {
    await this.#restored;
    const { past } = this.parts;
    if (id === this.#conversation.kept.id) this.#show(past.begin());
    await past.remove(id);
    await this.#listAgain();
  }

  /** Brings back what was deleted last. */
  async restore(id: string): Promise<void> {
    const { past, words } = this.parts;
    if (!(await past.restore(id))) await this.parts.acts.say(words.t('This chat is not there any more.'));
    await this.#listAgain();
  }

  /** Answers the page's search in the history; the newest one again when the history has changed. */
  async list(request: number, query: string): Promise<void> {
    await this.#restored;
    this.#listed = { request, query };
    const items = await this.parts.past.search(query, this.#conversation.kept.id);
    this.tell({ type: 'history', request, items });
  }

  async #listAgain(): Promise<void> {
    if (this.#listed) await this.list(this.#listed.request, this.#listed.query);
  }

  async takeOffer(): Promise<void> {
    await this.#offered?.take();
  }

  addToDraft(attachments: readonly Attachment[]): void {
    this.draft.add(attachments);
    this.tellChips();
  }

  removeFromDraft(id: string): void {
    this.draft.remove(id);
    this.tellChips();
  }

  tell(message: ToPage): void {
    if (this.#isReady) this.parts.page.tell(message);
  }

  #conversationOf(kept: Kept): Conversation {
    const { past } = this.parts;
    const conversation: Conversation = new Conversation(kept, {
      ...this.parts,
      // One that is not open any more has nothing to tell.
      tell: (message) => {
        if (this.#conversation === conversation) this.tell(message);
      },
      keep: (state, isOver) => past.keep(state, isOver),
    });
    return conversation;
  }

  /** An answer that is being written in the open one is stopped, and kept. */
  #show(kept: Kept): void {
    this.#conversation.stop();
    this.#conversation = this.#conversationOf(kept);
    this.#conversation.show();
    this.parts.past.noteOpen(kept.id);
  }

  async #tellModel(): Promise<void> {
    const { client, words, offer, isTrusted } = this.parts;
    if (!isTrusted()) return this.tell({ type: 'model', model: restrictedModel(client.model, words.t) });
    const told = (): void => this.tell({ type: 'model', model: pageModel(client.model, this.#offered, words) });
    told();
    this.tell({ type: 'room', room: this.#conversation.room });
    if (client.model !== undefined || !this.#isReady) return;
    // To advise, the machine is looked at: that may take a while.
    this.#offered = await offer();
    if (client.model === undefined) told();
  }

  async #whenReady(message: ToPage): Promise<void> {
    if (this.#isReady) this.tell(message);
    else this.#waiting = [...this.#waiting, message];
    await this.parts.page.reveal();
  }
}
