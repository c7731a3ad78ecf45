/** Makes elements. Text always becomes text: no markup is written as a string anywhere. */

type Attributes = Readonly<Record<string, string | undefined>>;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** An icon says nothing to a screen reader: what it stands for is always said beside it. */
export function icon(name: string): HTMLElement {
  return make('i', { class: `codicon codicon-${name.replace(/[^\w-]/g, '')}`, 'aria-hidden': 'true' });
}

export interface ButtonLook {
  readonly icon?: string;
  readonly label: string;
  /** Without it the button shows its icon only, and the label on hovering. */
  readonly hasText?: boolean;
  readonly class?: string;
}

export function button(look: ButtonLook, act: () => void): HTMLButtonElement {
  const isBare = look.hasText !== true;
  const element = make('button', {
    type: 'button',
    class: [isBare ? 'icon-button' : 'text-button', look.class ?? ''].join(' ').trim(),
    title: isBare ? look.label : undefined,
    'aria-label': isBare ? look.label : undefined,
  });
  if (look.icon !== undefined) element.append(icon(look.icon));
  if (!isBare) element.append(make('span', {}, look.label));
  element.addEventListener('click', act);
  return element;
}

/** Changes a text only when it is another one: screen readers and selections are not disturbed. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Whether a key belongs to a composition of an input method, e.g. of Japanese: Enter takes its word, nothing else. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Calls once in the next frame, however often it is asked to. */
export function inFrame(draw: () => void): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      draw();
    });
  };
}
