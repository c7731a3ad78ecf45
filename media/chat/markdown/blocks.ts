/**
 * Markdown in blocks, so that an answer that grows is drawn anew in its last block only. Raw HTML is never markup, pictures are never
 * loaded, and links carry their target as data.
 */
import MarkdownIt from 'markdown-it';

export interface Block {
  /** `plain`: too long or too deeply nested to be worth reading as Markdown. */
  readonly kind: 'prose' | 'code' | 'plain';
  readonly source: string;
  /** Of code: the first word behind the fence, and what stands between the fences. */
  readonly language: string;
  readonly code: string;
}

/** Link targets by their names (`[name]: target`), gathered while reading. */
export interface References {
  references?: Readonly<Record<string, unknown>>;
}

/** In characters; the time for inline markup can grow faster than its length. */
const LONGEST_PROSE = 20_000;
const DEEP = /^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*){16}/m;

const options = { html: false, linkify: false, typographer: false, breaks: false };
/** Reads inline markup too. */
const full = withInertLinks(new MarkdownIt('default', options));
/** Finds the blocks and nothing else. */
const outliner = new MarkdownIt('default', options);
outliner.core.ruler.enableOnly(['normalize', 'block']);

/** Line ends as Markdown reads them. */
export function normalized(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd');
}

/** The blocks of a normalized text, without gaps. */
export function blocksOf(text: string, references: References): readonly Block[] {
  const tokens = outliner.parse(text, references).filter(({ level, nesting }) => level === 0 && nesting >= 0);
  const lines = lineStarts(text);
  const startOf = (index: number) =>
    index === 0 ? 0 : index >= tokens.length ? text.length : (lines[tokens[index]?.map?.[0] ?? 0] ?? text.length);
  return tokens.map((token, index) => {
    const source = text.slice(startOf(index), startOf(index + 1));
    if (token.type !== 'fence' && token.type !== 'code_block') return proseOf(source);
    return { kind: 'code', source, language: languageOf(token.info), code: token.content.replace(/\n$/, '') };
  });
}

/**
 * How many characters of the text more text cannot change any more: all before the last block, or before the one before it while the
 * first line of the last is not whole ("#" may become "#tag").
 */
export function settledLength(blocks: readonly Block[]): number {
  const last = blocks.at(-1);
  const open = last?.source.includes('\n') ? 1 : 2;
  return blocks.slice(0, -open).reduce((sum, { source }) => sum + source.length, 0);
}

/** Markup of a block of prose. It is to be cleaned before use. */
export function markupOf(source: string, { references }: References): string {
  return full.render(source, { references: { ...references } });
}

function proseOf(source: string): Block {
  const isPlain = source.length > LONGEST_PROSE || DEEP.test(source);
  return { kind: isPlain ? 'plain' : 'prose', source, language: '', code: '' };
}

/** `ts`, of the words behind a fence: "ts title=…", "ts:src/a.ts", "{.ts}". */
export function languageOf(info: string): string {
  return /[\w+#-]+/.exec(info)?.[0].toLowerCase() ?? '';
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/**
 * An element without `href` goes nowhere by itself, in no browser. A target of another scheme than these stays the text that it is;
 * a single letter before the colon is a drive.
 */
function isTarget(href: string): boolean {
  const scheme = /^[^/?#:]{2,}(?=:)/.exec(href.trim())?.[0].toLowerCase();
  return scheme === undefined || ['http', 'https', 'mailto', 'file'].includes(scheme);
}

function withInertLinks(markdown: MarkdownIt): MarkdownIt {
  const { rules } = markdown.renderer;
  const { escapeHtml } = markdown.utils;
  const link = (href: string) => `<a data-href="${escapeHtml(href)}">`;
  markdown.validateLink = isTarget;
  rules.link_open = (tokens, index) => link(tokens[index]?.attrGet('href') ?? '');
  rules.image = (tokens, index) => {
    const source = tokens[index]?.attrGet('src') ?? '';
    return `${link(source)}${escapeHtml(tokens[index]?.content || source)}</a>`;
  };
  const cell = (tag: string) => (tokens: Parameters<typeof rules.image>[0], index: number) => {
    const side = /(?:center|right)$/.exec(String(tokens[index]?.attrGet('style') ?? ''))?.[0];
    return side === undefined ? `<${tag}>` : `<${tag} class="${side}">`;
  };
  rules.th_open = cell('th');
  rules.td_open = cell('td');
  return markdown;
}
