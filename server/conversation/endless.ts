/**
 * Notices an answer that says the same again and again, which small models do and do not end by themselves. What repeats must repeat exactly:
 * lists of similar lines, tables and the like are honest. Some honest texts do repeat exactly, most of them without a letter (matrices of zeros,
 * rules, boxes), so these may be longer.
 */

/** In an end of so many characters, the same piece stands so often at least. */
const TIMES = 4;
const WITH_WORDS = 1500;
const ANY = 4000;
/** Characters between two looks. */
const STEP = 64;

export class Endless {
  #tail = '';
  #unseen = 0;

  /** @returns whether what was written so far is endless */
  take(piece: string): boolean {
    this.#tail = (this.#tail + piece).slice(-ANY);
    this.#unseen += piece.length;
    if (this.#unseen < STEP) return false;
    this.#unseen = 0;
    const end = this.#tail.slice(-WITH_WORDS);
    return repeats(this.#tail, ANY) || (/\p{L}/u.test(end) && repeats(end, WITH_WORDS));
  }
}

function repeats(text: string, length: number): boolean {
  return text.length >= length && period(text) <= length / TIMES;
}

/** The shortest piece that the text is made of, in characters (Knuth, Morris and Pratt, 1977: the text's length less its longest border). */
function period(text: string): number {
  const borders = new Uint16Array(text.length);
  let border = 0;
  for (let at = 1; at < text.length; at++) {
    while (border > 0 && text[at] !== text[border]) border = borders[border - 1] ?? 0;
    if (text[at] === text[border]) border++;
    borders[at] = border;
  }
  return text.length - border;
}
