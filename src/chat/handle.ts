/** What is done when the page asks for something. */
import type { FromPage } from '../../media/messages';
import type { Acts, Chat } from './chat';
import { blockOf } from './codeBlocks';
import type { ChatContext } from './context';
import type { KeptExchange } from './exchange';

export interface HandleParts {
  readonly chat: Chat;
  readonly context: Pick<ChatContext, 'suggest' | 'fromUris' | 'open'>;
  readonly acts: Acts;
}

type Code = Extract<FromPage, { readonly type: 'insert' | 'apply' }>;

export class PageHandler {
  #suggesting = new AbortController();

  constructor(private readonly parts: HandleParts) {}

  /** @param message one that has been checked */
  async handle(message: FromPage): Promise<void> {
    const { chat, acts, context } = this.parts;
    switch (message.type) {
      case 'ready':
        return chat.ready();
      case 'ask':
        return chat.askFromPage(message.text);
      case 'newChat':
        return chat.begin();
      case 'export':
        return chat.exportMarkdown();
      case 'open':
        return chat.open(message.id);
      case 'delete':
        return chat.remove(message.id);
      case 'undelete':
        return chat.restore(message.id);
      case 'searchHistory':
        return chat.list(message.request, message.query);
      case 'removeChip':
        return chat.removeFromDraft(message.id);
      case 'drop':
        return chat.addToDraft(await context.fromUris(message.uris));
      case 'copy':
        return acts.copy(message.text);
      case 'openLink':
        return acts.openLink(message.href);
      default:
        return this.#handleMore(message);
    }
  }

  async #handleMore(message: FromPage): Promise<void> {
    const { chat, acts } = this.parts;
    const conversation = await chat.current();
    switch (message.type) {
      case 'stop':
        return conversation.stop();
      case 'retry':
        return conversation.retry(message.id);
      case 'edit':
        return message.text.trim() === '' ? undefined : conversation.edit(message.id, message.text);
      case 'continue':
        return conversation.goOn(message.id);
      case 'insert':
      case 'apply':
        return this.#useCode(message, conversation.kept.exchanges);
      case 'suggest':
        return this.#suggest(message.request, message.kind, message.query);
      case 'openChip':
        return this.#openChip(message.id, message.exchange, conversation.kept.exchanges);
      case 'takeOffer':
        return chat.takeOffer();
      case 'chooseModel':
        return acts.chooseModel();
      case 'restartModel':
        return acts.restartModel();
      case 'showLog':
        return acts.showLog();
      case 'manageTrust':
        return acts.manageTrust();
      default:
        return;
    }
  }

  async #useCode({ type, id, block, code }: Code, exchanges: readonly KeptExchange[]): Promise<void> {
    const { acts } = this.parts;
    if (type === 'insert') return acts.insert(code);
    const exchange = exchanges.find((each) => each.id === id);
    const files = exchange?.question.attachments.flatMap(({ subject }) =>
      subject.kind === 'file' ? [subject.uri] : [],
    );
    await acts.apply(code, blockOf(exchange?.answer.text ?? '', block, code), [...new Set(files)]);
  }

  /** What the page has not waited for is dropped. */
  async #suggest(request: number, kind: '@' | '/', query: string): Promise<void> {
    this.#suggesting.abort();
    this.#suggesting = new AbortController();
    const { signal } = this.#suggesting;
    try {
      const items = await this.parts.context.suggest(kind, query, signal);
      if (!signal.aborted) this.parts.chat.tell({ type: 'suggestions', request, items });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #openChip(id: string, exchange: string | undefined, exchanges: readonly KeptExchange[]): Promise<void> {
    const { chat, context } = this.parts;
    const asked = exchanges.find((each) => each.id === exchange)?.question.attachments;
    const attachments = exchange === undefined ? chat.draft.attachments : asked;
    const found = attachments?.find((each) => each.id === id);
    if (found) await context.open(found.subject);
  }
}
