/** What keeps a request from the model before it is asked. */
import type { Place } from '../documents';
import { splitsCharacter } from '../documents';
import type { LlmFacts } from '../llm/llm';
import type { Rule, Silence } from '../protocol';

export interface GateFacts {
  readonly model: LlmFacts;
  readonly place: Place;
  /** True when the person asked for a suggestion: then only what cannot work is refused. */
  readonly asked: boolean;
  /** Much text has changed at once a moment ago. */
  readonly bulkEdit: boolean;
  /** The cursor is in a comment, and comments are switched off. */
  readonly unwantedComment: boolean;
  readonly without: ReadonlySet<Rule>;
}

export function gate({ model, place, asked, bulkEdit, unwantedComment, without }: GateFacts): Silence | undefined {
  if (!model.completes) return 'noFim';
  if (splitsCharacter(place)) return 'insideCharacter';
  if (isBinary(place)) return 'binary';
  if (asked) return undefined;
  if (bulkEdit && !without.has('bulkEdit')) return 'bulkEdit';
  if (unwantedComment && !without.has('comment')) return 'comment';
  return undefined;
}

/** Binary data opened as text has NUL characters, or bytes that are no text at all. */
function isBinary({ text, offset }: Place): boolean {
  const near = text.slice(Math.max(0, offset - 2_000), offset + 2_000);
  return near.includes('\0') || near.split('\uFFFD').length > 8;
}
