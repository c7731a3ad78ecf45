/** Somebody who types in many documents for as long as need be: lines, which are taken back again, so that no document grows. */
import { integer, type Random } from '../../../server/measure/random';
import type { SourceFile } from '../../../server/measureProtocol';
import type { Act } from './session';

export class Typist {
  #isFirst = true;

  constructor(
    private readonly files: readonly SourceFile[],
    private readonly random: Random,
  ) {}

  /** Opens all documents. */
  open(): readonly Act[] {
    return this.files.map(({ path, languageId, text }) => ({
      do: 'open',
      after: 50,
      file: path,
      languageId,
      text,
      at: 0,
    }));
  }

  /** One line of one of the documents, typed below another line of it, looked at, and erased: some of what is offered is taken. */
  line(): readonly Act[] {
    const file = this.files[integer(this.random, 0, this.files.length)];
    const lines = file?.text.split('\n') ?? [];
    const at = integer(this.random, 0, Math.max(1, lines.length - 1));
    const typed = lines
      .slice(at)
      .find((line) => line.trim().length > 8)
      ?.slice(0, 70);
    if (file === undefined || typed === undefined) return [];
    const to = { line: at, character: lines[at]?.length ?? 0 };
    const keys = ['\n', ...typed];
    const wait = this.#isFirst ? 0 : integer(this.random, 200, 900);
    this.#isFirst = false;
    const looked: readonly Act[] =
      this.random() < 0.3 ? [{ do: this.random() < 0.5 ? 'accept' : 'typeThrough', after: 500, characters: 5 }] : [];
    return [
      { do: 'show', after: wait, file: file.path },
      { do: 'jump', after: 50, to },
      ...keys.map((text): Act => ({ do: 'type', after: integer(this.random, 55, 160), text })),
      ...looked,
      ...keys.map((): Act => ({ do: 'erase', after: 30 })),
    ];
  }
}
