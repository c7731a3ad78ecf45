/** The words of code and of questions about it: identifiers whole and in their parts, in the form that different endings share. */

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** Parts of `readHTTPHeader2`, `read_http_header` and `READ_HTTP`. */
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[^\p{Lu}\p{Ll}_$]+/gu;
const LONGEST = 60;

/** Words that questions are made of, whatever they are about. */
const COMMON = new Set(
  `a about all also am an and any are as at be been being but by can code could did do does done explain file files find for from function get
  give had has have how i if in into is it its just like look make me my need no not of on one only or our please project show so some tell than
  that the their them then there these they this those to up use used uses using was we were what when where which who why will with work
  works would you your`.split(/\s+/),
);

export function tokensOf(text: string): string[] {
  return Array.from(text.matchAll(WORD), ([word]) => {
    if (word.length > LONGEST) return [];
    const parts = word.match(PART) ?? [];
    const whole = stem(word.toLowerCase());
    return parts.length > 1 ? [whole, ...parts.map((part) => stem(part.toLowerCase()))] : [whole];
  })
    .flat()
    .filter((token) => token.length > 1);
}

/** The words of a question that can find something; all of them when none of them is rare. */
export function questionTokens(text: string): string[] {
  const words = Array.from(text.matchAll(WORD), ([word]) => word);
  const rare = words.filter((word) => !COMMON.has(word.toLowerCase()));
  return [...new Set(tokensOf((rare.length > 0 ? rare : words).join(' ')))];
}

/** Takes off English endings, roughly: what counts is that question and code come to the same. */
function stem(word: string): string {
  if (word.length < 4) return word;
  const plural = word.replace(/ies$/, 'y').replace(/([^aius])s$/, '$1');
  const verb = plural.length > 5 ? plural.replace(/(?:ing|ed|er|ion)$/, '') : plural;
  return verb.length > 3 ? verb.replace(/(?:e|([^aeiouls])\1)$/, '$1') : verb;
}
