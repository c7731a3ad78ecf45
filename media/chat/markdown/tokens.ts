/**
 * What highlight.js gives, as lines of coloured pieces. It gives markup of nothing but `<span class>` and escaped text; taking it apart
 * here makes elements of it without handing any markup to the browser, and lets a line that is finished stay as it is drawn.
 */

export interface Piece {
  readonly text: string;
  /** `hljs-title function_`, of the innermost span; '' without. */
  readonly scope: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

/** One string of markup a line; spans that go over lines are closed at its end and opened again in the next. */
export function linesOf(markup: string): readonly string[] {
  const open: string[] = [];
  return markup.split('\n').map((line) => {
    const before = open.join('');
    for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g))
      if (tag === '</span>') open.pop();
      else open.push(tag);
    return before + line + '</span>'.repeat(open.length);
  });
}

export function piecesOf(markup: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const scopes: string[] = [];
  for (const [all, scope] of markup.matchAll(/<span class="([^"]*)">|<\/span>|[^<]+/g)) {
    if (scope !== undefined) scopes.push(scope);
    else if (all === '</span>') scopes.pop();
    else pieces.push({ text: unescaped(all), scope: scopes.at(-1) ?? '' });
  }
  return pieces;
}

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#x27);/g, (all, name: string) => entities[name] ?? all);
}

/** As highlight.js escapes. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
