/** Words that a model writes in the place of lines that it leaves as they are: `// ... existing code ...`. */

const COMMENT = /^\s*(?:\/\/|\/\*|#|--|;|%|<!--|\{\/\*|\(\*|')\s*(.*?)\s*(?:\*\/\}?|-->|\*\))?\s*$/;
const DOTS = /\.{3}|…/;
const REST =
  /\b(?:existing|rest|remain(?:s|ing|der)?|unchanged|same|previous|other|omitted|above|before|here|code|implementation)\b/i;

/** Whether a line stands for lines that are not written. Dots alone do so only in a comment, or as the line's only text. */
export function isElision(line: string): boolean {
  const comment = COMMENT.exec(line)?.[1];
  if (comment === undefined) return /^\s*(?:\.{3,}|…)\s*$/.test(line) && !/^\s*\.\.\.$/.test(line);
  if (/^(?:\.{3,}|…)$/.test(comment)) return true;
  if (DOTS.test(comment)) return REST.test(comment) && comment.length < 100;
  return /^(?:the )?(?:rest|remainder) of (?:the |your |this )?\w+(?: \w+)?(?: (?:remains|stays|is))?(?: (?:the same|unchanged))?$/i.test(
    comment,
  );
}
