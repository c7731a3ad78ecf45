/** The dashboard's page in a real browser: what it draws, in each kind of theme, by keys and for a screen reader; pictures in .run/page. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DashboardData, FromDashboard, Range } from '../../media/dashboardMessages';
import { dashboardOf } from '../../src/statistics/dashboard';
import { counted, NOTHING, type Statistics } from '../../src/statistics/statistics';
import { countedDays, NOW } from '../support/countedDays';
import { t } from '../support/scriptedClient';
import { root } from '../support/server';
import { type ChatPage, openStudio, type Studio } from './lib/chatPage';
import { type ThemeName, themes } from './lib/themes';

const year = countedDays(300);
const dataOf = (statistics: Statistics, range: Range, isOn = true): DashboardData =>
  dashboardOf(statistics, { range, isOn, now: NOW, locale: 'en' }, t);

/** How many pixels of a canvas have a colour, near enough. */
const pixelsOf = (chart: string, [r, g, b]: readonly number[]): string => `(() => {
  const canvas = document.querySelector('[data-chart=${chart}] canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4)
    if (data[i + 3] > 200 && Math.abs(data[i] - ${r}) + Math.abs(data[i + 1] - ${g}) + Math.abs(data[i + 2] - ${b}) < 12) count++;
  return count;
})()`;

const rgb = (hex = ''): readonly number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

describe('dashboard page', () => {
  let studio: Studio;
  const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
  before(async () => {
    studio = await openStudio('dashboard');
  });
  after(() => studio?.close());

  async function opened(data: DashboardData, theme: ThemeName = 'dark', width = 1100): Promise<ChatPage> {
    const page = await studio.open({ theme, width, height: 1500 });
    await page.tell({ type: 'data', data });
    await page.frames(3);
    return page;
  }

  const states: Readonly<Record<string, DashboardData>> = {
    month: dataOf(year, 'month'),
    empty: dataOf(NOTHING, 'day', false),
  };
  for (const theme of Object.keys(themes) as ThemeName[])
    for (const [name, data] of Object.entries(states))
      it(`${theme}: ${name} has nothing that axe finds, and breaks no policy`, async () => {
        const page = await opened(data, theme);
        await page.shoot(`dashboard-${name}-${theme}`);
        await page.page.evaluate(axe);
        const found = `axe.run(document).then(({ violations }) => violations.flatMap((v) => v.nodes.map((n) => v.id + ': ' + n.target.join(' ') + ' ' + n.failureSummary)))`;
        assert.deepEqual(await page.page.evaluate(found), []);
        assert.deepEqual(await page.violations(), []);
        assert.deepEqual(page.faults, []);
        await page.page.close();
      });

  for (const range of ['hour', 'day', 'year'] as const)
    it(`shows the ${range}, and in a narrow tab nothing is cut off`, async () => {
      const page = await opened(dataOf(year, range), 'dark', range === 'hour' ? 320 : 1100);
      await page.shoot(`dashboard-${range}`);
      assert.ok(await page.page.locator(`input[value=${range}]`).isChecked());
      const { scrollWidth, width } = await page.page.evaluate<{ scrollWidth: number; width: number }>(
        '({ scrollWidth: document.documentElement.scrollWidth, width: innerWidth })',
      );
      assert.ok(scrollWidth <= width, `${scrollWidth} of ${width}`);
      await page.page.close();
    });

  it('draws the numbers that its table says, in the colours of the theme, and anew in those of another', async () => {
    const page = await opened(dataOf(year, 'month'));
    const blue = async (theme: ThemeName): Promise<number> =>
      page.page.evaluate<number>(pixelsOf('characters', rgb(themes[theme]['charts-blue'])));
    assert.ok((await blue('dark')) > 500, 'bars in blue');
    const rows = page.page.locator('[data-chart=characters] tbody tr');
    const shown = states.month?.charts.find(({ id }) => id === 'characters')?.series[0]?.shown;
    await page.page.locator('[data-chart=characters] summary').click();
    assert.deepEqual(await rows.locator('td').allInnerTexts(), shown);
    const variables = Object.entries(themes.light).map(([name, value]) => `--vscode-${name}: ${value};`);
    await page.page.evaluate(`for (const each of ${JSON.stringify(variables)}) {
      const [name, value] = each.slice(0, -1).split(': ');
      document.documentElement.style.setProperty(name, value);
    }`);
    await page.frames(4);
    assert.ok((await blue('light')) > 500, 'bars in the blue of the light theme');
    assert.equal(await blue('dark'), 0);
    await page.page.close();
  });

  it('draws what is beside a tall chart as tall, and leaves alone what has not changed', async () => {
    const languages = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`l${index}`, { refused: 1 + index }]),
    );
    const many = counted(year, { languages }, NOW);
    const page = await opened(dataOf(many, 'day'));
    const heights = await page.page.evaluate<readonly number[]>(
      `['speed', 'acceptance'].map((id) => document.querySelector('[data-chart=' + id + '] canvas').getBoundingClientRect().height)`,
    );
    assert.ok(Math.abs((heights[0] ?? 0) - (heights[1] ?? 0)) < 40, heights.join());
    await page.page.evaluate("for (const table of document.querySelectorAll('table')) table.dataset.old = 'yes'");
    await page.tell({ type: 'data', data: dataOf(counted(many, { memory: 9e9 }, NOW), 'day') });
    const changed = await page.page.evaluate<readonly string[]>(
      "[...document.querySelectorAll('table:not([data-old])')].map((table) => table.closest('section').dataset.chart)",
    );
    assert.deepEqual(changed, ['memory']);
    await page.page.close();
  });

  it('takes no colour of the theme that cannot be told from the ground', async () => {
    const page = await opened(dataOf(year, 'month'));
    const dim = '#623315';
    assert.ok((await page.page.evaluate<number>(pixelsOf('acceptance', rgb(themes.dark['charts-orange'])))) > 500);
    await page.page.evaluate(`document.documentElement.style.setProperty('--vscode-charts-orange', '${dim}')`);
    await page.frames(4);
    assert.equal(await page.page.evaluate<number>(pixelsOf('acceptance', rgb(dim))), 0);
    assert.ok((await page.page.evaluate<number>(pixelsOf('acceptance', rgb(themes.dark['charts-purple'])))) > 500);
    await page.page.close();
  });

  it('is read by keys: the arrows go through the values and say them', async () => {
    const page = await opened(dataOf(year, 'month'));
    await page.page.locator('[data-chart=acceptance] canvas').focus();
    await page.page.keyboard.press('ArrowRight');
    const spoken = page.page.locator('[data-chart=acceptance] [role=status]');
    const chart = states.month?.charts.find(({ id }) => id === 'acceptance');
    const said = (at: number): string => `${chart?.labels[at]}: Accepted ${chart?.series[0]?.shown[at]}, `;
    assert.ok((await spoken.innerText()).startsWith(said(0)), await spoken.innerText());
    await page.page.keyboard.press('End');
    const last = (chart?.labels.length ?? 0) - 1;
    assert.ok((await spoken.innerText()).startsWith(said(last)), await spoken.innerText());
    await page.shoot('dashboard-keys');
    await page.page.close();
  });

  it('asks for another time, an export, a reset and the setting', async () => {
    const page = await opened(dataOf(NOTHING, 'day', false));
    await page.page.getByRole('radio', { name: 'Year' }).click();
    for (const name of ['Export…', 'Reset…', 'Open the Setting']) await page.page.getByRole('button', { name }).click();
    const posted = (await page.page.evaluate<readonly FromDashboard[]>('window.posted')).slice(1);
    assert.deepEqual(posted, [
      { type: 'range', range: 'year' },
      { type: 'export' },
      { type: 'reset' },
      { type: 'openSetting' },
    ]);
    await page.page.close();
  });

  for (const width of [1100, 420])
    it(`has room for Chinese where it is ${width} pixels wide`, async () => {
      const words: Readonly<Record<string, string>> = JSON.parse(
        readFileSync(path.join(root, 'l10n/bundle.l10n.zh-cn.json'), 'utf8'),
      );
      const chinese = (message: string, ...args: (string | number)[]) => t(words[message] ?? message, ...args);
      const data = dashboardOf(year, { range: 'month', isOn: true, now: NOW, locale: 'zh-cn' }, chinese);
      const page = await opened(data, 'dark', width);
      await page.shoot(`dashboard-chinese-${width}`);
      const wide = await page.page.evaluate(
        "[...document.querySelectorAll('body *:not(.unseen)')].filter((e) => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1).map((e) => e.outerHTML.slice(0, 200))",
      );
      assert.deepEqual(wide, []);
      assert.match(await page.page.locator('.figures').innerText(), /\n\d+ 毫秒\n.*不超过 \d+ 毫秒$/m);
      await page.page.close();
    });

  it('says what to do while nothing was counted, and stays where the person is when something is', async () => {
    const page = await opened(dataOf(NOTHING, 'day'));
    await page.page.getByText('accept a suggestion with Tab').waitFor();
    assert.equal(await page.page.locator('.figures').isVisible(), false);
    await page.tell({ type: 'data', data: dataOf(year, 'day') });
    await page.page.locator('[data-chart=speed] canvas').focus();
    await page.page.keyboard.press('Home');
    await page.tell({ type: 'data', data: dataOf(year, 'month') });
    assert.equal(await page.page.evaluate("document.activeElement.closest('section').dataset.chart"), 'speed');
    assert.equal(await page.page.getByText('accept a suggestion with Tab').isVisible(), false);
    await page.page.close();
  });
});
