/**
 * The door of the dashboard's page: all that is said between it and the extension. The page only draws: what is shown, and every word of it,
 * is made by the extension.
 */

/** The last hour, day, thirty days or twelve months. */
export const RANGES = ['hour', 'day', 'month', 'year'] as const;
export type Range = (typeof RANGES)[number];

/** One number at the top. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  /** What it is made of, or how it is meant. */
  readonly detail: string;
}

/** One line, or one part of each bar. */
export interface Series {
  readonly name: string;
  /** One for each label; null where nothing was counted. */
  readonly values: readonly (number | null)[];
  /** What matters least of them. */
  readonly isQuiet?: true;
  /** The same for people. */
  readonly shown: readonly string[];
}

export interface Chart {
  readonly id: 'speed' | 'acceptance' | 'characters' | 'reuse' | 'memory' | 'chat';
  readonly title: string;
  /** What it says, in a sentence. */
  readonly summary: string;
  /** `lines` and `bars` over time; `stack`: bars whose parts lie on each other; `rows`: the same lying, one row for each label. */
  readonly shape: 'lines' | 'bars' | 'stack' | 'rows';
  /** What the numbers are, for the axis. */
  readonly unit: string;
  /** What the labels are, for the head of the table. */
  readonly of: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** More columns of the table, one cell for each label. */
  readonly more: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

export interface DashboardData {
  readonly range: Range;
  /** Whether statistics are kept at all. */
  readonly isOn: boolean;
  /** Nothing was counted in this range; in any. */
  readonly isEmpty: boolean;
  readonly isNew: boolean;
  readonly figures: readonly Figure[];
  readonly charts: readonly Chart[];
}

export interface ToDashboard {
  readonly type: 'data';
  readonly data: DashboardData;
}

export type FromDashboard =
  | { readonly type: 'ready' | 'export' | 'reset' | 'openSetting' }
  | { readonly type: 'range'; readonly range: Range };

export interface DashboardWords {
  readonly title: string;
  readonly promise: string;
  readonly ranges: Readonly<Record<Range, string>>;
  /** What the buttons of ranges are for. */
  readonly rangeLabel: string;
  readonly figures: string;
  readonly export: string;
  readonly reset: string;
  readonly table: string;
  readonly emptyTitle: string;
  readonly emptyHint: string;
  readonly emptyRange: string;
  readonly off: string;
  readonly openSetting: string;
  /** What arrow keys do in a chart. */
  readonly keys: string;
}
