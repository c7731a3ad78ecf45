/**
 * The parts of the editor's messages, told by what they have, not by their class: the editor hands over instances of its classes to be
 * answered, but plain objects to be counted, and parts of proposed APIs besides. Pure.
 */
import type { ToolCall } from '../../../server/chatProtocol';

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly call: ToolCall }
  | { readonly kind: 'result'; readonly callId: string; readonly text: string }
  /** A picture: no model of ours sees one. */
  | { readonly kind: 'picture' }
  /** Marks of other providers, thoughts of other models. */
  | { readonly kind: 'other' };

const OTHER: Part = { kind: 'other' };

export function partOf(part: unknown): Part {
  if (typeof part === 'string') return { kind: 'text', text: part };
  if (!isRecord(part)) return OTHER;
  const callId = part.callId ?? part.toolCallId;
  if (typeof callId === 'string') return callOrResult(part, callId);
  if (part.data instanceof Uint8Array && typeof part.mimeType === 'string') return dataPart(part.data, part.mimeType);
  // A thought has a value as well.
  const isThought = 'id' in part || 'metadata' in part || (part.type !== undefined && part.type !== 'text');
  return typeof part.value === 'string' && !isThought ? { kind: 'text', text: part.value } : OTHER;
}

function callOrResult(part: Readonly<Record<string, unknown>>, callId: string): Part {
  const input = part.input ?? part.parameters;
  if (typeof part.name === 'string')
    return { kind: 'call', call: { id: callId, name: part.name, parameters: isRecord(input) ? input : {} } };
  const content = part.content ?? part.value;
  return Array.isArray(content) ? { kind: 'result', callId, text: content.map(resultText).join('\n') } : OTHER;
}

/** A piece of a tool's answer: text, JSON, or a tree of the package prompt-tsx. */
function resultText(piece: unknown): string {
  const part = partOf(piece);
  if (part.kind === 'text') return part.text;
  if (part.kind === 'picture') return '[a picture that cannot be shown]';
  return isRecord(piece) && isRecord(piece.value) && 'node' in piece.value ? treeText(piece.value.node, 0).trim() : '';
}

/** Deeper trees are nobody's. */
const DEEPEST = 100;

/** Nodes of type 2 are text, the others hold nodes, as `renderElementJSON` of prompt-tsx writes them. */
function treeText(node: unknown, depth: number): string {
  if (!isRecord(node) || depth > DEEPEST) return '';
  if (typeof node.text === 'string') return (node.lineBreakBefore ? '\n' : '') + node.text;
  return Array.isArray(node.children) ? node.children.map((child) => treeText(child, depth + 1)).join('') : '';
}

function dataPart(data: Uint8Array, mimeType: string): Part {
  if (mimeType.startsWith('image/')) return { kind: 'picture' };
  const isText = mimeType.startsWith('text/') || mimeType === 'application/json';
  return isText ? { kind: 'text', text: new TextDecoder().decode(data) } : OTHER;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
