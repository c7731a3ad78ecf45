/** What the pages for people say is there: links lead somewhere, commands and settings exist by the names that are told. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/server';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const inFolder = (folder: string): string[] =>
  readdirSync(path.join(root, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.posix.join(folder, file));
const pages = [...inFolder('.'), ...inFolder('docs'), 'models/README.md', 'test/e2e/README.md'];

const manifest = JSON.parse(read('package.json'));
const words: Readonly<Record<string, string>> = JSON.parse(read('package.nls.json'));
const settings = new Set<string>(
  manifest.contributes.configuration.flatMap(({ properties }: { properties: object }) => Object.keys(properties)),
);
const commands: readonly string[] = manifest.contributes.commands.map(({ command }: { command: string }) => command);
/** Titles of commands in English, and in the language of a page that names one: `README.zh-CN.md`. */
const titlesFor = (page: string): ReadonlySet<string> => {
  const language = /\.([a-z]{2}-[A-Z]{2})\.md$/.exec(page)?.[1]?.toLowerCase();
  const said: typeof words = language === undefined ? words : JSON.parse(read(`package.nls.${language}.json`));
  return new Set(
    manifest.contributes.commands.map(({ title }: { title: string }) => bare(said[title.slice(1, -1)] ?? title)),
  );
};

/** All that the interface says, in the language of a page. */
const saidFor = (page: string): ReadonlySet<string> => {
  const language = page.endsWith('.zh-CN.md') ? '.zh-cn' : '';
  const files = [`package.nls${language}.json`, `l10n/bundle.l10n${language}.json`];
  return new Set(files.flatMap((file) => Object.values<string>(JSON.parse(read(file))).map(bare)));
};

/** Names in italics that are VS Code's, or its marketplace's. */
const NOT_OURS = new Set(['Extensions: Install from VSIX', '扩展: 从 VSIX 安装', 'Q & A']);

/** The names that a page has in italics, without the category: of more than one word, or in Chinese. Sentences in italics end with a full stop. */
function namesIn(page: string): readonly string[] {
  const text = prose(read(page)).replaceAll(/\s+/g, ' ');
  const italic = Array.from(text.matchAll(/(?<![*\w])\*([^*]+)\*(?!\*)/g), ([, name = '']) => name);
  return italic
    .filter((name) => (/^[A-Z].* /.test(name) || /\p{Script=Han}/u.test(name)) && !/[.。]$/.test(name))
    .map((name) => bare(name.replace(/^Minnow: /, '')))
    .filter((name) => !NOT_OURS.has(name));
}

/** A title as pages write it: with or without the dots that say that more is asked. */
function bare(title: string): string {
  return title.replace(/…$/, '');
}

/** Our own sources, by their paths from the root. */
const sources = ['src', 'server', 'media', 'models', 'test', 'build', '.ci'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true }).map((file) =>
    path.posix.join('/', folder, String(file).replaceAll('\\', '/')),
  ),
);
const requests = sources
  .filter((file) => /^\/server\/\w+rotocol\.ts$/.test(file))
  .map(read)
  .join('\n');

/** The text without its code, in which nothing is a link. */
function prose(text: string): string {
  return text.replaceAll(/^```.*?^```/gms, '').replaceAll(/`[^`\n]*`/g, '');
}

/** The anchors of a page, as code hosts make them of headings. */
function anchorsOf(text: string): Set<string> {
  const headings = Array.from(
    text.replaceAll(/^```.*?^```/gms, '').matchAll(/^#+ (.+)$/gm),
    ([, heading = '']) => heading,
  );
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Where the links and pictures of a page lead, but for those that lead out of the repository. */
function linksOf(text: string): readonly string[] {
  const all = Array.from(prose(text).matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
  return all.filter((target) => !/^(https:|mailto:)/.test(target));
}

describe('the pages for people', () => {
  for (const page of pages) {
    const text = read(page);
    const titles = titlesFor(page);

    it(`${page} leads to what exists`, () => {
      for (const link of linksOf(text)) {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
        assert.ok(existsSync(path.join(root, target)), link);
        if (anchor !== undefined) assert.ok(anchorsOf(read(target)).has(anchor), link);
      }
    });

    it(`${page} names settings and commands that exist`, () => {
      for (const [, name = ''] of text.matchAll(/`(minnow\.[\w.]*\w)`/g))
        assert.ok(settings.has(name) || commands.includes(name), name);
      // Typed in italics, with the category in front: *Minnow: Show Log*.
      for (const [, title = ''] of text.replaceAll(/\s+/g, ' ').matchAll(/\*Minnow: ([^*]+)\*/g))
        assert.ok(titles.has(bare(title)), title);
      const said = saidFor(page);
      for (const name of namesIn(page)) assert.ok(said.has(name), name);
    });
  }

  it('name sources and requests that exist', () => {
    for (const page of pages) {
      const text = read(page).replaceAll(/^```.*?^```/gms, '');
      for (const [, name = ''] of text.matchAll(/`([\w./-]+\.(?:ts|mjs))`/g))
        assert.ok(name === 'esbuild.mjs' || sources.some((file) => file.endsWith(`/${name}`)), `${page}: ${name}`);
      for (const [, name = ''] of text.matchAll(/`(minnow\/\w+)`/g))
        assert.ok(requests.includes(`'${name}'`), `${page}: ${name}`);
    }
  });

  for (const page of ['README.md', 'README.zh-CN.md'])
    it(`tell every setting in ${page}`, () => {
      const told = new Set(Array.from(read(page).matchAll(/`(minnow\.[\w.]+)`/g), ([, name = '']) => name));
      assert.deepEqual(
        [...settings].filter((name) => !told.has(name)),
        [],
      );
    });

  it('tell the defaults that settings have', () => {
    const defaults = new Map<string, unknown>(
      manifest.contributes.configuration.flatMap(
        ({ properties }: { properties: Record<string, { default: unknown }> }) =>
          Object.entries(properties).map(([name, setting]) => [name, setting.default] as const),
      ),
    );
    // `minnow.a`, `minnow.b` | `auto` |: what is not said as code is words for it.
    const rows = [...read('README.md').matchAll(/^\| ((?:`minnow\.[^|]*)) \| `([^`]+)` \|/gm)];
    assert.ok(rows.length > 15, 'most settings tell their default as code');
    for (const [, names = '', value = ''] of rows)
      for (const [, name = ''] of names.matchAll(/`([^`]+)`/g)) assert.equal(String(defaults.get(name)), value, name);
  });

  it('tell every program that measures, and options that it has', () => {
    const table = read('docs/benchmarks.md').matchAll(/^\| `(\w+)` \| [^|]* \| `(.*)` \|$/gm);
    const told = new Map(Array.from(table, ([, name = '', command = '']) => [name, command] as const));
    const programs = readdirSync(path.join(root, 'test/bench')).filter((file) => file.endsWith('.ts'));
    for (const program of programs.map((file) => path.basename(file, '.ts'))) {
      const command = told.get(program) ?? assert.fail(`docs/benchmarks.md does not tell ${program}`);
      const source = read(`test/bench/${program}.ts`);
      for (const [, option = ''] of command.matchAll(/\[--([\w-]+)/g))
        assert.match(source, new RegExp(`\\b${option}: \\{ type:`), `${program} --${option}`);
    }
  });

  it('are alike in both languages: headings, pictures, rows of tables and code', () => {
    const [english, chinese] = [read('README.md'), read('README.zh-CN.md')];
    for (const part of [/^#+/gm, /^!\[.*(?=\()/gm, /^\| /gm, /^ *(\d\.|-) /gm])
      assert.equal(chinese.match(part)?.length, english.match(part)?.length, String(part));
    const pictures = (text: string): readonly string[] => text.match(/docs\/pictures\/[\w.-]+/g) ?? [];
    assert.deepEqual(pictures(chinese), pictures(english));
    // Defaults of settings, scripts and keys are not translated; a paragraph may say them in another order.
    const codes = (text: string): readonly string[] => (text.match(/`[^`\n]+`|<kbd>.*?<\/kbd>/g) ?? []).toSorted();
    assert.deepEqual(codes(chinese), codes(english));
  });

  it('name scripts that exist', () => {
    for (const page of pages)
      for (const [, script = ''] of read(page).matchAll(/npm run ([\w:]+)/g))
        assert.ok(manifest.scripts[script], `${page}: ${script}`);
  });
});
