/** A conversation as a Markdown document: questions as headings, answers word by word. */
import { closingOf } from './codeBlocks';
import { isRunning, type Kept, type KeptExchange, titleOf } from './exchange';
import type { Translate } from './notes';

export function markdownOf({ title, exchanges }: Kept, t: Translate): string {
  return [`# ${escaped(title)}`, ...exchanges.flatMap((exchange) => partsOf(exchange, t)), ''].join('\n\n');
}

function partsOf({ question, answer }: KeptExchange, t: Translate): readonly string[] {
  const { text, attachments } = question;
  const title = titleOf(text);
  const quote = text.split(/\r\n|\r|\n/).map((line) => `> ${line}`.trimEnd());
  const about = attachments.map(({ label, detail }) => `- ${escaped(detail === '' ? label : detail)}`);
  const notes = answer.notes.map((note) => `- ${escaped(note)}`);
  return [
    `## ${escaped(title)}`,
    ...(title === text ? [] : [quote.join('\n')]),
    ...(about.length === 0 ? [] : [[t('About:'), '', ...about].join('\n')]),
    ...(answer.text === '' ? [] : [closed(answer.text)]),
    ...(isRunning(answer) ? [`*${t('The answer was still being written.')}*`] : []),
    ...(notes.length === 0 ? [] : [notes.join('\n')]),
    ...(answer.model === undefined ? [] : [`*${escaped(answer.model)}*`]),
  ];
}

/** A block of code that was never closed would swallow all that follows. */
function closed(markdown: string): string {
  const closing = closingOf(markdown);
  return closing === undefined ? markdown : `${markdown}${markdown.endsWith('\n') ? '' : '\n'}${closing}`;
}

/** What Markdown would take for its own is shown as it is. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}
