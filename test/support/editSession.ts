/** Edits by a server process over its real transport, and what was told on the way. */
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import {
  type EditParams,
  type EditProgress,
  EditProgressType,
  EditRequest,
  type EditResult,
  type LineRange,
  type PieceEnd,
} from '../../server/editProtocol';
import type { LspClient } from './lspClient';

export interface ToldPiece {
  readonly range: LineRange;
  readonly fence: number | undefined;
  readonly text: string;
  readonly end: PieceEnd | undefined;
}

export interface Edited {
  readonly token: string;
  readonly result: Promise<EditResult>;
  readonly progress: readonly EditProgress[];
  readonly pieces: () => readonly ToldPiece[];
}

let requests = 0;

/** @param onProgress told after each message */
export function askEdit(
  { connection }: LspClient,
  params: Partial<EditParams> & Pick<EditParams, 'text' | 'range' | 'instruction'>,
  onProgress: (edited: Edited) => void = () => undefined,
  cancel = new CancellationTokenSource(),
): Edited {
  const token = `edit ${++requests}`;
  const progress: EditProgress[] = [];
  const listening = connection.onProgress(EditProgressType, token, (each) => {
    progress.push(each);
    onProgress(edited);
  });
  const defaults = {
    path: 'src/a.ts',
    languageId: 'typescript',
    context: [],
    earlier: [],
    temperature: 0,
    thinks: false,
  };
  const all: EditParams = { ...defaults, ...params, partialResultToken: token };
  const result = connection.sendRequest(EditRequest, all, cancel.token).finally(() => listening.dispose());
  const edited: Edited = { token, result, progress, pieces: () => piecesOf(progress) };
  return edited;
}

function piecesOf(progress: readonly EditProgress[]): readonly ToldPiece[] {
  const pieces: ToldPiece[] = [];
  for (const each of progress) {
    const last = pieces.at(-1);
    if (each.kind === 'piece') pieces.push({ range: each.range, fence: each.opening.fence, text: '', end: undefined });
    else if (last !== undefined && each.kind === 'text')
      pieces[pieces.length - 1] = { ...last, text: last.text + each.text };
    else if (last !== undefined && each.kind === 'pieceEnd') pieces[pieces.length - 1] = { ...last, end: each.end };
  }
  return pieces;
}
