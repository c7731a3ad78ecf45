// Whether words and their translations hold together. Both are flat maps from a key to a text; of the bundles of l10n the key is the English text.

/** Languages that Minnow speaks beside English, as VS Code names them in files. */
export const LANGUAGES = ['zh-cn'];

/** The only texts that may be the same in every language: names. */
const SAME = new Set(['Minnow']);

/**
 * @param file the translation's, for the sentences
 * @returns a sentence for each key that is missing, is not in use, has other places or is not translated
 */
export function differences(english, translated, file) {
  const keys = Object.keys(english);
  return [
    ...keys.filter((key) => !Object.hasOwn(translated, key)).map((key) => `${file} lacks ${JSON.stringify(key)}`),
    ...Object.keys(translated)
      .filter((key) => !Object.hasOwn(english, key))
      .map((key) => `${file} has what is not in use any more: ${JSON.stringify(key)}`),
    ...keys.filter((key) => Object.hasOwn(translated, key)).flatMap((key) => faults(english, translated, key, file)),
  ];
}

function faults(english, translated, key, file) {
  const [text, other] = [english[key], translated[key]];
  const [wanted, found] = [placesOf(text), placesOf(other)];
  return [
    ...(other.trim() === '' ? [`${file} has no text for ${JSON.stringify(key)}`] : []),
    ...(text === other && !SAME.has(text) ? [`${file} has English for ${JSON.stringify(key)}`] : []),
    ...(wanted === found
      ? []
      : [`${file} has other places for ${JSON.stringify(key)}: ${found || 'none'} instead of ${wanted || 'none'}`]),
  ];
}

/** `{0} {1}`, whatever their order in the text: languages differ in it. A place may stand there more than once. */
const placesOf = (text) => [...new Set(text.match(/\{\d+\}/g) ?? [])].toSorted().join(' ');

/** A translation in the order of the English; what is not in use stands at its end, so that no work is lost when an English text changes. */
export function ordered(english, translated) {
  const known = Object.keys(english).filter((key) => Object.hasOwn(translated, key));
  const rest = Object.keys(translated).filter((key) => !Object.hasOwn(english, key));
  return Object.fromEntries([...known, ...rest].map((key) => [key, translated[key]]));
}
