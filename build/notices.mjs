// THIRD_PARTY_NOTICES.txt: the licences of all that is in the package and was made by others. Most want to be handed on with it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compiled } from './compiled.mjs';

const RULE = `\n${'-'.repeat(80)}\n\n`;

/**
 * @param packages of `packagesOf`, and of the binaries and grammars
 * @throws Error for a package without the text of its licence
 */
export function notices(root, packages) {
  const texts = packages.map(({ name, version, license, at }) => {
    const files = readdirSync(at).filter((each) => /^(licen[cs]e|copying|notice)/i.test(each));
    if (files.length === 0)
      throw new Error(`${name} has no text of its licence, ${license ?? 'which it does not name'}.`);
    const text = files.map((file) => readFileSync(path.join(at, file), 'utf8').trim()).join('\n\n');
    return `${name} ${version}, ${license ?? 'see below'}\n\n${text}\n`;
  });
  const model = readFileSync(path.join(root, 'models', 'LICENSE'), 'utf8').trim();
  return [
    'Minnow is made with the work of others, which is in its package under these licences.\n',
    ...texts,
    ...compiled,
    `The embedded model (models/*.gguf), MIT\n\n${model}\n`,
  ].join(RULE);
}
