/** Who may import whom, as docs/architecture.md says; and how large files and functions may grow. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { root } from '../support/server';

const rooms = ['src', 'server', 'media', 'models'] as const;
type Room = (typeof rooms)[number];

const doors: readonly string[] = [
  'server/protocol',
  'server/chatProtocol',
  'server/editProtocol',
  'server/measureProtocol',
  'server/sharedProtocol',
  'server/probeProtocol',
  'server/keys',
  'media/messages',
  'media/dashboardMessages',
  'models/catalog',
];
/** Packages, and the only file or folder that may import each. */
const packagesOf: Readonly<Record<'src' | 'server' | 'media', readonly (readonly [name: string, where: string])[]>> = {
  src: [
    ['vscode-languageclient/node', 'src/client'],
    ['proper-lockfile', 'src/lock'],
    ['tar', 'src/hardware/'],
    ['minisearch', 'src/chat/'],
    ['ignore', 'src/privacy/'],
    ['diff', 'src/edit/'],
  ],
  server: [
    ['node-llama-cpp', 'server/llm/'],
    ['node-llama-cpp', 'server/probe/'],
    ['@huggingface/jinja', 'server/llm/'],
    ['@vscode/tree-sitter-wasm', 'server/syntax/'],
    ['systeminformation/lib/battery', 'server/probe/'],
    ['systeminformation/lib/graphics', 'server/probe/'],
  ],
  media: [
    ['markdown-it', 'media/chat/'],
    ['highlight.js', 'media/chat/'],
    ['dompurify', 'media/chat/'],
    ['@vscode/codicons', 'media/chat/'],
    ['chart.js', 'media/dashboard/'],
  ],
};
/** The local pipe by which windows come: the only file of the server that may import `net`. */
const pipe = 'server/shared/listen.ts';
const network = ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'undici', 'ws'];

interface Source {
  readonly file: string;
  readonly room: Room;
  readonly text: string;
  /** Paths without ending for our own files, bare names for packages. */
  readonly imports: readonly string[];
}

function sourcesIn(room: Room): Source[] {
  return readdirSync(path.join(root, room), { recursive: true })
    .map((name) => path.posix.join(room, String(name).replaceAll('\\', '/')))
    .filter((file) => /\.ts$/.test(file))
    .map((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      const found = text.matchAll(/(?:from|import)\s*\(?'([^']+)'/g);
      return { file, room, text, imports: Array.from(found, ([, to = '']) => resolved(file, to)) };
    });
}

function resolved(file: string, to: string): string {
  return to.startsWith('.')
    ? path.posix.join(path.posix.dirname(file), to).replace(/\.ts$/, '')
    : to.replace(/^node:/, '');
}

const roomOf = (name: string): Room | undefined => rooms.find((room) => name.startsWith(`${room}/`));
const sources = rooms.flatMap(sourcesIn);

describe('rooms', () => {
  it('are entered from outside by their doors only', () => {
    for (const { file, room, imports } of sources)
      for (const to of imports)
        if (roomOf(to) && roomOf(to) !== room) assert.ok(doors.includes(to), `${file} imports ${to}`);
  });

  it('import only what they may', () => {
    const allowed: Readonly<Record<Room, (to: string, file: string) => boolean>> = {
      src: (to, file) =>
        to === 'vscode' || packagesOf.src.some(([name, where]) => to === name && file.startsWith(where)),
      server: (to, file) =>
        /^vscode-(languageserver|uri)/.test(to) ||
        packagesOf.server.some(([name, where]) => to === name && file.startsWith(where)),
      media: (to, file) =>
        packagesOf.media.some(([name, where]) => (to === name || to.startsWith(`${name}/`)) && file.startsWith(where)),
      models: () => false,
    };
    for (const { file, room, imports } of sources)
      for (const to of imports) {
        const builtin = builtinModules.includes(to) && (room === 'src' || room === 'server');
        assert.ok(roomOf(to) || builtin || allowed[room](to, file), `${file} imports ${to}`);
      }
  });

  it('have no way to the network in the server', () => {
    for (const { file, room, imports, text } of sources)
      if (room === 'server') {
        for (const to of imports)
          assert.ok(!network.includes(to) || (file === pipe && to === 'net'), `${file} imports ${to}`);
        assert.doesNotMatch(text, /\bfetch\(|XMLHttpRequest|WebSocket/, file);
      }
  });

  it('keep features apart', () => {
    const features = ['completion', 'edit', 'nextEdit', 'chat', 'model', 'statistics'];
    const featureOf = (name: string): string | undefined => features.find((each) => name.split('/')[1] === each);
    for (const { file, room, imports } of sources)
      for (const to of imports)
        if (roomOf(to) === room && featureOf(file) && featureOf(to))
          assert.equal(featureOf(to), featureOf(file), `${file} imports ${to}`);
  });

  it('import in one way down', () => {
    const byName = new Map(sources.map((source) => [source.file.replace(/\.ts$/, ''), source]));
    const visit = (name: string, above: readonly string[]): void => {
      assert.ok(!above.includes(name), `a circle: ${[...above, name].join(' → ')}`);
      for (const to of byName.get(name)?.imports ?? [])
        if (isValueImport(byName.get(name), to)) visit(to, [...above, name]);
    };
    for (const name of byName.keys()) visit(name, []);
  });

  it('have files of at most 250 lines, half of them of at most about 100', () => {
    const lengths = sources.map(({ text }) => text.split('\n').length).toSorted((a, b) => a - b);
    for (const { file, text } of sources) assert.ok(text.split('\n').length <= 250, file);
    assert.ok((lengths[Math.floor(lengths.length / 2)] ?? 0) <= 110);
  });

  it('have tests of at most 250 lines a file', () => {
    for (const name of readdirSync(path.join(root, 'test'), { recursive: true }).map(String)) {
      if (!name.endsWith('.ts') || name.includes('node_modules')) continue;
      assert.ok(readFileSync(path.join(root, 'test', name), 'utf8').split('\n').length <= 251, name);
    }
  });

  it('have functions under 60 lines', () => {
    for (const { file, text } of sources)
      for (const [start, end] of topLevelBlocks(text))
        assert.ok(end - start < 60, `${file}:${start + 1} has ${end - start} lines`);
  });
});

/** Types may point up: they are gone at run time. */
function isValueImport(source: Source | undefined, to: string): boolean {
  if (source === undefined) return false;
  return Array.from(source.text.matchAll(/^(?:import|export) (type )?[^;]*?from '([^']+)'/gm)).some(
    ([, type, from = '']) => type === undefined && resolved(source.file, from) === to,
  );
}

/** First and last line of functions and methods, told by indentation, which the formatter keeps. */
function topLevelBlocks(text: string): (readonly [number, number])[] {
  const lines = text.split('\n');
  return lines.flatMap((line, start) => {
    const indent =
      /^( {0,2})(?:export |async |static |get |readonly )*(?:function\b|\*?#?\w+\(|constructor\b).*\{$/.exec(line)?.[1];
    if (indent === undefined) return [];
    const end = lines.findIndex((other, index) => index > start && other === `${indent}}`);
    return end < 0 ? [] : [[start, end] as const];
  });
}
