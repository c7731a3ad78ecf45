/** Serves the window that started this process, or, with `--pipe=PATH`, all that come by that pipe and know the key. */
import process from 'node:process';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { Engine } from '../engine';
import { serve } from '../server';
import { DidLeave, WillEnd } from '../sharedProtocol';
import type { Syntax } from '../syntax/syntax';
import { connectionTo } from './connection';
import { type Ends, type Guest, Life } from './life';
import { listen } from './listen';
import { Log } from './log';

/** The environment variable that holds the key: command lines can be read by all. The client's end is `src/client/sharing.ts`. */
const KEY = 'MINNOW_KEY';
/** A window that is reloaded is back by then, in milliseconds. */
const GRACE_MS = 10_000;
const FIRST_MS = 30_000;
/** How long windows are waited for that shall hear of the end, in milliseconds. */
const FAREWELL_MS = 500;

export interface WindowsParts {
  readonly engine: Engine;
  readonly syntax: Syntax;
  readonly log?: Log;
  readonly graceMs?: number;
}

export function serveWindows(parts: WindowsParts): void {
  const pipe = process.argv.find((each) => each.startsWith('--pipe='))?.slice('--pipe='.length);
  if (pipe === undefined) serveOne(parts);
  else serveMany(parts, pipe);
}

/** The library ends the process with its window. */
function serveOne({ engine, syntax, log }: WindowsParts): void {
  const connection = createConnection(ProposedFeatures.all);
  log?.tell(connection.console);
  serve(connection, engine, syntax);
}

function serveMany({ engine, syntax, log = new Log(), graceMs = GRACE_MS }: WindowsParts, pipe: string): void {
  const key = process.env[KEY] ?? '';
  delete process.env[KEY];
  let close = (): void => undefined;
  const life = new Life({
    // One whose model did not load is of no use to a window that comes back.
    graceMs: () => (engine.status.state === 'failed' ? 0 : graceMs),
    firstMs: FIRST_MS,
    end: () => {
      close();
      process.exit(0);
    },
  });
  const onJoin = (socket: Duplex): void => serveWindow(socket, { engine, syntax, log, life });
  close = listen({ pipe, key, state: () => engine.status.state, warn: log.warn, onJoin });
}

interface Shared extends Required<Pick<WindowsParts, 'engine' | 'syntax' | 'log'>> {
  readonly life: Life;
}

function serveWindow(socket: Duplex, { engine, syntax, log, life }: Shared): void {
  let ends: Ends;
  let isThere = true;
  const leave = (): void => {
    if (!isThere) return;
    isThere = false;
    window.dispose();
    hush();
    life.leave(guest, ends);
    // Who has asked for the end of the process waits for it.
    if (ends !== 'all') socket.end(() => socket.destroy());
  };
  const connection = connectionTo(socket, leave);
  const guest: Guest = {
    // A window that has gone meanwhile needs no word.
    willEnd: () => Promise.race([connection.sendNotification(WillEnd).catch(() => undefined), delay(FAREWELL_MS)]),
  };
  life.enter(guest);
  connection.onNotification(DidLeave, (told) => {
    ends = told.ends;
  });
  const hush = log.tell(connection.console);
  const window = serve(connection, engine, syntax);
  socket.once('close', leave);
}
