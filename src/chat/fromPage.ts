/** What comes from the page is checked before it is used: the page shows text that nobody has vouched for. */
import type { FromPage } from '../../media/messages';

/** Characters. A question longer than that has no room in any model. */
const LONGEST_TEXT = 2_000_000;
const LONGEST_QUERY = 1_000;
const LONGEST_ADDRESS = 8_192;
const MOST_DROPPED = 100;
/** Of code blocks in an answer. */
const MOST_BLOCKS = 100_000;

/** Identifiers name files: nothing else is let through than what we make ourselves. */
const ID = /^[\w-]{1,64}$/;
/** Those of chips are only compared. */
const LONGEST_CHIP_ID = 8_192;

/** The message with its known fields; undefined where it is none. */
export function fromPage(value: unknown): FromPage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (name: string): unknown => Object.getOwnPropertyDescriptor(value, name)?.value;
  const type = field('type');
  switch (type) {
    case 'ready':
    case 'stop':
    case 'newChat':
    case 'export':
    case 'takeOffer':
    case 'chooseModel':
    case 'restartModel':
    case 'showLog':
    case 'manageTrust':
      return { type };
    case 'ask':
    case 'copy':
      return withText(type, field('text'));
    case 'retry':
    case 'continue':
    case 'open':
    case 'delete':
    case 'undelete':
      return withId(type, field('id'));
    default:
      return withMore(type, field);
  }
}

type Fields = (name: string) => unknown;

function withMore(type: unknown, field: Fields): FromPage | undefined {
  switch (type) {
    case 'edit':
      return edit(field('id'), field('text'));
    case 'insert':
    case 'apply':
      return code(type, field);
    case 'suggest':
    case 'searchHistory':
      return asking(type, field);
    case 'removeChip':
    case 'openChip':
      return chip(type, field('id'), field('exchange'));
    case 'drop': {
      const uris = field('uris');
      const isDrop = Array.isArray(uris) && uris.length <= MOST_DROPPED;
      return isDrop && uris.every(isAddress) ? { type, uris: [...uris] } : undefined;
    }
    case 'openLink': {
      const href = field('href');
      return isAddress(href) ? { type, href } : undefined;
    }
    default:
      return undefined;
  }
}

function withText(type: 'ask' | 'copy', text: unknown): FromPage | undefined {
  return isText(text) ? { type, text } : undefined;
}

function withId(type: 'retry' | 'continue' | 'open' | 'delete' | 'undelete', id: unknown): FromPage | undefined {
  return isId(id) ? { type, id } : undefined;
}

function edit(id: unknown, text: unknown): FromPage | undefined {
  return isId(id) && isText(text) ? { type: 'edit', id, text } : undefined;
}

function code(type: 'insert' | 'apply', field: Fields): FromPage | undefined {
  const [id, block, text] = [field('id'), field('block'), field('code')];
  return isId(id) && isCount(block) && block <= MOST_BLOCKS && isText(text)
    ? { type, id, block, code: text }
    : undefined;
}

function asking(type: 'suggest' | 'searchHistory', field: Fields): FromPage | undefined {
  const [request, query, kind] = [field('request'), field('query'), field('kind')];
  if (!isCount(request) || !isString(query, LONGEST_QUERY)) return undefined;
  if (type === 'searchHistory') return { type, request, query };
  return kind === '@' || kind === '/' ? { type, request, kind, query } : undefined;
}

function chip(type: 'removeChip' | 'openChip', id: unknown, exchange: unknown): FromPage | undefined {
  if (!isString(id, LONGEST_CHIP_ID)) return undefined;
  if (type === 'removeChip' || exchange === undefined) return { type, id };
  return isId(exchange) ? { type, id, exchange } : undefined;
}

function isString(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}

const isText = (value: unknown): value is string => isString(value, LONGEST_TEXT);
const isAddress = (value: unknown): value is string => isString(value, LONGEST_ADDRESS);
const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value);
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
