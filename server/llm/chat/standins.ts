/** Stand-ins for what people, files and models say, while a template is rendered that might mistake it for its own words. Pure. */
import type { Tool } from '../../chatProtocol';
import type { ChatMessage, ChatPrompt } from '../llm';

/** A piece of a rendered prompt. */
export interface Part {
  readonly text: string;
  /** Who said it, where it is a whole message; `data` a piece of one; absent: the template's own words, special tokens among them. */
  readonly from?: ChatMessage['role'] | 'data';
}

/** A whole message, with a quote in it: where a template writes it as JSON, the stand-in is no longer what it was. */
const MESSAGE = (at: number): string => `\uE000${at}"\uE001`;
/** The text of a special token. */
const MARKER = (at: number): string => `\uE002${at}\uE003`;
const EITHER = /\uE000(\d+)"\uE001|\uE002(\d+)\uE003/g;

export class Standins {
  /** Messages that are not empty, in their order. */
  readonly #messages: ChatMessage[] = [];
  readonly #markers: string[] = [];
  readonly prompt: ChatPrompt;

  /**
   * @param markers finds the texts of special tokens
   * @param areWhole whether messages are replaced as a whole, for all templates that do not look into them
   */
  constructor(
    prompt: ChatPrompt,
    private readonly markers: RegExp,
    areWhole: boolean,
  ) {
    const messages = prompt.messages.map((message) => {
      const text = areWhole ? this.#standIn(message) : this.#hide(message.text);
      if (message.role !== 'assistant' || message.toolCalls === undefined) return { ...message, text };
      const toolCalls = message.toolCalls.map((call) => ({ ...call, parameters: this.#hideIn(call.parameters) }));
      return { ...message, text, toolCalls };
    });
    const tools = prompt.tools?.map((tool) => this.#hideIn(tool) satisfies Tool);
    this.prompt = { ...prompt, messages, ...(tools === undefined ? {} : { tools }) };
  }

  /** What was rendered, with all in its place again; undefined when not every message came out once and in order. */
  parts(rendered: string): readonly Part[] | undefined {
    const parts: Part[] = [];
    let from = 0;
    let next = 0;
    for (const { 0: standin, 1: message, 2: marker, index } of rendered.matchAll(EITHER)) {
      if (index > from) parts.push({ text: rendered.slice(from, index) });
      from = index + standin.length;
      if (message === undefined) {
        parts.push({ text: this.#markers[Number(marker)] ?? standin, from: 'data' });
        continue;
      }
      const said = this.#messages[next];
      if (said === undefined || Number(message) !== next++) return undefined;
      parts.push({ text: said.text, from: said.role });
    }
    if (next !== this.#messages.length) return undefined;
    if (from < rendered.length) parts.push({ text: rendered.slice(from) });
    return parts;
  }

  #standIn(message: ChatMessage): string {
    return message.text === '' ? '' : MESSAGE(this.#messages.push(message) - 1);
  }

  #hide(text: string): string {
    return text.replace(this.markers, (marker) => MARKER(this.#markers.push(marker) - 1));
  }

  /** The same value with every text in it hidden, names of properties included. */
  #hideIn<T>(value: T): T;
  #hideIn(value: unknown): unknown {
    if (typeof value === 'string') return this.#hide(value);
    if (Array.isArray(value)) return value.map((each) => this.#hideIn(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [this.#hide(key), this.#hideIn(each)]));
  }
}
