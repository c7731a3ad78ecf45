/**
 * A door of the server without a request: text that looks like a key, a token or a password, told by its form. What a model writes so was made
 * up, or learned by heart from somebody else's secrets. The prefixes are those of the rules of gitleaks (MIT,
 * https://github.com/gitleaks/gitleaks, `config/gitleaks.toml`), as is the way to tell others: a name that speaks of a key before a text with
 * much in it. Linear in the length of a line.
 */

const PREFIXED: readonly RegExp[] = [
  /\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/,
  /\bgh[oprsu]_[0-9A-Za-z]{36}|\bgithub_pat_\w{40}|\bglpat-[\w-]{20}/,
  /\bsk-(?:ant-|proj-|svcacct-|admin-)[\w-]{20}|\bsk-(?:or-v1-)?(?=[A-Za-z0-9]{0,40}\d)[A-Za-z0-9]{20}/,
  /\b[rs]k_(?:test|live|prod)_[0-9A-Za-z]{10}/,
  /\bxox[abeoprs]-[\w-]{10}|\bxapp-\d-[A-Z0-9]{5}|hooks\.slack\.com\/services\/T\w{6,12}\/B\w{6,12}\/\w{16}/,
  /\bAIza[\w-]{35}|\bya29\.[\w-]{20}|\bGOCSPX-[\w-]{20}/,
  /\bSG\.[\w-]{20,24}\.[\w-]{39}|\bnpm_[0-9A-Za-z]{36}|\bpypi-AgEIcHlwaS5vcmc[\w-]{20}|\bhf_[A-Za-z]{34}\b/,
  /\bdop_v1_[0-9a-f]{64}|\bshp(?:at|ca|pa|ss)_[0-9A-Fa-f]{32}|\bSK[0-9a-f]{32}\b|\b\d{8,10}:AA[\w-]{33}\b/,
  /-----BEGIN [ A-Z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)?-----|AGE-SECRET-KEY-1[0-9A-Z]{58}/,
  /\beyJ[\w-]{14,}\.eyJ[\w-]{14,}\./,
];
const SPEAKING =
  /(?:api|access|auth|secret|private|client|encryption|signing|master|account|service|storage)[_.-]?key|secret|token|passw(?:or)?d|passphrase|credential|\bpwd/i;
/** A name, what gives it a value, and the value: quoted, or as the files of environments have it. */
const GIVEN =
  /([\w.-]{2,60})["'\]]{0,2}\s{0,8}(?::\s?[\w<>| ]{1,30})?(?:=>|:=|[:=]|,)\s{0,8}(?:["'`]([^"'`\s]{16,200})["'`]|([^\s"'`;,(){}<>[\]]{16,200})$)/g;
const IN_ADDRESS = /:\/\/[^\s:/@"'`]{1,64}:([^\s:/@"'`]{8,200})@/g;
/** Words with something between them, numbers of versions, places: no chance made them. */
const WORDS = /^[A-Za-z]{3,}(?:(?:\d{1,2}|[._:/-]{1,2})[A-Za-z]{3,})*[._-]?\d{0,3}$|[/.]{2}|^\w+\(|[${}<>]|\s/;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Longer lines are data: their beginning is looked at, in UTF-16 code units. */
const LONGEST_LINE = 4_000;
/** Bits a character (Shannon), as gitleaks has it for keys without a prefix. */
const ENTROPY = 3.5;

/** Where something that looks like a key ends in a line; -1 where nothing does. */
export function keyEnd(line: string): number {
  const text = line.slice(0, LONGEST_LINE);
  const prefixed = PREFIXED.map((pattern) => pattern.exec(text)).map((found) =>
    found ? found.index + found[0].length : -1,
  );
  const given = Array.from(text.matchAll(GIVEN), (found) => {
    const [all, name = '', quoted, bare] = found;
    return SPEAKING.test(name) && isRandom(quoted ?? bare ?? '') ? found.index + all.length : -1;
  });
  const inAddress = Array.from(text.matchAll(IN_ADDRESS), (found) =>
    isRandom(found[1] ?? '', 3) ? found.index + found[0].length : -1,
  );
  return Math.max(-1, ...prefixed, ...given, ...inAddress);
}

/** Whether lines hold something that looks like a key. */
export function hasKey(text: string): boolean {
  return text.split('\n').some((line) => keyEnd(line) >= 0);
}

/** With digits and letters in no order that words have. */
function isRandom(value: string, entropy = ENTROPY): boolean {
  const digits = value.match(/\d/g)?.length ?? 0;
  if (digits < 2 || !/[A-Za-z]/.test(value) || WORDS.test(value) || UUID.test(value)) return false;
  return entropyOf(value) >= entropy;
}

function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
