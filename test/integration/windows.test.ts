import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { Engine } from '../../server/engine';
import { EngineWindow } from '../../server/engineWindow';
import { LlamaLlm } from '../../server/llm/llama';
import type { InfillOptions, Llm } from '../../server/llm/llm';
import { LlamaLoader } from '../../server/llm/load';
import { Syntax } from '../../server/syntax/syntax';
import { answersIn } from '../bench/lib/server';
import { defaultLaunch, embedded, root, uriOf } from '../support/server';
import { TestWindow } from '../support/windows';

const TYPED = 'const total = items.reduce((sum, item) => sum + item.price, 0);';
/** So few that a first prompt is soon read. */
const LINES = 8;
/** A document of the window's own. */
const textOf = (n: number, lines = LINES): string =>
  Array.from({ length: lines }, (_, line) => `export const w${n}v${line} = compute(${line * n}, 'name ${n}');\n`).join(
    '',
  );
const megabytes = (): number => Math.round(process.memoryUsage().rss / (1 << 20));
const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** Makes the model tell whose prompt has been read, in order. */
function tell(llm: LlamaLlm, read: (window: number) => void): void {
  const forWindow = llm.forWindow.bind(llm);
  let windows = 0;
  llm.forWindow = () => {
    const window = forWindow();
    const number = windows++;
    const infill = window.infill.bind(window);
    window.infill = (prompt, options, signal) => {
      const onPrefilled: InfillOptions['onPrefilled'] = (usage) => {
        read(number);
        options.onPrefilled?.(usage);
      };
      return infill(prompt, { ...options, onPrefilled }, signal);
    };
    return window;
  };
}

describe('windows that share one engine with the embedded model', function () {
  // Other work on the machine slows a cold prompt many times.
  this.timeout(180_000);
  const syntax = Syntax.create(path.join(root, 'dist/grammars'));
  let engine: Engine;
  let llm: LlamaLlm;
  let read: (window: number) => void = () => undefined;
  before(async () => {
    const { unloadAfterMinutes, ...launch } = defaultLaunch;
    const { file, model } = embedded;
    const options = {
      ...launch,
      file,
      name: model.name,
      job: 'completion',
      layout: model.fim ?? 'psm',
      trainedOn: 2048,
    } as const;
    const loader = new LlamaLoader({ ...options, log: () => undefined });
    engine = new Engine({
      model: model.name,
      load: async (onPercent) => {
        const loaded = await loader.load(onPercent);
        assert.ok(loaded instanceof LlamaLlm);
        llm = loaded;
        tell(loaded, (window) => read(window));
        return loaded;
      },
    });
    await engine.idle();
  });
  after(() => llm.dispose());
  const there = new Set<TestWindow>();
  // One that fails leaves nothing to the next one.
  afterEach(async () => {
    read = () => undefined;
    await left(there);
  });

  async function joined(count: number): Promise<TestWindow[]> {
    const join = (): Promise<TestWindow> => TestWindow.join({ engine, syntax, folder: uriOf('') });
    const windows = await Promise.all(Array.from({ length: count }, join));
    for (const window of windows) there.add(window);
    return windows;
  }

  /** Closes them, and waits until their places are given back. */
  async function left(windows: Iterable<TestWindow>): Promise<void> {
    for (const window of windows) {
      there.delete(window);
      window.leave();
    }
    await engine.idle();
  }

  /** Types in all of them in turns. @returns the share of each one's tokens that was in the cache, but for its first prompt */
  async function typeInTurns(windows: readonly TestWindow[], keys: number): Promise<readonly number[]> {
    const uri = uriOf('same.ts');
    for (const window of windows) window.logs.length = 0;
    for (const [n, window] of windows.entries()) await window.open(uri, 'typescript', textOf(n + 1));
    for (let character = 0; character < keys; character++)
      for (const window of windows) {
        await window.type(uri, { line: LINES, character }, TYPED[character] ?? '');
        await window.complete(uri, { line: LINES, character: character + 1 });
      }
    return windows.map(({ logs }) => {
      const all = answersIn(logs);
      // Before it the model may not have been asked.
      const answers = all.slice(all.findIndex((each) => each.read > 0) + 1);
      const reused = answers.reduce((sum, each) => sum + each.reused, 0);
      return reused / answers.reduce((sum, each) => sum + each.reused + each.read, 0);
    });
  }

  for (const count of [1, 2, 10])
    it(`keeps the places of ${count} that take turns`, async () => {
      const before = megabytes();
      const windows = await joined(count);
      const shares = await typeInTurns(windows, 16);
      const memory = `${before} MB before, ${megabytes()} MB now, ${llm.places.count} places`;
      console.log(`      reuse ${shares.map((share) => `${(share * 100).toFixed(1)}%`).join(' ')}; ${memory}`);
      assert.ok(Math.min(...shares) > 0.9, shares.join());
      assert.equal(llm.places.count, Math.max(3, count));
      await left(windows);
      assert.equal(llm.places.count, 3);
    });

  it('lets one type beside one that floods: it waits for two turns at most', async () => {
    const [typing] = await joined(1);
    assert.ok(typing);
    await typeInTurns([typing], 1);
    const flood = new EngineWindow(engine);
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    const uri = uriOf('same.ts');
    const turns: number[] = [];
    const types = async (from: number): Promise<number[]> => {
      const times: number[] = [];
      for (let n = 0; n < 12; n++) {
        const character = from + n;
        await typing.type(uri, { line: LINES, character }, 'abcdefghijkl'[n] ?? '');
        const started = performance.now();
        let others = 0;
        let waits = true;
        const owner = windowOf.typing;
        read = (window) => {
          if (window === owner) waits = false;
          else if (waits) others++;
        };
        await typing.complete(uri, { line: LINES, character: character + 1 });
        times.push(performance.now() - started);
        turns.push(others);
      }
      return times;
    };
    const windowOf = { typing: -1 };
    read = (window) => {
      windowOf.typing = window;
    };
    await typing.type(uri, { line: LINES, character: 1 }, 'x');
    await typing.complete(uri, { line: LINES, character: 2 });
    const alone = median(await types(2));
    turns.length = 0;
    const ask = async (n: number, own: Llm, signal: AbortSignal): Promise<void> => {
      const prompt = { path: 'flood.ts', prefix: `${textOf(n + 50, 20).slice(0, 600)}const a = `, suffix: '' };
      for await (const _ of own.infill(prompt, { maxTokens: 8 }, signal));
    };
    const started = performance.now();
    await flood.use((own, signal) => ask(2000, own, signal), controller.signal);
    const whole = performance.now() - started;
    let answered = 0;
    const asked = Array.from({ length: 1000 }, (_, n) =>
      flood
        .use(async (own, signal) => {
          await ask(n, own, signal);
          answered++;
        }, controller.signal)
        .catch(() => undefined),
    );
    const beside = median(await types(14));
    controller.abort();
    await Promise.all(asked);
    read = () => undefined;
    const ratio = (beside / alone).toFixed(1);
    console.log(
      `      alone ${alone.toFixed(0)} ms, beside a flood ${beside.toFixed(0)} ms (${ratio} times), others' turns ${turns.join()}; ${answered} of the flood answered, one alone in ${whole.toFixed(0)} ms`,
    );
    // It does not wait for whole prompts of the other's, only for as much as it has itself, and a batch.
    assert.ok(beside < 2 * alone + whole / 2, `${alone} ms alone, ${beside} beside, ${whole} for a whole prompt`);
    assert.ok(answered > 0 && answered < 1000, `${answered}`);
    assert.ok(Math.max(...turns) <= 2, turns.join());
    await left([typing]);
    await flood.leave();
    assert.equal(llm.places.count, 3);
  });

  it('goes on when a window is closed in the midst of its requests', async () => {
    const [closed, open] = await joined(2);
    assert.ok(closed && open);
    const uri = uriOf('closed.ts');
    await closed.open(uri, 'typescript', textOf(3, 60));
    for (let line = 10; line < 40; line++) closed.complete(uri, { line, character: 0 }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const typed = typeInTurns([open], 8);
    await new Promise((resolve) => setTimeout(resolve, 30));
    // In the midst of a prompt, and while it lets the other one go first.
    await left([closed]);
    assert.ok((await typed).every((share) => share > 0.9));
    await left([open]);
    assert.equal(llm.places.count, 3);
    assert.equal(await engine.sleepNow(), true);
    assert.equal(engine.status.state, 'asleep');
  });

  it('wakes for a window that was there before, and gives it places anew', async () => {
    const windows = await joined(5);
    await typeInTurns(windows, 1);
    assert.equal(llm.places.count, 5);
    assert.equal(await engine.sleepNow(), true);
    const shares = await typeInTurns(windows.slice(0, 4), 12);
    assert.ok(Math.min(...shares) > 0.9, shares.join());
    assert.equal(llm.places.count, 4);
  });

  it('is no larger after a hundred windows came and went', async () => {
    const sizes: number[] = [];
    for (let round = 0; round < 10; round++) {
      const windows = await joined(10);
      await typeInTurns(windows.slice(0, 4), 1);
      await left(windows);
      sizes.push(megabytes());
    }
    console.log(`      MB after each ten: ${sizes.join(' ')}`);
    assert.equal(llm.places.count, 3);
    const [, , first = 0] = sizes;
    assert.ok((sizes.at(-1) ?? 0) - first < 80, sizes.join());
  });
});
