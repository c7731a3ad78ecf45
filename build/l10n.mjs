// Brings the words of the interface together and lists what is still to be translated:  npm run l10n
//   l10n/bundle.l10n.json   all that src says by t('…'), made anew from the code
//   l10n/bundle.l10n.LANGUAGE.json, package.nls.LANGUAGE.json   put into the order of the English, nothing added and nothing lost
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spoken } from './spoken.mjs';
import { differences, LANGUAGES, ordered } from './translated.mjs';

const root = path.resolve(import.meta.dirname, '..');
const read = (file) =>
  existsSync(path.join(root, file)) ? JSON.parse(readFileSync(path.join(root, file), 'utf8')) : {};
const write = (file, texts) => writeFileSync(path.join(root, file), `${JSON.stringify(texts, null, 2)}\n`);

const { words, problems } = await spoken(root);
const bundle = Object.fromEntries(words.map((text) => [text, text]));
write('l10n/bundle.l10n.json', bundle);
const found = [...problems];
for (const language of LANGUAGES)
  for (const [english, file] of [
    [bundle, `l10n/bundle.l10n.${language}.json`],
    [read('package.nls.json'), `package.nls.${language}.json`],
  ]) {
    const translated = ordered(english, read(file));
    write(file, translated);
    found.push(...differences(english, translated, file));
  }
for (const sentence of found) console.error(sentence);
console.log(`${words.length} texts; ${found.length === 0 ? 'all are translated.' : `${found.length} things to do.`}`);
process.exitCode = found.length > 0 ? 1 : 0;
