/** How models write that a tool shall be called: the notations of their templates. */
import type { Tool } from '../chatProtocol';

/** A call before it has an identifier. */
export interface Call {
  readonly name: string;
  readonly parameters: object;
}

/** What opens a call, and what closes it; '' where the end of what was opened is its end. */
export interface Notation {
  readonly open: string;
  readonly close: string;
}

/** Hermes, Qwen and Granite 4; Granite 3; Mistral; Llama 3 with its special token; Qwen3-Coder without the tag around it. */
export const NOTATIONS: readonly Notation[] = [
  { open: '<tool_call>', close: '</tool_call>' },
  { open: '<|tool_call|>', close: '' },
  { open: '[TOOL_CALLS]', close: '' },
  { open: '<|python_tag|>', close: '' },
  { open: '', close: '' },
];
export const FUNCTION = { open: '<function=', close: '</function>' } as const;

/** `waiting`: it may become a call. `broken`: it never will. */
export type Read = 'waiting' | 'broken' | { readonly calls: readonly Call[]; readonly end: number };

/** Reads what follows the opening: JSON of one or several calls, or Qwen3-Coder's tags. */
export function readCalls(body: string, tools: readonly Tool[]): Read {
  const start = body.search(/\S/);
  if (start < 0) return 'waiting';
  const rest = body.slice(start);
  if (rest.startsWith(FUNCTION.open)) return readFunction(body, start, tools);
  if (FUNCTION.open.startsWith(rest)) return 'waiting';
  if (!/^[[{]/.test(rest)) return 'broken';
  const end = jsonEnd(body, start);
  if (end < 0) return 'waiting';
  const calls = callsOf(parsed(body.slice(start, end)), tools);
  return calls === undefined ? 'broken' : { calls, end };
}

/** Whether what an answer begins with may be a call in JSON without any opening, as Llama 3 writes it. */
export function mayBeBareCall(text: string): boolean {
  return /^\{\s*("\w*)?$/.test(text) || /^\{\s*"(name|type|function|parameters|arguments)"/.test(text);
}

/** `<function=name>`, then `<parameter=key>` with a value each, or the parameters as JSON. */
function readFunction(body: string, start: number, tools: readonly Tool[]): Read {
  const close = body.indexOf(FUNCTION.close, start);
  if (close < 0) return 'waiting';
  const end = close + FUNCTION.close.length;
  const [, name = '', inner = ''] = /^<function=([^>\n]+)>([\s\S]*)$/.exec(body.slice(start, close)) ?? [];
  const tool = tools.find((each) => each.name === name.trim());
  if (tool === undefined) return 'broken';
  const pairs = Array.from(inner.matchAll(/<parameter=([^>\n]+)>\n?([\s\S]*?)\n?<\/parameter>/g));
  if (pairs.length === 0 && inner.trim() !== '') {
    const parameters = parsed(inner);
    return isRecord(parameters) ? { calls: [{ name: tool.name, parameters }], end } : 'broken';
  }
  const parameters = Object.fromEntries(
    pairs.map(([, key = '', value = '']) => [key.trim(), untyped(value, typeOf(tool, key.trim()))]),
  );
  return { calls: [{ name: tool.name, parameters }], end };
}

/** Index behind the JSON object or list that begins there; -1 while it has no end. */
function jsonEnd(text: string, start: number): number {
  let depth = 0;
  let isInString = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1;
  }
  return -1;
}

/** undefined where one of them calls no tool that there is. */
function callsOf(value: unknown, tools: readonly Tool[]): readonly Call[] | undefined {
  const calls = (Array.isArray(value) ? value : [value]).map((each) => callOf(each, tools));
  const found = calls.flatMap((call) => call ?? []);
  return found.length === calls.length && found.length > 0 ? found : undefined;
}

function callOf(value: unknown, tools: readonly Tool[]): Call | undefined {
  if (!isRecord(value)) return undefined;
  const { name, arguments: given, parameters: named } = value;
  const tool = tools.find((each) => each.name === name);
  const told = given ?? named ?? {};
  const parameters = typeof told === 'string' ? parsed(told) : told;
  return tool && isRecord(parameters) ? { name: tool.name, parameters } : undefined;
}

/** The type that a tool's schema has for a parameter. */
function typeOf({ parameters }: Tool, key: string): unknown {
  const properties = 'properties' in parameters ? parameters.properties : undefined;
  const property = isRecord(properties) ? properties[key] : undefined;
  const { type } = isRecord(property) ? property : {};
  return type;
}

/** A value that stands there without quotes: the schema tells whether it is a text. */
function untyped(text: string, type: unknown): unknown {
  return type === 'string' ? text : (parsed(text) ?? text);
}

/** undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
