/** A document with a cursor, as the editor has it. Written without the server's library on purpose: the two are compared. */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Change {
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
}

export class EditedText {
  constructor(
    public text: string,
    /** In UTF-16 code units. */
    public cursor = text.length,
  ) {}

  get position(): Position {
    return this.positionAt(this.cursor);
  }

  /** Replaces what lies between the cursor and `right` code units right of it. */
  insert(text: string, right = 0): Change {
    const start = this.position;
    const end = this.positionAt(this.cursor + right);
    this.text = this.text.slice(0, this.cursor) + text + this.text.slice(this.cursor + right);
    this.cursor += text.length;
    return { start, end, text };
  }

  /** Erases one character left of the cursor; a character of two code units, and `\r\n`, go as one. */
  erase(): Change | undefined {
    const gone = /([\uD800-\uDBFF][\uDC00-\uDFFF]|\r\n|[\s\S])$/.exec(this.text.slice(0, this.cursor))?.[0].length;
    if (gone === undefined) return undefined;
    this.cursor -= gone;
    return this.insert('', gone);
  }

  moveTo({ line, character }: Position): void {
    const start = this.text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0);
    this.cursor = Math.min(start + character, this.text.length);
  }

  private positionAt(offset: number): Position {
    const lines = this.text.slice(0, offset).split('\n');
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  }
}
