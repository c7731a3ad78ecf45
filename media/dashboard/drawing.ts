/** A chart of ours as the charting library draws it: no animation, colours of the theme, series told apart by more than their colour. */
import {
  BarController,
  BarElement,
  CategoryScale,
  type ChartConfiguration,
  type ChartDataset,
  Chart as Drawing,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import type { Chart, Series } from '../dashboardMessages';
import type { Colours } from './theme';

Drawing.register(
  BarController,
  BarElement,
  CategoryScale,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

export { Drawing };

/** What stands for a series in the legend: the mark of its points, or a square. */
const POINT_MARK = { usePointStyle: true, boxWidth: 8, boxHeight: 8 } as const;
const BAR_MARK = { boxWidth: 11, boxHeight: 11, useBorderRadius: true, borderRadius: 2 } as const;

type Data = (number | null)[];
export type Configuration = ChartConfiguration<'bar' | 'line', Data, string>;

const DASHES: readonly (readonly number[])[] = [[], [6, 4], [2, 3], [10, 3, 2, 3]];
const POINTS = ['circle', 'rectRot', 'triangle', 'rect'] as const;
/** Height of a lying bar with what is around it, and of what is above and below all bars, in pixels. */
const ROW = 34;
const AROUND_ROWS = 96;
const HEIGHT = 240;

/** Longer names are cut: whole they stand in the table, and beside the mouse. */
const MOST_LETTERS = 36;

function short(name: string): string {
  return name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS)}…` : name;
}

/** The least, in pixels. */
export function heightOf({ shape, labels }: Chart): number {
  return shape === 'rows' ? Math.max(HEIGHT, labels.length * ROW + AROUND_ROWS) : HEIGHT;
}

export function configurationOf(chart: Chart, colours: Colours, locale: string): Configuration {
  const isLines = chart.shape === 'lines';
  const datasets = chart.series.map((series, index) =>
    isLines ? lineOf(series, index, colours) : barOf(series, index, colours),
  );
  return {
    type: isLines ? 'line' : 'bar',
    data: { labels: chart.labels.map(short), datasets },
    options: {
      animation: false,
      maintainAspectRatio: false,
      locale,
      indexAxis: chart.shape === 'rows' ? 'y' : 'x',
      interaction: { mode: 'index', intersect: false, axis: chart.shape === 'rows' ? 'y' : 'x' },
      font: { family: colours.font, size: colours.fontSize - 1 },
      color: colours.text,
      scales: scalesOf(chart, colours),
      plugins: { legend: legendOf(chart, colours), tooltip: tooltipOf(chart, colours) },
    },
  };
}

function lineOf({ name, values }: Series, index: number, colours: Colours): ChartDataset<'line', Data> {
  const colour = colours.series[index % colours.series.length] ?? colours.text;
  return {
    label: short(name),
    data: [...values],
    borderColor: colour,
    backgroundColor: colour,
    borderDash: [...(DASHES[index % DASHES.length] ?? [])],
    borderWidth: colours.isHighContrast ? 3 : 2,
    pointStyle: POINTS[index % POINTS.length] ?? 'circle',
    pointRadius: values.length > 40 ? 2 : 3,
    pointHoverRadius: 6,
    spanGaps: true,
    tension: 0,
  };
}

function barOf({ name, values, isQuiet }: Series, index: number, colours: Colours): ChartDataset<'bar', Data> {
  const colour = isQuiet ? muted(colours) : (colours.series[index % colours.series.length] ?? colours.text);
  return {
    label: short(name),
    data: [...values],
    backgroundColor: colour,
    hoverBackgroundColor: colour,
    hoverBorderColor: colours.text,
    hoverBorderWidth: 2,
    // A gap of the ground between the parts of a bar tells them apart without their colours.
    borderColor: colours.ground,
    borderWidth: 1,
    borderSkipped: false,
    borderRadius: 2,
    maxBarThickness: 28,
  };
}

function scalesOf({ shape, unit }: Chart, colours: Colours) {
  const isLying = shape === 'rows';
  const isStacked = shape === 'stack' || isLying;
  const ticks = { color: colours.quiet };
  const names = {
    stacked: isStacked,
    grid: { display: false },
    border: { color: colours.lines },
    ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12 },
  };
  const numbers = {
    stacked: isStacked,
    beginAtZero: true,
    grid: { color: faint(colours), drawTicks: false },
    border: { display: false },
    ticks: {
      ...ticks,
      padding: 6,
      maxTicksLimit: 6,
      maxRotation: 0,
      autoSkipPadding: 12,
      precision: unit === 'GB' ? 1 : 0,
    },
    title: { display: true, text: unit, color: colours.quiet },
  };
  return isLying ? { x: numbers, y: names } : { x: names, y: numbers };
}

function muted({ quiet, ground }: Colours): string {
  return `color-mix(in srgb, ${quiet} 60%, ${ground})`;
}

/** Lines of the grid say little, and stay behind what they measure. */
function faint({ lines, isHighContrast }: Colours): string {
  return isHighContrast ? lines : `color-mix(in srgb, ${lines} 35%, transparent)`;
}

function legendOf({ series, shape }: Chart, colours: Colours) {
  return {
    display: series.length > 1,
    position: 'bottom' as const,
    align: 'start' as const,
    labels: { color: colours.text, padding: 14, ...(shape === 'lines' ? POINT_MARK : BAR_MARK) },
    // Nothing can be hidden by a click: that could not be done by keys.
    onClick: () => undefined,
  };
}

function tooltipOf(chart: Chart, colours: Colours) {
  return {
    backgroundColor: colours.ground,
    titleColor: colours.text,
    bodyColor: colours.text,
    borderColor: colours.isHighContrast ? colours.focus : colours.lines,
    borderWidth: 1,
    padding: 8,
    usePointStyle: true,
    callbacks: {
      title: ([item]: { dataIndex: number }[]): string => chart.labels[item?.dataIndex ?? -1] ?? '',
      label: ({ datasetIndex, dataIndex }: { datasetIndex: number; dataIndex: number }): string => {
        const series = chart.series[datasetIndex];
        return ` ${series?.name ?? ''}: ${series?.shown[dataIndex] ?? ''}`;
      },
      footer: ([item]: { dataIndex: number }[]): string[] =>
        item === undefined ? [] : chart.more.map(({ name, cells }) => `${name}: ${cells[item.dataIndex] ?? ''}`),
    },
    footerColor: colours.text,
  };
}
