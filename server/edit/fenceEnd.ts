/** Where the code block of an answer ends: what a model says behind it is of no use to an edit. Pure. */

/** A line that opens a fence: as CommonMark has it, three blanks before it at most. */
const OPENS = /^ {0,3}(`{3,})[^`]*$/;

export class FenceEnd {
  /** What stands in the block so far, whole lines only. */
  readonly lines: string[] = [];
  #line = '';
  #isOver = false;

  /** @param fence how many characters the opened fence has; 0 where the answer has to open one */
  constructor(private fence: number) {}

  /** @returns whether the block is closed by now */
  take(text: string): boolean {
    const [first = '', ...others] = text.split('\n');
    this.#line += first;
    for (const next of others) {
      if (!this.#isOver) this.#take(this.#line.replace(/\r$/, ''));
      this.#line = next;
    }
    return this.#isOver;
  }

  /** Nothing more comes: a last line that does not close the block belongs to it. */
  end(): void {
    if (!this.#isOver && this.#line !== '') this.#take(this.#line);
    this.#line = '';
  }

  #take(line: string): void {
    const run = /^ {0,3}(`{3,})\s*$/.exec(line)?.[1]?.length ?? 0;
    if (this.fence === 0) this.fence = OPENS.exec(line)?.[1]?.length ?? 0;
    else if (run >= this.fence) this.#isOver = true;
    else this.lines.push(line);
  }
}
