/** The ledger as a page of Markdown that can be read aloud: a sentence, then a table. Pure. */
import { sizeText } from '../sizeText';
import { type Entry, MOST_ENTRIES } from './ledger';

type Translate = (message: string, ...args: (string | number)[]) => string;

/** @param entries the newest first @param locale BCP 47 tag of the person's language */
export function ledgerPage(entries: readonly Entry[], t: Translate, locale = 'en'): string {
  const title = `# ${t('Network Ledger')}\n`;
  const rule = t('Minnow connects only when you ask for it: to find a model or an engine, and to download one.');
  if (entries.length === 0) return `${title}\n${rule}\n\n${t('No connection was made yet.')}\n`;
  const bytes = entries.reduce((sum, each) => sum + each.bytes, 0);
  const told = t(
    'Connections listed: {0}, the newest first. Received in all: {1}.',
    entries.length,
    sizeText(bytes, locale),
  );
  const kept = t('The newest {0} are kept, until they are cleared by "Minnow: Clear Network Ledger".', MOST_ENTRIES);
  const head = [t('When'), t('Where'), t('Why'), t('Received')];
  const rows = entries.map(({ when, url, why, bytes: size }) => [
    new Date(when).toISOString(),
    url,
    why,
    sizeText(size, locale),
  ]);
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(plain).join(' | ')} |`);
  return `${[title, rule, '', told, kept, '', ...table].join('\n')}\n`;
}

/** What others have named shall be no Markdown, and no second line. */
const plain = (text: string): string => text.replace(/[\r\n]+/g, ' ').replace(/[\\|`<>[\]]/g, '\\$&');
