/** The fenced code blocks of Markdown, as CommonMark 0.31 has them (4.5), with what stands around them. */

export interface CodeBlock {
  /** The line that closes it: its fence, and what stands before that in a list or a quote. */
  readonly closing: string;
  /** What stands behind the opening fence: `ts src/basket.ts`. */
  readonly info: string;
  /** The last line before it that is not blank; '' none. */
  readonly before: string;
  readonly code: string;
  /** False where the text ended first. */
  readonly isClosed: boolean;
}

interface Open extends Pick<CodeBlock, 'info' | 'before'> {
  /** What stands before the fence. */
  readonly lead: string;
  /** Three or more backticks or tildes. */
  readonly fence: string;
  readonly lines: string[];
}

/** Fences within lists and quotes are indented by what stands before them. */
const FENCE = /^([ \t>]*)(`{3,}|~{3,})([^\n]*)$/;

export function codeBlocksOf(markdown: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: Open | undefined;
  let before = '';
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const [, lead = '', fence = '', rest = ''] = FENCE.exec(line) ?? [];
    if (open === undefined) {
      // A backtick behind backticks: a span of code on one line.
      if (fence !== '' && !(fence.startsWith('`') && rest.includes('`'))) {
        open = { lead, fence, info: rest.trim(), before, lines: [] };
      } else if (line.trim() !== '') before = line.trim();
    } else if (fence.startsWith(open.fence) && rest.trim() === '') {
      blocks.push(blockFrom(open, true));
      open = undefined;
      before = '';
    } else open.lines.push(withoutLead(line, open.lead.length));
  }
  if (open) blocks.push(blockFrom(open, false));
  return blocks;
}

/** The block that a page counts as the one of this number: the text decides where both count otherwise. */
export function blockOf(markdown: string, index: number, code: string): CodeBlock | undefined {
  const blocks = codeBlocksOf(markdown);
  const isIt = (block: CodeBlock | undefined): boolean => block?.code.trim() === code.trim();
  return isIt(blocks[index]) ? blocks[index] : blocks.find(isIt);
}

/** The line that closes what the text has left open; undefined where nothing is. */
export function closingOf(markdown: string): string | undefined {
  const last = codeBlocksOf(markdown).at(-1);
  return last?.isClosed === false ? last.closing : undefined;
}

function blockFrom({ lead, fence, info, before, lines }: Open, isClosed: boolean): CodeBlock {
  return { closing: `${lead}${fence}`, info, before, code: lines.join('\n'), isClosed };
}

function withoutLead(line: string, indent: number): string {
  const lead = /^[ \t>]*/.exec(line)?.[0].length ?? 0;
  return line.slice(Math.min(lead, indent));
}
