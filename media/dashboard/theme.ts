/** The theme's colours, as a canvas needs them: read when they are used, since the theme may change at any time. */

export interface Colours {
  readonly text: string;
  readonly quiet: string;
  readonly lines: string;
  /** Of a card. */
  readonly ground: string;
  readonly focus: string;
  readonly series: readonly string[];
  readonly font: string;
  /** In pixels. */
  readonly fontSize: number;
  readonly isHighContrast: boolean;
}

const SERIES = ['blue', 'orange', 'purple', 'green'];
/** There, what is called orange is a dark blue. */
const LIGHT_CONTRAST_SERIES = ['blue', 'green', 'purple', 'orange'];

export function coloursNow(): Colours {
  const style = getComputedStyle(document.body);
  const of = (name: string, otherwise: string): string =>
    style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const text = of('foreground', style.color);
  const { classList } = document.body;
  const names = classList.contains('vscode-high-contrast-light') ? LIGHT_CONTRAST_SERIES : SERIES;
  return {
    text,
    quiet: of('descriptionForeground', text),
    lines: of('charts-lines', text),
    ground: of('editorWidget-background', 'Canvas'),
    focus: of('focusBorder', text),
    series: names.map((name) => of(`charts-${name}`, text)),
    font: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize) || 13,
    isHighContrast: classList.contains('vscode-high-contrast'),
  };
}

/** VS Code tells a new theme by the class of the body, and by the variables in the style of the root. */
export function onThemeChange(call: () => void): void {
  const observer = new MutationObserver(call);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
}
