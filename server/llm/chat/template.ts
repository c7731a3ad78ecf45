/**
 * The chat template that a model brings, as huggingface/transformers defines it ("Chat templates" in its documentation). The template is a
 * stranger's program: it gets an end. What people and files say never becomes a special token: it is rendered as a stand-in and put in as
 * data afterwards.
 */
import { Template } from '@huggingface/jinja';
import type { Tool } from '../../chatProtocol';
import type { ChatFacts } from '../../protocol';
import type { ChatMessage, ChatPrompt } from '../llm';
import { bounded } from './bounded';
import { arranged, type Knows } from './messages';
import { type Part, Standins } from './standins';

export interface TemplateSource {
  readonly text: string;
  /** Texts of the model's own tokens; '' where it has none. */
  readonly bos: string;
  readonly eos: string;
  /** The texts of all its special tokens. */
  readonly markers: RegExp;
}

/** For one rendering, in milliseconds. */
const LONGEST_MS = 1_000;
/** Of a template, in UTF-16 code units: those in use have 20,000 at most. */
const LARGEST = 200_000;
const THINKS = /enable_thinking|<\/?think>|\[\/?THINK\]/;
const PROBE: ChatPrompt = { messages: [{ role: 'user', text: 'a' }], thinks: false };
const TOOLS_PROBE: ChatPrompt = {
  thinks: false,
  tools: [{ name: 'probe_tool', description: 'd', parameters: { type: 'object', properties: {} } }],
  messages: [
    ...PROBE.messages,
    { role: 'assistant', text: '', toolCalls: [{ id: 'e', name: 'probe_tool', parameters: {} }] },
    { role: 'tool', name: 'probe_tool', callId: 'e', text: 'f' },
  ],
};

export class ChatTemplate {
  readonly facts: ChatFacts;
  readonly #template: Template;
  /** While it is being found out, all. */
  readonly #knows: Knows = { system: true, tools: true };

  /** @throws Error when it does not work for one question */
  constructor(private readonly source: TemplateSource) {
    const { text } = source;
    if (text.length > LARGEST) throw new Error('the chat template is too large');
    this.#template = bounded(() => new Template(text), LONGEST_MS);
    if (!this.#holds(PROBE)) throw new Error('the chat template leaves the question out');
    const system = this.#can({ ...PROBE, messages: [{ role: 'system', text: 'b' }, ...PROBE.messages] });
    const tools = /\btools\b/.test(text) && this.#can(TOOLS_PROBE);
    this.#knows = { system, tools };
    this.facts = { tools, thinks: THINKS.test(text) };
  }

  /**
   * The special token with which the template ends an answer, its text. '' where something else stands there: a line break or a word may stand
   * in the middle of an answer as well.
   */
  get answerEnd(): string {
    const messages: readonly ChatMessage[] = [...PROBE.messages, { role: 'assistant', text: 'c' }, ...PROBE.messages];
    const parts = this.render({ ...PROBE, messages });
    const answer = parts.findIndex(({ from }) => from === 'assistant');
    const after = answer < 0 ? undefined : parts[answer + 1];
    const text = after?.from === undefined ? (after?.text.trimStart() ?? '') : '';
    const [first] = text.matchAll(this.source.markers);
    return first?.index === 0 ? first[0] : '';
  }

  /** The whole prompt in parts. @throws Error when the template refuses the conversation */
  render(prompt: ChatPrompt): readonly Part[] {
    const given = { ...prompt, messages: arranged(prompt.messages, this.#knows) };
    const whole = new Standins(given, this.source.markers, true);
    const parts = whole.parts(this.#run(whole.prompt));
    if (parts !== undefined) return parts;
    // It looks into what is said: only the texts of special tokens are replaced.
    const hidden = new Standins(given, this.source.markers, false);
    return hidden.parts(this.#run(hidden.prompt)) ?? [];
  }

  #run({ messages, thinks, tools = [] }: ChatPrompt): string {
    const { bos, eos } = this.source;
    const variables = {
      messages: messagesFor(messages),
      add_generation_prompt: true,
      bos_token: bos,
      eos_token: eos,
      // Two names are in use.
      enable_thinking: thinks,
      thinking: thinks,
      ...(this.#knows.tools && tools.length > 0 ? { tools: tools.map(asFunction) } : {}),
    };
    return bounded(() => this.#template.render(variables), LONGEST_MS);
  }

  /** Whether all that is said comes out, and the names of all tools. @throws Error when it refuses */
  #holds(prompt: ChatPrompt): boolean {
    const standins = new Standins(prompt, this.source.markers, true);
    const text = this.#run(standins.prompt);
    const { messages, tools = [] } = standins.prompt;
    return [...messages.map((message) => message.text), ...tools.map(({ name }) => name)].every((each) =>
      text.includes(each),
    );
  }

  /** As `#holds`, for what a template may refuse. */
  #can(prompt: ChatPrompt): boolean {
    try {
      return this.#holds(prompt);
    } catch {
      // It raises an exception of its own, or stumbles over what it does not know: either way it cannot.
      return false;
    }
  }
}

const asFunction = (tool: Tool): object => ({ type: 'function', function: { ...tool } });

/** As templates know messages. Some want identifiers of calls to be nine letters and digits long. */
function messagesFor(messages: readonly ChatMessage[]): object[] {
  const ids = new Map<string, string>();
  const idOf = (callId: string): string => {
    const id = ids.get(callId) ?? `call${String(ids.size).padStart(5, '0')}`;
    ids.set(callId, id);
    return id;
  };
  return messages.map((message) => {
    const { role, text: content } = message;
    if (role === 'tool') return { role, content, name: message.name, tool_call_id: idOf(message.callId) };
    if (role !== 'assistant' || !message.toolCalls?.length) return { role, content };
    const calls = message.toolCalls.map(({ id, name, parameters }) => ({
      id: idOf(id),
      type: 'function',
      function: { name, arguments: parameters },
    }));
    return { role, content, tool_calls: calls };
  });
}
