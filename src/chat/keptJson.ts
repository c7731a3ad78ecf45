/** What lies on disk may be of another version, damaged, or made by somebody else: it is looked at before it is used. */
import { parseJson } from '../json';
import { isRunning, type Kept, type KeptExchange } from './exchange';

/** @returns undefined where the text is no conversation of ours */
export function parseKept(text: string): Kept | undefined {
  const value = parseJson(text);
  return isKept(value) ? value : undefined;
}

/** With an answer that was being written when the window was closed, as one that broke off. */
export function interrupted(kept: Kept, note: string): Kept {
  const exchanges = kept.exchanges.map((exchange): KeptExchange => {
    if (!isRunning(exchange.answer)) return exchange;
    const { percent: _, ...answer } = exchange.answer;
    return { ...exchange, answer: { ...answer, state: 'broken', notes: [...answer.notes, note], canContinue: true } };
  });
  return { ...kept, exchanges };
}

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const isString: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isBoolean: Check = (value) => typeof value === 'boolean';
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const shaped =
  (shape: Shape): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(shape).every(([name, check]) => check(Object.getOwnPropertyDescriptor(value, name)?.value));

const isLines: Check = (value) => Array.isArray(value) && value.length === 2 && value.every(isNumber);
const isFile = shaped({ kind: oneOf('file'), uri: isString, lines: optional(isLines) });
const isFolder = shaped({ kind: oneOf('folder'), uri: isString });
const isText = shaped({ kind: oneOf('text'), title: isString, text: isString, languageId: optional(isString) });
const isSubject: Check = (value) => isFile(value) || isFolder(value) || isText(value);

const isAttachment = shaped({ id: isString, label: isString, detail: isString, icon: isString, subject: isSubject });
const isItem = shaped({
  id: isString,
  title: isString,
  text: isString,
  languageId: optional(isString),
  priority: isNumber,
});
const isAnswer = shaped({
  state: oneOf('waiting', 'reading', 'thinking', 'writing', 'done', 'stopped', 'broken', 'failed'),
  text: isString,
  thought: isString,
  percent: optional(isNumber),
  notes: listOf(isString),
  model: optional(isString),
  tokensPerSecond: optional(isNumber),
  canContinue: isBoolean,
});
const isExchange = shaped({
  id: isString,
  question: shaped({ text: isString, attachments: listOf(isAttachment) }),
  prompt: optional(shaped({ text: isString, context: listOf(isItem) })),
  answer: isAnswer,
  room: optional(shaped({ used: isNumber, of: isNumber })),
});
const isConversation = shaped({
  version: oneOf(1),
  id: isString,
  title: isString,
  changed: isNumber,
  exchanges: listOf(isExchange),
});

function isKept(value: unknown): value is Kept {
  return isConversation(value);
}
