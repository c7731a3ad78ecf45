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

const SERIES = ['blue', 'orange', 'purple', 'green', 'yellow', 'red'];
/** There, what is called orange is a dark blue. */
const LIGHT_CONTRAST_SERIES = ['blue', 'green', 'purple', 'orange', 'yellow', 'red'];
/** What can be told from its ground (WCAG 1.4.11). Some themes have an orange that is meant to lie behind text. */
const LEAST_CONTRAST = 3;

export function coloursNow(): Colours {
  const style = getComputedStyle(document.body);
  const of = (name: string, otherwise: string): string =>
    style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const text = of('foreground', style.color);
  const { classList } = document.body;
  const ground = of('editorWidget-background', 'Canvas');
  const names = classList.contains('vscode-high-contrast-light') ? LIGHT_CONTRAST_SERIES : SERIES;
  return {
    text,
    quiet: of('descriptionForeground', text),
    lines: of('charts-lines', text),
    ground,
    focus: of('focusBorder', text),
    series: clearestFirst(
      names.map((name) => of(`charts-${name}`, text)),
      ground,
    ),
    font: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize) || 13,
    isHighContrast: classList.contains('vscode-high-contrast'),
  };
}

/** In their order, those that cannot be told from the ground last. */
function clearestFirst(colours: readonly string[], ground: string): readonly string[] {
  const pen = document.createElement('canvas').getContext('2d');
  if (pen === null) return colours;
  const light = (colour: string): number => {
    pen.fillStyle = ground;
    pen.fillRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = [...pen.getImageData(0, 0, 1, 1).data].map((value) =>
      value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const of = light(ground);
  const isClear = (colour: string): boolean => Math.max(light(colour) / of, of / light(colour)) >= LEAST_CONTRAST;
  return [...colours.filter(isClear), ...colours.filter((colour) => !isClear(colour))];
}

/** VS Code tells a new theme by the class of the body, and by the variables in the style of the root. */
export function onThemeChange(call: () => void): void {
  const observer = new MutationObserver(call);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
}
