/**
 * What a line's own text tells of its part in a block. Indentation and the line's first and last word hold in every language, and also in
 * code that no parser understands yet.
 */

/** Begins with what closes something that a line above has opened. */
const CLOSES = /^\s*(?:[)\]}]|<\/|\/?>|(?:end|fi|done|esac)\b)/;
/** Opens another branch of what a line of the same indentation has begun. */
const BRANCHES = /^\s*(?:else|elif|elsif|elseif|except|finally|catch|rescue|ensure|then|do|when|case|default|where)\b/;
/** Goes on with it otherwise. */
const GOES_ON = /^\s*(?:(?:public|private|protected)\s*:|\{\s*$|\.|\?\.|&&|\|\||[?:]\s)/;
/** Of those, the ones that need the lines between them and that beginning: a parameter list, say. */
const NEEDS_BETWEEN = /^\s*(?:[)\]>{.?&|:]|where\b)/;
/** A comment, or a directive at the margin. A private method of JavaScript is neither. */
const REMARK = /^\s*(?:\/\/|\/?\*|#(?!\w+\s*\()|--)/;
const OPENS_BLOCK = /(?:[{:]|=>|->|\b(?:do|then|begin|else|try|finally|ensure)|\|[^|]*\|)\s*$/;
/** An annotation or attribute: what it stands on comes in the next line. */
const ANNOTATION = /^\s*(?:@|#?\[)/;

/** Columns of white space at the start; a tab counts as four. */
export function indentOf(line: string): number {
  let columns = 0;
  for (const char of line) {
    if (char === ' ') columns++;
    else if (char === '\t') columns += 4;
    else break;
  }
  return columns;
}

/** True for a line that says nothing of the structure. */
export function isBlankOrRemark(line: string): boolean {
  return line.trim() === '' || REMARK.test(line);
}

/** True when the line belongs to a block that a line of the same indentation above it has begun. */
export function continuesBlock(line: string): boolean {
  return CLOSES.test(line) || BRANCHES.test(line) || GOES_ON.test(line);
}

/** True when the line opens a branch of its own in that block. */
export function opensBranch(line: string): boolean {
  return BRANCHES.test(line);
}

export function needsLinesBetween(line: string): boolean {
  return NEEDS_BETWEEN.test(line);
}

export function opensBlock(line: string): boolean {
  return OPENS_BLOCK.test(line);
}

export function isAnnotation(line: string): boolean {
  return ANNOTATION.test(line);
}

/** How many more round and square brackets the line opens than it closes. */
export function openBrackets(line: string): number {
  let open = 0;
  for (const char of line) {
    if (char === '(' || char === '[') open++;
    else if (char === ')' || char === ']') open--;
  }
  return open;
}
