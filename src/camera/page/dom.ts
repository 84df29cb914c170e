/** The element with this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

/** Makes an element. Texts become text nodes, never HTML: names of classes and files come from outside. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: Array<Node | string>
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Says what does not work; nothing, once it does. */
export function showProblem(text = ''): void {
  const place = byId('problem');
  place.textContent = text;
  place.hidden = text === '';
}

/** The value of the radio button that is chosen. */
export function chosen(name: string): string {
  const input = document.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`);
  return input?.value ?? '';
}

/** A share as percent. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Offers a file for saving. */
export function download(name: string, content: Blob): void {
  const href = URL.createObjectURL(content);
  element('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
