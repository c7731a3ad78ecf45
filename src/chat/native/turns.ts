/** Messages of the editor's language model API become turns of our conversation engine. Pure. */
import { createHash } from 'node:crypto';
import type { ChatParams, Tool, ToolCall, Turn } from '../../../server/chatProtocol';
import { type Part, partOf } from './parts';

/** A message of the editor, as far as we look at it. */
export interface Message {
  /** 1 is the user, 2 the assistant; 3, the system, is not in the stable API but comes from the editor's own chat. */
  readonly role: number;
  readonly content: readonly unknown[];
}

const ASSISTANT = 2;
const SYSTEM = 3;

/** Why a request cannot be answered. Each has its sentence in `sentences.ts`. */
export type Unfit = 'empty' | 'picture' | 'openCall';

export class UnfitError extends Error {
  constructor(readonly why: Unfit) {
    super(why);
    this.name = 'UnfitError';
  }
}

export interface Conversation {
  readonly instructions: string;
  readonly turns: readonly Turn[];
}

/**
 * What follows in the same role becomes one turn, as chat templates want it. A tool's answer is a turn of its own.
 *
 * @throws UnfitError
 */
export function conversationOf(messages: readonly Message[]): Conversation {
  const instructions: string[] = [];
  const turns: Turn[] = [];
  const nameOfCall = new Map<string, string>();
  for (const { role, content } of messages)
    for (const part of content.map(partOf)) {
      if (part.kind === 'picture') throw new UnfitError('picture');
      if (part.kind === 'call') nameOfCall.set(part.call.id, part.call.name);
      if (role !== SYSTEM) add(turns, role === ASSISTANT, part, nameOfCall);
      else if (part.kind === 'text') instructions.push(part.text);
    }
  checkEnd(turns);
  return { instructions: instructions.join('\n\n'), turns };
}

function add(turns: Turn[], isAssistant: boolean, part: Part, nameOfCall: ReadonlyMap<string, string>): void {
  if (part.kind === 'text') addText(turns, isAssistant ? 'assistant' : 'user', part.text);
  if (part.kind === 'call') addCall(turns, part.call);
  if (part.kind === 'result') addResult(turns, part, nameOfCall.get(part.callId));
}

function addCall(turns: Turn[], call: ToolCall): void {
  const last = turns.at(-1);
  if (last?.role === 'assistant') turns[turns.length - 1] = { ...last, toolCalls: [...(last.toolCalls ?? []), call] };
  else turns.push({ role: 'assistant', text: '', toolCalls: [call] });
}

/** Whose call was cut off from the beginning of the conversation is told as text: templates know no answer without a call. */
function addResult(turns: Turn[], { callId, text }: Extract<Part, { kind: 'result' }>, name: string | undefined): void {
  if (name === undefined) addText(turns, 'user', text);
  else turns.push({ role: 'tool', callId, name, text });
}

function addText(turns: Turn[], role: 'user' | 'assistant', text: string): void {
  const last = turns.at(-1);
  if (text === '') return;
  if (last?.role === role)
    turns[turns.length - 1] = { ...last, text: last.text === '' ? text : joined(role, last.text, text) };
  else turns.push({ role, text });
}

/** What an assistant said in pieces is one text; messages of a user are paragraphs. */
function joined(role: 'user' | 'assistant', before: string, after: string): string {
  return role === 'assistant' ? before + after : `${before}\n\n${after}`;
}

function checkEnd(turns: readonly Turn[]): void {
  const last = turns.at(-1);
  if (last === undefined) throw new UnfitError('empty');
  if (last.role === 'assistant' && last.toolCalls !== undefined) throw new UnfitError('openCall');
}

/**
 * A name that follow-ups have in common, so that the KV cache is found again: nothing else in a request tells which conversation it
 * belongs to. Two that begin alike share it, and with it only the cache.
 */
export function conversationName(model: string, { instructions, turns }: Conversation): string {
  const first = turns.find(({ role }) => role === 'user') ?? turns[0];
  const digest = createHash('sha256').update(JSON.stringify([model, instructions, first?.text]));
  return `native:${digest.digest('hex').slice(0, 16)}`;
}

export interface EditorTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema?: object | undefined;
}

/** What the model is told where a call is required: there is no way to force it. */
const MUST_CALL = 'Answer with a call of one of the tools, not with words.';

/** Both, or neither where the model knows no tools. */
export function withTools(
  { instructions }: Conversation,
  tools: readonly EditorTool[],
  isRequired: boolean,
): { readonly instructions: string; readonly tools?: readonly Tool[] } {
  if (tools.length === 0) return { instructions };
  return {
    instructions: isRequired ? `${instructions}\n\n${MUST_CALL}`.trim() : instructions,
    tools: tools.map(({ name, description, inputSchema }) => ({
      name,
      description,
      parameters: inputSchema ?? { type: 'object', properties: {} },
    })),
  };
}

/** Names that callers use for the most tokens to write: ours, OpenAI's, and those of other providers. */
const LIMITS = ['maxTokens', 'max_tokens', 'maxOutputTokens', 'max_output_tokens', 'max_completion_tokens'] as const;

/** What the caller wishes, as far as it makes sense. */
export function optionsOf(
  modelOptions: Readonly<Record<string, unknown>>,
  temperature: number,
): Pick<ChatParams, 'temperature' | 'maxTokens'> {
  const wished = modelOptions.temperature;
  const limit = LIMITS.map((name) => modelOptions[name]).find((value) => isNumber(value) && value >= 1);
  return {
    temperature: isNumber(wished) ? Math.min(2, Math.max(0, wished)) : temperature,
    ...(isNumber(limit) ? { maxTokens: Math.floor(limit) } : {}),
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
