/** A short animation of what the workbench shows: frames as the browser draws them, at the times at which it does, made into a GIF by ffmpeg. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { artifacts } from './places';

interface Frame {
  readonly file: string;
  /** In seconds. */
  readonly time: number;
}

/** What is cut out of the page, in pixels. */
export interface Cut {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The last frame stands so long, in seconds, before it begins anew. */
const REST = 2.5;
const folder = path.join(artifacts, 'recording');

/** Records what the page shows while `act` runs, and writes it as a GIF. @throws Error where there is no ffmpeg */
export async function record(page: Page, cut: Cut, gif: string, act: () => Promise<void>): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const frames: Frame[] = [];
  const devtools = await page.context().newCDPSession(page);
  devtools.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    const file = path.join(folder, `${String(frames.length).padStart(5, '0')}.png`);
    writeFileSync(file, Buffer.from(data, 'base64'));
    frames.push({ file, time: metadata.timestamp ?? Date.now() / 1000 });
    // The page may be closed meanwhile; then no more frames are wanted.
    devtools.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
  });
  await devtools.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 });
  await act();
  await devtools.send('Page.stopScreencast');
  await devtools.detach();
  encode(frames, cut, gif);
}

/** One palette for all frames, no dithering, and of each frame only what has changed: text stays sharp, and the file small. */
function encode(frames: readonly Frame[], { x, y, width, height }: Cut, gif: string): void {
  const lines = frames.flatMap(({ file, time }, index) => {
    const next = frames[index + 1];
    return [`file '${file}'`, `duration ${(next === undefined ? REST : next.time - time).toFixed(3)}`];
  });
  const list = path.join(folder, 'frames.txt');
  // The concat demuxer heeds the last duration only where the file is named once more.
  writeFileSync(list, [...lines, `file '${frames.at(-1)?.file}'`].join('\n'));
  const palette =
    'split[a][b];[a]palettegen=max_colors=128:stats_mode=diff[p];[b][p]paletteuse=dither=none:diff_mode=rectangle';
  const filter = `crop=${width}:${height}:${x}:${y},fps=12,${palette}`;
  const input = ['-f', 'concat', '-safe', '0', '-i', list];
  try {
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...input, '-vf', filter, '-loop', '0', gif]);
  } catch (error) {
    throw new Error('ffmpeg made no GIF. On Debian or Ubuntu: sudo apt-get install ffmpeg', { cause: error });
  }
}
